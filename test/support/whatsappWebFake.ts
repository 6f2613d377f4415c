// A fast stand-in for the child of the WhatsApp Web channel: no browser, no process. The phone's side of it is in the test's hands.
import type { Child, ChildEvents, SpawnChild } from '../../src/channels/whatsappWeb/childProcess.ts';
import type { ChildStart, FromChild, ToChild, WireMessage } from '../../src/channels/whatsappWeb/protocol.ts';

export interface FakeChild extends Child {
  start: ChildStart;
  orders: ToChild[];
  isKilled: boolean;
  say(word: FromChild): void;
  babble(): void;
  /** The process ends. */
  die(): void;
}

export function createFakeChildren() {
  const all: FakeChild[] = [];
  let written = 0;
  const fake = {
    all,
    /** Texts that went out: `[chat, text]`. */
    sent: [] as [string, string][],
    /** How a send is answered; null never. */
    answer: (call: number): FromChild | null => ({ kind: 'sent', call, id: `OUT${call}` }),
    /** Chats that the look back cannot read yet. */
    left: 0,
    /** Logged in as soon as it is started. */
    isPaired: true,
    get child(): FakeChild {
      const last = all[all.length - 1];
      if (last === undefined) throw new Error('no child was started');
      return last;
    },
    write(chat: string, body: string, more: Partial<WireMessage> = {}): void {
      written += 1;
      const message = { id: `IN${written}`, key: `false_${chat}_IN${written}`, chat, name: 'Ana', type: 'chat', body, t: 1000 };
      fake.child.say({ kind: 'message', message: { ...message, lid: null, file: null, place: null, cards: [], ...more } });
    },
    spawn: ((start: ChildStart, events: ChildEvents) => {
      const child: FakeChild = {
        start,
        orders: [],
        isKilled: false,
        say: events.said,
        babble: events.babbled,
        die: events.gone,
        kill() {
          child.isKilled = true;
          setImmediate(events.gone);
        },
        post(order) {
          child.orders.push(order);
          if (order.kind === 'stop' || order.kind === 'logout') {
            child.say({ kind: 'ended', reason: order.kind === 'stop' ? 'asked' : 'logged-out', detail: '' });
            setImmediate(events.gone);
          }
          if (order.kind === 'ping') child.say({ kind: 'pong', state: 'CONNECTED', memoryMb: 300 });
          if (order.kind === 'reconcile') child.say({ kind: 'reconciled', chats: 0, messages: 0, left: fake.left });
          if (order.kind !== 'send') return;
          const answer = fake.answer(order.call);
          if (answer?.kind !== 'trouble') fake.sent.push([order.chat, order.text]);
          if (answer !== null) setImmediate(() => child.say(answer));
        },
      };
      all.push(child);
      if (fake.isPaired) setImmediate(() => child.say({ kind: 'ready', number: '628110000' }));
      return child;
    }) satisfies SpawnChild,
  };
  return fake;
}
