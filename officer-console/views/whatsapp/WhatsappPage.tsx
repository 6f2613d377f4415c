// The WhatsApp number linked through WhatsApp Web: how it stands, and what people who run no servers can do about it.
import { useEffect, useState } from 'preact/hooks';
import type { ChannelView } from '../../../src/contract/channels.ts';
import { fullMoment } from '../../logic/admin.ts';
import { isValid, stateNames, whatToDo } from '../../logic/channels.ts';
import { t } from '../../logic/language.ts';
import { type Loaded, useLoaded, Waiting } from '../admin/parts.tsx';
import { Dialog } from '../Dialog.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import { Linking } from './Linking.tsx';

/** A QR turns every 20 s or so; what happens on the phone should show at once. */
const LOOK_MS = 2000;
const SECOND = 1000;

export function WhatsappPage() {
  const { api } = useWorkplace();
  const loaded = useLoaded(() => api.admin.channelLogins());
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const looking = setInterval(() => void loaded.reload(), LOOK_MS);
    const ticking = setInterval(() => setNow(Date.now()), SECOND);
    return () => {
      clearInterval(looking);
      clearInterval(ticking);
    };
  }, []);
  const numbers = (loaded.data?.channels ?? []).filter(({ login }) => login !== null);
  return (
    <section class="page">
      <h1>{t('WhatsApp', 'WhatsApp')}</h1>
      {numbers.length > 0 && (
        <p>
          {t(
            'Nomor ini ditautkan lewat WhatsApp Web, cara yang tidak resmi: WhatsApp dapat memblokir nomornya. Pakai hanya untuk membalas warga.',
            'This number is linked through WhatsApp Web, which is unofficial: WhatsApp may ban it. Use it to answer citizens only.',
          )}
        </p>
      )}
      {numbers.map((channel) => (
        <NumberCard key={channel.name} channel={channel} now={now} step={loaded.step} />
      ))}
      <Waiting
        of={loaded}
        empty={
          numbers.length === 0 &&
          t(
            'WhatsApp Web tidak diaktifkan di server ini. Pengelola server mengaktifkannya dengan WHATSAPP_WEB_ENABLED.',
            'WhatsApp Web is not turned on at this server. Whoever runs it turns it on with WHATSAPP_WEB_ENABLED.',
          )
        }
      />
    </section>
  );
}

function NumberCard({ channel, now, step }: { channel: ChannelView; now: number; step: Loaded<unknown>['step'] }) {
  const { api } = useWorkplace();
  const [asksLogout, setAsksLogout] = useState(false);
  const { name, state, since, detail, login } = channel;
  if (login === null) return null;
  const needsQr = state === 'needs-login' && !isValid(login.qr, now) && !isValid(login.code, now);
  const todo = whatToDo(channel, now);
  return (
    <article class={state === 'ready' || state === 'standby' ? 'admin-card' : 'admin-card is-alarm'}>
      <p role="status">
        <strong>{stateNames[state]}</strong> {t('sejak', 'since')} {fullMoment(since)}
      </p>
      {detail !== null && state === 'down' && <p>{detail}</p>}
      {todo !== null && <p>{todo}</p>}
      {state === 'needs-login' && <Linking name={name} login={login} now={now} />}
      <dl class="facts">
        <Fact term={t('Nomor', 'Number')} value={login.number} />
        <Fact
          term={t('Pesan terakhir', 'Last message')}
          value={login.lastMessageAt === null ? null : fullMoment(login.lastMessageAt)}
        />
        <Fact term={t('Berjalan sejak', 'Running since')} value={login.startedAt === null ? null : fullMoment(login.startedAt)} />
        <Fact term={t('Memori', 'Memory')} value={login.memoryMb === null ? null : `${login.memoryMb} MB`} />
      </dl>
      <div class="actions">
        {state !== 'standby' && (
          <button
            type="button"
            class={needsQr ? 'button is-main' : 'button'}
            onClick={() => void step(api.admin.restartChannel(name))}
          >
            {needsQr ? t('Minta QR baru', 'New QR') : t('Mulai ulang', 'Restart')}
          </button>
        )}
        {state === 'ready' && (
          <button type="button" class="button" onClick={() => setAsksLogout(true)}>
            {t('Keluarkan nomor', 'Log out')}
          </button>
        )}
      </div>
      {asksLogout && (
        <Dialog title={t('Keluarkan nomor ini?', 'Log this number out?')} close={() => setAsksLogout(false)}>
          <p>
            {t(
              'Pesan warga tidak masuk lagi sampai nomor ditautkan kembali. Percakapan yang tersimpan tetap ada.',
              'No messages come in until it is linked again. Stored conversations stay.',
            )}
          </p>
          <div class="actions">
            <button
              type="button"
              class="button is-main"
              onClick={() => {
                setAsksLogout(false);
                void step(api.admin.logoutChannel(name));
              }}
            >
              {t('Keluarkan', 'Log out')}
            </button>
            <button type="button" class="button" onClick={() => setAsksLogout(false)}>
              {t('Batal', 'Cancel')}
            </button>
          </div>
        </Dialog>
      )}
    </article>
  );
}

function Fact({ term, value }: { term: string; value: string | null }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value ?? '–'}</dd>
    </div>
  );
}
