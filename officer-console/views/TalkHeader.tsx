// The card above a conversation: who it is, why it came here, who holds it, and what can be done with it.
import { useState } from 'preact/hooks';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import { talkHash } from '../logic/route.ts';
import { channelLabels, languageNames, stateText, urgency, waitingText } from '../logic/words.ts';
import { Dialog } from './Dialog.tsx';
import { TransferDialog } from './TransferDialog.tsx';
import { useWorkplace } from './useWorkplace.ts';

export function TalkHeader({ row }: { row: ConversationRow }) {
  const { people, now, view } = useWorkplace();
  const [isWide] = useState(() => matchMedia('(min-width: 760px)').matches);
  const team = people.teams.value.find((one) => one.id === row.teamId);
  const waiting = waitingText(row, now.value);
  const facts: [string, string | null][] = [
    ['Kanal', channelLabels[row.channel]],
    ['Nomor', row.contactPhone],
    ['Topik', row.topic],
    ['Alasan dialihkan', row.handoffReason],
    ['Bahasa', languageNames[row.language]],
    ['Tim', team?.name ?? null],
  ];
  return (
    <header class="card">
      <div class="card-top">
        <a class="back" href={talkHash(view.value)} aria-label="Kembali ke daftar">
          ‹ Daftar
        </a>
        <h2>
          {row.contactName ?? 'Warga'} <span class="card-number">K-{row.number}</span>
        </h2>
        <span class={`row-state is-${row.state}`}>{stateText(row, people.me.value.id, people.nameOf(row.officerId))}</span>
        {waiting !== null && <span class={`row-wait is-${urgency(row, now.value)}`}>{waiting}</span>}
        {row.contactUnreachable && <span class="row-mark is-bad">tidak dapat dihubungi</span>}
      </div>
      <div class="card-rest">
        <details class="facts" open={isWide}>
          <summary>Rincian</summary>
          <dl>
            {facts.map(([name, value]) =>
              value === null || value === '' ? null : (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ),
            )}
          </dl>
        </details>
        <TalkActions row={row} />
      </div>
    </header>
  );
}

/** The holder and admins may move a held conversation; one that nobody holds may be taken, handed on or closed by everyone. */
function TalkActions({ row }: { row: ConversationRow }) {
  const { people, actions } = useWorkplace();
  const [dialog, setDialog] = useState<'transfer' | 'close' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const me = people.me.value;
  const isHeld = row.state === 'officer';
  const isMine = isHeld && row.officerId === me.id;
  const mayMove = !isHeld || isMine || me.role === 'admin';
  const run = async (step: Promise<boolean>) => {
    setBusy(true);
    await step;
    setBusy(false);
  };
  if (row.state === 'closed') return null;
  return (
    <div class="actions">
      {!isHeld && (
        <button type="button" class="button is-main" disabled={isBusy} onClick={() => void run(actions.claim(row.id))}>
          Ambil
        </button>
      )}
      {isHeld && mayMove && (
        <button type="button" class="button" disabled={isBusy} onClick={() => void run(actions.release(row.id))}>
          Lepas
        </button>
      )}
      {mayMove && (
        <>
          <button type="button" class="button" disabled={isBusy} onClick={() => setDialog('transfer')}>
            Alihkan
          </button>
          <button type="button" class="button" disabled={isBusy} onClick={() => setDialog('close')}>
            Tutup
          </button>
        </>
      )}
      {dialog === 'transfer' && <TransferDialog row={row} close={() => setDialog(null)} />}
      {dialog === 'close' && (
        <Dialog title={`Tutup percakapan K-${row.number}?`} close={() => setDialog(null)}>
          <p>Warga diberi tahu bahwa konsultasi selesai. Kalau warga menulis lagi, percakapannya terbuka kembali.</p>
          <div class="actions">
            <button
              type="button"
              class="button is-main"
              onClick={() => {
                setDialog(null);
                void run(actions.close(row.id));
              }}
            >
              Tutup percakapan
            </button>
            <button type="button" class="button" onClick={() => setDialog(null)}>
              Batal
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
