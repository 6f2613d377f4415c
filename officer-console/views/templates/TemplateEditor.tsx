// The form of one template, as the provider knows it.
import type { Template } from '../../../src/contract/templates.ts';
import { t } from '../../logic/language.ts';
import { Field, Form, outcomeOf, textOf } from '../Form.tsx';

/**
 * @param template null for a new one
 * @param save gives the sentence that says why not; null when it is saved
 */
export function TemplateEditor(props: {
  template: Template | null;
  save: (template: Omit<Template, 'approvedBy' | 'approvedAt'>) => Promise<string | null>;
  drop: (() => Promise<string | null>) | null;
  close: () => void;
}) {
  const { template, save, drop, close } = props;
  return (
    <Form
      button={t('Simpan', 'Save')}
      cancel={close}
      drop={drop && { label: t('Hapus templat ini', 'Delete this template'), step: () => outcomeOf(drop(), close) }}
      submit={(fields) => {
        const saved = save({
          id: template?.id ?? crypto.randomUUID(),
          title: textOf(fields, 'title').trim(),
          name: textOf(fields, 'name').trim(),
          language: textOf(fields, 'language').trim(),
          body: textOf(fields, 'body').trim(),
          approved: fields.get('approved') !== null,
        });
        return outcomeOf(saved, close);
      }}
    >
      <Field label={t('Judul', 'Title')} name="title" value={template?.title ?? ''} />
      <Field
        label={t('Nama di WhatsApp Manager', 'Name in WhatsApp Manager')}
        name="name"
        value={template?.name ?? ''}
        hint={t('Huruf kecil, angka, dan garis bawah.', 'Small letters, digits and underscores.')}
      />
      <Field label={t('Kode bahasa', 'Language code')} name="language" value={template?.language ?? 'id'} />
      <label class="field">
        <span class="field-label">{t('Teks', 'Text')}</span>
        <textarea name="body" rows={4} maxLength={1024} required defaultValue={template?.body ?? ''} />
        <span class="field-hint">{t('Isian ditulis {{1}}, {{2}}, dan seterusnya.', 'Blanks are {{1}}, {{2}} and so on.')}</span>
      </label>
      <label class="field is-check">
        <input type="checkbox" name="approved" defaultChecked={template?.approved ?? false} />{' '}
        {t('Meta sudah menyetujui teks ini', 'Meta has approved this text')}
      </label>
    </Form>
  );
}
