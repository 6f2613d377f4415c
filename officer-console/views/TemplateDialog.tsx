// Choosing an approved text, filling its blanks, and sending it: the way to write once the time to reply is over.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import type { Template } from '../../src/contract/templates.ts';
import { t } from '../logic/language.ts';
import { blanksIn, filled } from '../logic/templates.ts';
import { nameOf } from '../logic/words.ts';
import { Dialog } from './Dialog.tsx';
import { Form, outcomeOf } from './Form.tsx';
import { useWorkplace } from './useWorkplace.ts';

export function TemplateDialog({ row, close }: { row: ConversationRow; close: () => void }) {
  const { api, actions } = useWorkplace();
  const [templates, setTemplates] = useState<Template[] | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [id, setId] = useState('');
  const [words, setWords] = useState<string[]>([]);
  // One key for one sending, however often the button is pressed after a lost answer.
  const key = useRef(crypto.randomUUID());
  useEffect(() => {
    void api.templates().then((answer) => {
      if (!answer.ok) return setTrouble(answer.message);
      const usable = answer.templates.filter(({ approved }) => approved);
      setTemplates(usable);
      setId(usable[0]?.id ?? '');
    });
  }, [api]);
  const template = templates?.find((one) => one.id === id);
  const blanks = template === undefined ? 0 : blanksIn(template.body);
  const variables = Array.from({ length: blanks }, (_, i) => words[i]?.trim() ?? '');

  return (
    <Dialog title={`${t('Kirim templat ke', 'Send a template to')} ${nameOf(row)}`} close={close}>
      {trouble !== null && <p role="alert">{trouble}</p>}
      {templates?.length === 0 && (
        <p>
          {t(
            'Belum ada templat yang disetujui. Admin menambahkannya di halaman Templat.',
            'No approved template yet. An admin adds them on the page Templates.',
          )}
        </p>
      )}
      {template === undefined ? (
        <div class="actions">
          <button type="button" class="button" onClick={close}>
            {t('Tutup', 'Close')}
          </button>
        </div>
      ) : (
        <Form
          button={t('Kirim templat', 'Send the template')}
          cancel={close}
          submit={async () => {
            if (variables.includes('')) return { ok: false, text: t('Isi semua bagian.', 'Fill in every blank.') };
            return outcomeOf(actions.sendTemplate(row.id, { clientMessageId: key.current, templateId: id, variables }), close);
          }}
        >
          <label class="field">
            <span class="field-label">{t('Templat', 'Template')}</span>
            <select value={id} onChange={(event) => setId(event.currentTarget.value)}>
              {templates?.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.title} ({one.language})
                </option>
              ))}
            </select>
          </label>
          {variables.map((_, i) => (
            <label key={`${id}:${i + 1}`} class="field">
              <span class="field-label">{`${t('Isian', 'Blank')} ${i + 1}`}</span>
              <input
                type="text"
                maxLength={400}
                value={words[i] ?? ''}
                onInput={(event) => {
                  const { value } = event.currentTarget;
                  setWords((known) => Array.from({ length: blanks }, (__, n) => (n === i ? value : (known[n] ?? ''))));
                }}
              />
            </label>
          ))}
          <p class="message-text hint-box">{filled(template.body, variables)}</p>
        </Form>
      )}
    </Dialog>
  );
}
