// Messages that did not reach their citizen, so that none is forgotten.
import { useEffect, useState } from 'preact/hooks';
import type { Message } from '../../src/contract/message.ts';
import { talkHash } from '../logic/route.ts';
import { clock, day, deliveryText } from '../logic/words.ts';
import { useWorkplace } from './useWorkplace.ts';

export function Undelivered() {
  const { api, actions } = useWorkplace();
  const [rows, setRows] = useState<Message[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [state, setState] = useState<string | null>('Memuat…');
  const load = async (from: string | null) => {
    const answer = await api.undelivered(from);
    if (!answer.ok) return setState(answer.message);
    setRows((known) => (from === null ? answer.rows : [...known, ...answer.rows]));
    setCursor(answer.cursor);
    setState(null);
  };
  useEffect(() => void load(null), []);
  const retry = async (message: Message) => {
    const retried = await actions.retry(message.id);
    if (retried !== null) setRows((known) => known.filter((one) => one.id !== message.id));
  };
  return (
    <section class="page">
      <h1>Gagal terkirim</h1>
      <p>Pesan yang ditolak kanalnya, atau yang tidak pasti sampai.</p>
      {state !== null && <p role="status">{state}</p>}
      {state === null && rows.length === 0 && <p>Tidak ada. Semua pesan sudah terkirim.</p>}
      <ul class="undelivered">
        {rows.map((message) => (
          <li key={message.id}>
            <p class="message-text">{message.text}</p>
            <p class="message-foot">
              {day(message.createdAt)}, {clock(message.createdAt)} · {message.author.name ?? 'Bot'}
            </p>
            <p class="is-bad">{deliveryText(message)}</p>
            <p class="actions">
              <button type="button" class="button is-small" onClick={() => void retry(message)}>
                Coba lagi
              </button>
              <a href={talkHash('all', message.conversationId)}>Buka percakapan</a>
            </p>
          </li>
        ))}
      </ul>
      {cursor !== null && (
        <button type="button" class="button more" onClick={() => void load(cursor)}>
          Tampilkan lebih banyak
        </button>
      )}
    </section>
  );
}
