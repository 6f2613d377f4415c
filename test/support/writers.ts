// Writers that keep sending over webhook and widget while the server dies and comes back; each remembers what was acknowledged.
import { io, type Socket } from 'socket.io-client';
import type { Telegram } from './telegramStandin.ts';

export interface Writer {
  /** Keys of acknowledged messages: the text, which is unique. */
  acked: Set<string>;
  /** Writes until told to stop or the server is gone; what was not acknowledged is sent again next time. */
  write(url: string, isOver: () => boolean): Promise<void>;
}

/** So many messages a person that no flood guard speaks. */
const PER_PERSON = 8;

export function createWebhookWriter(telegram: Telegram, secret: string, n: number): Writer {
  const acked = new Set<string>();
  let i = 0;
  let pending: { text: string; update: ReturnType<Telegram['textUpdate']> } | null = null;
  return {
    acked,
    async write(url, isOver) {
      while (!isOver()) {
        if (pending === null) {
          const text = `apa itu nib ${(n + 1) * 100_000 + i}`;
          pending = {
            text,
            update: telegram.textUpdate(text, { id: 1_000_000 + n * 10_000 + Math.floor(i / PER_PERSON), name: 'Warga' }),
          };
          i += 1;
        }
        const [status] = await telegram.deliver(`${url}/webhook/telegram`, pending.update, secret, { tries: 1 });
        if (status !== 200) return;
        acked.add(pending.text);
        pending = null;
      }
    },
  };
}

/** @throws when the connection goes before the acknowledgement comes: at once, not when a time limit ends */
async function acknowledged(socket: Socket, message: object): Promise<{ ok: boolean }> {
  const gone = new Promise<never>((_, reject) => {
    const end = () => reject(new Error('the connection is gone'));
    socket.once('disconnect', end).once('connect_error', end);
  });
  return (await Promise.race([socket.timeout(2000).emitWithAck('message:send', message), gone])) as { ok: boolean };
}

export function createWidgetWriter(n: number): Writer {
  const acked = new Set<string>();
  let i = 0;
  let token: string | null = null;
  let pending: { text: string; clientMessageId: string } | null = null;
  return {
    acked,
    async write(url, isOver) {
      let socket: Socket | null = null;
      try {
        while (!isOver()) {
          if (pending === null) {
            if (i % PER_PERSON === 0) token = null;
            pending = { text: `apa itu nib ${(n + 1) * 100_000 + i}`, clientMessageId: `w${n}-${i}-00000000` };
            i += 1;
          }
          if (token === null) {
            const session = await fetch(`${url}/api/widget/session`, {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: '{}',
              signal: AbortSignal.timeout(3000),
            });
            token = ((await session.json()) as { token: string }).token;
            socket?.disconnect();
            socket = null;
          }
          socket ??= io(`${url}/widget`, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
          const answer = await acknowledged(socket, pending);
          if (!answer.ok) return;
          acked.add(pending.text);
          pending = null;
        }
      } catch {
        // The server is gone: the same message goes out again when it is back.
      } finally {
        socket?.disconnect();
      }
    },
  };
}
