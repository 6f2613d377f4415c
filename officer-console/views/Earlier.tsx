// What this citizen and the office said to each other before: earlier conversations above the open one, each read when asked for.
import { useEffect, useState } from 'preact/hooks';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Api } from '../api.ts';
import { t } from '../logic/language.ts';
import { day, stateText } from '../logic/words.ts';
import { MessageItem } from './MessageItem.tsx';
import { useWorkplace } from './useWorkplace.ts';

/** Messages in one request; the server's own limit. */
const PAGE = 200;

export function Earlier({ conversationId }: { conversationId: string }) {
  const { api, people, online } = useWorkplace();
  const [rows, setRows] = useState<ConversationRow[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [read, setRead] = useState<{ row: ConversationRow; messages: Message[] }[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const list = async (from: string | null) => {
    const answer = await api.earlier(conversationId, from);
    setTrouble(answer.ok ? null : answer.message);
    if (!answer.ok) return;
    setRows((known) => (from === null ? answer.rows : [...known, ...answer.rows]));
    setCursor(answer.cursor);
  };
  const isOnline = online.value;
  useEffect(() => {
    if (isOnline && rows.length === 0) void list(null);
  }, [conversationId, isOnline]);

  const next = rows[read.length];
  const open = async () => {
    if (next === undefined || isBusy) return;
    setBusy(true);
    const answer = await readAll(api, next.id);
    setBusy(false);
    setTrouble(answer.ok ? null : answer.message);
    if (!answer.ok) return;
    setRead([...read, { row: next, messages: answer.messages }]);
    if (read.length + 1 === rows.length && cursor !== null) await list(cursor);
  };
  return (
    <>
      {trouble !== null && <p class="log-day is-bad">{trouble}</p>}
      {next !== undefined && (
        <button type="button" class="button is-small more" disabled={isBusy} onClick={() => void open()}>
          {t('Percakapan sebelumnya', 'Earlier conversation')}: K-{next.number} · {day(next.openedAt)}
        </button>
      )}
      {[...read].reverse().map(({ row, messages }) => (
        <section key={row.id} class="log-earlier" aria-label={`K-${row.number}`}>
          <p class="log-day">
            K-{row.number} · {day(row.openedAt)} · {stateText(row, people.me.value.id, people.nameOf(row.officerId))}
          </p>
          {messages.map((message) => (
            <div key={message.id} class="log-entry">
              <MessageItem message={message} />
            </div>
          ))}
        </section>
      ))}
    </>
  );
}

async function readAll(api: Api, id: string): Promise<{ ok: true; messages: Message[] } | { ok: false; message: string }> {
  const messages: Message[] = [];
  for (let after = 0; ; ) {
    const answer = await api.messages(id, after);
    if (!answer.ok) return answer;
    messages.push(...answer.messages);
    const last = [...answer.messages].reverse().find((message) => message.seq !== null)?.seq ?? after;
    if (last < after + PAGE) return { ok: true, messages };
    after = last;
  }
}
