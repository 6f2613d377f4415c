// Putting contacts together as one person, and taking one out again: an officer says so, nothing does it by itself.
import { useState } from 'preact/hooks';
import type { ContactView } from '../../../src/contract/contacts.ts';
import { t } from '../../logic/language.ts';
import { channelLabels } from '../../logic/words.ts';
import { Field, Form, textOf } from '../Form.tsx';
import { useWorkplace } from '../useWorkplace.ts';

export function Links({ contact, reload }: { contact: ContactView; reload: () => Promise<void> }) {
  const { api } = useWorkplace();
  const [trouble, setTrouble] = useState<string | null>(null);
  const { contactId, linked, others } = contact;
  /** @returns the sentence that says why not; null when it is done */
  const link = async (other: string): Promise<string | null> => {
    const answer = await api.admin.link(contactId, other);
    if (answer.ok) await reload();
    return answer.ok ? null : answer.message;
  };
  const unlink = async () => {
    const answer = await api.admin.unlink(contactId);
    setTrouble(answer.ok ? null : answer.message);
    await reload();
  };
  return (
    <>
      <h2>{t('Orang yang sama', 'The same person')}</h2>
      <p class="field-hint">
        {t(
          'Sambungkan hanya setelah yakin orangnya sama: riwayat keduanya terlihat di kedua percakapan. Tercatat di Jejak, dan dapat dilepas lagi.',
          'Link only when you are sure it is the same person: both histories show in both conversations. It is in the trail and can be undone.',
        )}
      </p>
      {trouble !== null && <p role="alert">{trouble}</p>}
      {linked.length > 0 && (
        <p class="actions">
          <span>
            {t('Tersambung dengan', 'Linked with')} {linked.map(({ channel }) => channelLabels[channel]).join(', ')}
          </span>
          <button type="button" class="button" onClick={() => void unlink()}>
            {t('Lepas sambungan', 'Undo the link')}
          </button>
        </p>
      )}
      {others.map((other) => (
        <p key={other.contactId} class="actions">
          <span>
            {channelLabels[other.channel]}: {t('nomor telepon yang sama', 'the same phone number')}
          </span>
          <button type="button" class="button" onClick={() => void link(other.contactId).then(setTrouble)}>
            {t('Sambungkan', 'Link')} <span class="sr-only">{channelLabels[other.channel]}</span>
          </button>
        </p>
      ))}
      <Form
        button={t('Sambungkan', 'Link')}
        clears
        submit={async (fields) => {
          const said = await link(textOf(fields, 'other').trim());
          return said === null ? { ok: true, text: t('Tersambung.', 'Linked.') } : { ok: false, text: said };
        }}
      >
        <Field
          label={t('Nomor konsultasi orang yang sama', 'Consultation number of the same person')}
          name="other"
          hint={t('Misalnya K-1234', 'For example K-1234')}
        />
      </Form>
    </>
  );
}
