// The form of one canned reply.
import type { CannedReply } from '../../../src/contract/workplace.ts';
import { t } from '../../logic/language.ts';
import { Field, Form, outcomeOf, textOf } from '../Form.tsx';

/**
 * @param reply null for a new one
 * @param save gives the sentence that says why not; null when it is saved
 */
export function CannedEditor(props: {
  reply: CannedReply | null;
  save: (reply: CannedReply) => Promise<string | null>;
  drop: (() => Promise<string | null>) | null;
  close: () => void;
}) {
  const { reply, save, drop, close } = props;
  return (
    <Form
      button={t('Simpan', 'Save')}
      cancel={close}
      drop={drop && { label: t('Hapus balasan ini', 'Delete this reply'), step: () => outcomeOf(drop(), close) }}
      submit={(fields) => {
        const id = reply?.id ?? crypto.randomUUID();
        return outcomeOf(save({ id, title: textOf(fields, 'title').trim(), text: textOf(fields, 'text').trim() }), close);
      }}
    >
      <Field label={t('Judul', 'Title')} name="title" value={reply?.title ?? ''} />
      <label class="field">
        <span class="field-label">{t('Teks', 'Text')}</span>
        <textarea name="text" rows={4} maxLength={4000} required defaultValue={reply?.text ?? ''} />
      </label>
    </Form>
  );
}
