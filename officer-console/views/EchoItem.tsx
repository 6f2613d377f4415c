// A message of ours that the server does not have yet, or did not take: why, and what can be done about it.
import { t } from '../logic/language.ts';
import { type Echo, isRefused } from '../logic/outbox.ts';
import { clock, troubleTexts } from '../logic/words.ts';
import { useWorkplace } from './useWorkplace.ts';

/** @param seq up to which the officer has the conversation on the screen */
export function EchoItem({ echo, seq }: { echo: Echo; seq: number }) {
  const { texts, online } = useWorkplace();
  // It goes out by itself with the line: nothing went wrong, and nothing is asked of the officer.
  const waitsForLine = echo.state === 'failed' && !online.value && !isRefused(echo.code);
  const share = echo.state === 'sending' && echo.fileName !== null ? texts.progress(echo.clientMessageId) : null;
  return (
    <article class={`message ${echo.kind === 'note' ? 'is-note' : 'is-officer'} is-echo`}>
      <p class="message-text">{echo.fileName === null ? echo.text : `📎 ${echo.fileName}`}</p>
      {share !== null && (
        <progress class="upload" value={share} aria-label={t(`Mengunggah ${echo.fileName}`, `Uploading ${echo.fileName}`)} />
      )}
      {echo.state !== 'failed' && (
        <p class="message-foot">
          {clock(echo.at)} · {echo.state === 'sending' ? t('mengirim…', 'sending…') : t('menunggu giliran', 'waits its turn')}
        </p>
      )}
      {waitsForLine && (
        <p class="message-foot">
          {clock(echo.at)} · {t('menunggu koneksi', 'waits for the connection')}
        </p>
      )}
      {echo.state === 'failed' && !waitsForLine && <Failed echo={echo} seq={seq} />}
    </article>
  );
}

function Failed({ echo, seq }: { echo: Echo; seq: number }) {
  const { texts, people, room } = useWorkplace();
  // A colleague was first: asked, not refused.
  const isAsked = echo.code === 'conflict';
  const row = room.value?.id === echo.conversationId ? room.value.row : null;
  const holder = echo.code === 'not-owner' ? people.nameOf(row?.officerId ?? null) : null;
  const why =
    holder === null
      ? (echo.why ?? troubleTexts[echo.code ?? 'failed'])
      : t(`${holder} sudah mengambil alih percakapan ini.`, `${holder} took this conversation over.`);
  return (
    <div class={isAsked ? 'message-ask' : 'message-bad'} role="alert">
      <p>{isAsked ? why : `${t('Belum terkirim.', 'Not sent.')} ${why}`}</p>
      <p class="message-actions">
        {isAsked ? (
          <button type="button" class="button is-small is-main" onClick={() => texts.confirm(echo, seq)}>
            {t('Tetap kirim', 'Send anyway')}
          </button>
        ) : (
          <button type="button" class="button is-small" onClick={() => texts.resend(echo)}>
            {t('Coba lagi', 'Try again')}
          </button>
        )}
        {isRefused(echo.code) && (
          <button type="button" class="button is-small" onClick={() => texts.takeBack(echo, seq)}>
            {echo.fileName === null ? t('Kembalikan ke kotak tulis', 'Back to the box') : t('Buang berkas', 'Drop the file')}
          </button>
        )}
      </p>
    </div>
  );
}
