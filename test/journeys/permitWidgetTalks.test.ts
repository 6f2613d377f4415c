// Every state and every wrong turn of the status dialogue through the widget's own door: a visitor's session, Socket.IO, acknowledged messages.
import { io, type Socket } from 'socket.io-client';
import type { WidgetMessage } from '../../src/contract/events.ts';
import { type Loket, startLoket } from '../support/loket.ts';
import { until } from '../support/until.ts';
import { expectAnswered, holdAll, openWithExport, stateTalks, type Talk, wrongTurns } from './permitTalks.ts';

const talks: Talk[] = [...stateTalks, ...wrongTurns];

describe('permit status through the socket of the widget', () => {
  let loket: Loket;
  const sockets: Socket[] = [];
  let outcomes = new Map<string, Promise<{ answers: string[]; own: string[] }>>();
  beforeAll(async () => {
    loket = await startLoket({ TELEGRAM_BOT_TOKEN: undefined });
    await openWithExport(loket);
    outcomes = holdAll(talks, hold);
  });
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await loket.close();
  });

  /** Each talk by a visitor of its own, all at once. */
  async function hold({ lines }: Talk): Promise<{ answers: string[]; own: string[] }> {
    const headers = { 'content-type': 'application/json' };
    const session = await fetch(`${loket.url}/api/widget/session`, { method: 'POST', headers, body: '{}' });
    const { token } = (await session.json()) as { token: string };
    const socket = io(`${loket.url}/widget`, { auth: { token }, transports: ['websocket'], forceNew: true });
    sockets.push(socket);
    const seen = new Map<string, WidgetMessage>();
    socket.on('message:new', (message: WidgetMessage) => void seen.set(message.id, message));
    const heard = () => [...seen.values()].filter(({ direction }) => direction === 'out').map(({ text }) => text);
    const answers: string[] = [];
    for (const [n, [says, hears]] of lines.entries()) {
      const before = heard().length;
      const sent = { text: says, clientMessageId: `talk-${String(n).padStart(8, '0')}` };
      expect(await socket.timeout(60_000).emitWithAck('message:send', sent)).toMatchObject({ ok: true });
      if (hears === null) continue;
      await until(`an answer to ${says}`, () => heard().length > before);
      answers.push(heard().slice(before).join('\n'));
    }
    const history = await socket.timeout(60_000).emitWithAck('history:since', { rev: 0 });
    const { messages } = history as { messages: WidgetMessage[] };
    return { answers, own: messages.filter(({ direction }) => direction === 'in').map(({ text }) => text) };
  }

  it.each(talks)('When there is $name, then each line is answered as it must be, and no digits are kept', async (talk) => {
    const { answers, own } = (await outcomes.get(talk.name)) ?? { answers: [], own: [] };
    expectAnswered(talk, answers);
    expect(own).toHaveLength(talk.lines.length);
    for (const text of own) expect(text.replace(/\s/g, '')).not.toMatch(/(?<!\d)(?:5678|1111)(?!\d)|327312550890|0812345/);
  });
});
