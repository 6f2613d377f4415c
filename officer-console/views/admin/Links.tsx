// Putting contacts together as one person, and taking one out again: an officer says so, nothing does it by itself.
import type { ContactView } from '../../../src/contract/contacts.ts';
import { t } from '../../logic/language.ts';
import { channelLabels } from '../../logic/words.ts';
import { Field, Form, textOf } from '../Form.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import type { Loaded } from './parts.tsx';

export function Links({ contact, loaded }: { contact: ContactView; loaded: Loaded<unknown> }) {
  const { api } = useWorkplace();
  const { contactId, linked, others } = contact;
  return (
    <>
      <h2>{t('Orang yang sama', 'The same person')}</h2>
      <p class="field-hint">
        {t(
          'Sambungkan hanya setelah yakin orangnya sama: riwayat keduanya terlihat di kedua percakapan. Tercatat di Jejak, dan dapat dilepas lagi.',
          'Link only when you are sure it is the same person: both histories show in both conversations. It is in the trail and can be undone.',
        )}
      </p>
      {linked.length > 0 && (
        <p class="actions">
          <span>
            {t('Tersambung dengan', 'Linked with')} {linked.map(({ channel }) => channelLabels[channel]).join(', ')}
          </span>
          <button type="button" class="button" onClick={() => void loaded.step(api.admin.unlink(contactId))}>
            {t('Lepas sambungan', 'Undo the link')}
          </button>
        </p>
      )}
      {others.map((other) => (
        <p key={other.contactId} class="actions">
          <span>
            {channelLabels[other.channel]}: {t('nomor telepon yang sama', 'the same phone number')}
          </span>
          <button type="button" class="button" onClick={() => void loaded.step(api.admin.link(contactId, other.contactId))}>
            {t('Sambungkan', 'Link')} <span class="sr-only">{channelLabels[other.channel]}</span>
          </button>
        </p>
      ))}
      <Form
        button={t('Sambungkan', 'Link')}
        clears
        submit={async (fields) => {
          const answer = await api.admin.link(contactId, textOf(fields, 'other').trim());
          if (!answer.ok) return { ok: false, text: answer.message };
          await loaded.reload();
          return { ok: true, text: t('Tersambung.', 'Linked.') };
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
