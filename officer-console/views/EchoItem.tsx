// A message of ours that the server does not have yet.
import { type Echo, isRefused } from '../logic/outbox.ts';
import { clock, troubleTexts } from '../logic/words.ts';
import { useWorkplace } from './useWorkplace.ts';

export function EchoItem({ echo }: { echo: Echo }) {
  const { texts } = useWorkplace();
  return (
    <article class={`message ${echo.kind === 'note' ? 'is-note' : 'is-officer'} is-echo`}>
      <p class="message-text">{echo.text}</p>
      <p class={echo.state === 'failed' ? 'message-foot is-bad' : 'message-foot'}>
        {clock(echo.at)} · {echo.state === 'sending' && 'mengirim…'}
        {echo.state === 'waiting' && 'menunggu giliran'}
        {echo.state === 'failed' && `Belum terkirim. ${troubleTexts[echo.code ?? 'failed']}`}
      </p>
      {echo.state === 'failed' && (
        <p class="message-actions">
          <button type="button" class="button is-small" onClick={() => texts.resend(echo)}>
            Coba lagi
          </button>
          {isRefused(echo.code) && (
            <button type="button" class="button is-small" onClick={() => texts.takeBack(echo)}>
              Kembalikan ke kotak tulis
            </button>
          )}
        </p>
      )}
    </article>
  );
}
