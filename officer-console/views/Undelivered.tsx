// Messages that did not reach their citizen, so that none is forgotten: why, whose, and sending them again.
import { useEffect, useState } from 'preact/hooks';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/message.ts';
import { fullMoment } from '../logic/admin.ts';
import { t } from '../logic/language.ts';
import { talkHash } from '../logic/route.ts';
import { toSendAgain } from '../logic/undelivered.ts';
import { channelLabels, deliveryText, nameOf } from '../logic/words.ts';
import { useWorkplace } from './useWorkplace.ts';

export function Undelivered() {
  const { api, actions } = useWorkplace();
  const [rows, setRows] = useState<Message[]>([]);
  const [talks, setTalks] = useState<ConversationRow[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [state, setState] = useState<string | null>(t('Memuat…', 'Loading…'));
  const [isBusy, setBusy] = useState(false);
  const load = async (from: string | null) => {
    const answer = await api.undelivered(from);
    if (!answer.ok) return setState(answer.message);
    setRows((known) => (from === null ? answer.rows : [...known, ...answer.rows]));
    setTalks((known) => [...known, ...answer.conversations]);
    setCursor(answer.cursor);
    setState(null);
  };
  useEffect(() => void load(null), []);

  const retry = async (message: Message): Promise<boolean> => {
    const retried = await actions.retry(message.id);
    if (retried !== null) setRows((known) => known.filter((one) => one.id !== message.id));
    return retried !== null;
  };
  const failed = toSendAgain(rows);
  const retryAll = async () => {
    setBusy(true);
    for (const message of failed) if (!(await retry(message))) break;
    setBusy(false);
  };
  return (
    <section class="page">
      <h1>{t('Gagal terkirim', 'Undelivered')}</h1>
      <p>
        {t(
          'Pesan yang ditolak kanalnya, atau yang tidak pasti sampai.',
          'Messages a channel refused, or that may not have arrived.',
        )}
      </p>
      {state !== null && <p role="status">{state}</p>}
      {state === null && rows.length === 0 && (
        <p class="empty">{t('Tidak ada. Semua pesan sudah terkirim.', 'None. Every message was sent.')}</p>
      )}
      {failed.length > 1 && (
        <div class="actions">
          <button type="button" class="button" disabled={isBusy} onClick={() => void retryAll()}>
            {t(`Kirim ulang ${failed.length} yang gagal`, `Send the ${failed.length} failed again`)}
          </button>
        </div>
      )}
      <ul class="undelivered">
        {rows.map((message) => {
          const talk = talks.find((row) => row.id === message.conversationId);
          return (
            <li key={message.id}>
              <p class="fact-head">
                {talk !== undefined && `${nameOf(talk)} · K-${talk.number} · ${channelLabels[talk.channel]}`}
              </p>
              <p class="message-text">
                {message.text === '' ? message.attachments.map((file) => file.name).join(', ') : message.text}
              </p>
              <p class="is-bad">{deliveryText(message)}</p>
              <p class="message-foot">
                {fullMoment(message.createdAt)} · {message.author.name ?? 'Bot'}
              </p>
              <p class="actions">
                <button type="button" class="button is-small" disabled={isBusy} onClick={() => void retry(message)}>
                  {t('Coba lagi', 'Try again')}
                </button>
                <a class="way" href={talkHash('all', message.conversationId)}>
                  {t('Buka percakapan', 'Open the conversation')}
                </a>
              </p>
            </li>
          );
        })}
      </ul>
      {cursor !== null && (
        <button type="button" class="button more" onClick={() => void load(cursor)}>
          {t('Tampilkan lebih banyak', 'Show more')}
        </button>
      )}
    </section>
  );
}
