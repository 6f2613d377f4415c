// One person: channels, verified or blocked, the conversations, and for those who may: blocking and erasing.
import { useState } from 'preact/hooks';
import type { ContactChannel } from '../../../src/contract/contacts.ts';
import { fullMoment } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import { channelLabels } from '../../logic/words.ts';
import type { PageProps } from '../pageProps.ts';
import { Row } from '../Row.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import { EraseDialog } from './EraseDialog.tsx';
import { Links } from './Links.tsx';
import { useLoaded, Waiting } from './parts.tsx';

export function Contact({ rest }: PageProps) {
  const { api, people } = useWorkplace();
  const [isErasing, setErasing] = useState(false);
  const loaded = useLoaded(() => api.admin.contact(rest), rest);
  const { role } = people.me.value;
  const contact = loaded.data?.contact;
  if (contact === undefined)
    return (
      <section class="page">
        <h1>{t('Kontak', 'Contact')}</h1>
        <Waiting of={loaded} />
      </section>
    );
  return (
    <section class="page">
      <h1>{contact.name ?? t('Tanpa nama', 'No name')}</h1>
      <p class="admin-sub">
        {contact.phone ?? t('Nomor tidak diketahui', 'Number unknown')} · {t('sejak', 'since')} {fullMoment(contact.createdAt)}
      </p>
      <h2>{t('Kanal', 'Channels')}</h2>
      <ul class="admin-list">
        {[contact, ...contact.linked, ...contact.others].map((one) => (
          <Channel key={one.contactId} channel={one} isHere={one.contactId === contact.contactId} />
        ))}
      </ul>
      <Links contact={contact} loaded={loaded} />
      <Waiting of={loaded} />
      {role !== 'officer' && (
        <p class="actions">
          <button
            type="button"
            class="button"
            onClick={() => void loaded.step(api.admin.block(contact.contactId, !contact.blocked))}
          >
            {contact.blocked ? t('Buka blokir', 'Let in again') : t('Blokir kontak ini', 'Block this contact')}
          </button>
          {role === 'admin' && (
            <button type="button" class="button is-danger" onClick={() => setErasing(true)}>
              {t('Hapus semua data orang ini…', 'Erase everything about this person…')}
            </button>
          )}
        </p>
      )}
      <p class="field-hint">
        {t(
          'Pesan dari kontak yang diblokir tetap disimpan, tetapi tidak dijawab dan tidak masuk antrean.',
          'What a blocked contact writes is stored, but not answered and not queued.',
        )}
      </p>
      <h2>{t('Percakapan', 'Conversations')}</h2>
      <ul class="admin-list">
        {contact.conversations.map((row) => (
          <li key={row.id} class="admin-row">
            <Row row={row} view={row.state === 'closed' ? 'closed' : 'all'} isSelected={false} />
          </li>
        ))}
      </ul>
      {contact.conversations.length === 0 && <p class="admin-empty">{t('Belum ada percakapan.', 'No conversation yet.')}</p>}
      {isErasing && <EraseDialog contactId={contact.contactId} name={contact.name} close={() => setErasing(false)} />}
    </section>
  );
}

function Channel({ channel, isHere }: { channel: ContactChannel; isHere: boolean }) {
  return (
    <li class="admin-card is-line">
      <strong>{channelLabels[channel.channel]}</strong>
      {channel.verified ? (
        <span class="tag is-good">{t('nomor terverifikasi', 'number verified')}</span>
      ) : (
        <span class="tag">{t('belum terverifikasi', 'not verified')}</span>
      )}
      {channel.blocked && <span class="tag is-open">{t('diblokir', 'blocked')}</span>}
      {channel.unreachable && <span class="tag is-open">{t('tidak dapat dihubungi', 'unreachable')}</span>}
      {!isHere && (
        <a class="way" href={`#/kontak/${channel.contactId}`}>
          {t('Buka', 'Open')}
        </a>
      )}
    </li>
  );
}
