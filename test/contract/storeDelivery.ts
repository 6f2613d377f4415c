// The store contract: the outbox.
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Outcome, Store } from '../../src/desk/storePort.ts';
import { change, note, outbound, pages, say } from '../support/storeKit.ts';

export function describeDelivery(get: () => Store): void {
  const claim = (more: Partial<Parameters<Store['outbox']['claim']>[0]> = {}) =>
    get().outbox.claim({ owner: 'n1', channels: ['telegram'], now: 3000, leaseUntil: 9000, limit: 10, ...more });
  const settle = ({ id, attempt }: Message, outcome: Outcome, owner = 'n1') =>
    get().outbox.settle([{ messageId: id, owner, attempt, outcome, now: 4000 }]);
  const sent = (externalId: string | null = null): Outcome => ({ state: 'sent', externalId });
  const report = (
    externalId: string,
    state: 'sent' | 'delivered' | 'read' | 'failed',
    accountId = 'bot',
    messageId: string | null = null,
  ) =>
    get().outbox.report({
      channel: 'telegram',
      accountId,
      externalId,
      messageId,
      state,
      reason: state === 'failed' ? 'ditolak' : null,
      now: 5000,
    });

  /** A conversation with `texts` waiting to be sent. */
  async function waiting(who: string, ...texts: string[]): Promise<Conversation> {
    const { conversation } = await say(get(), who);
    return (await change(get(), conversation.id, { messages: texts.map((text) => outbound({ text })) })).conversation;
  }
  const texts = (deliveries: { message: Message }[]) => deliveries.map(({ message }) => message.text);
  /** Brings the head of the only line to an end. */
  async function bring(outcome: Outcome): Promise<Message> {
    const [delivery] = await claim();
    return (await settle(delivery!.message, outcome))[0]!;
  }

  describe('outbox', () => {
    it('When messages wait, then the head of each line is leased with its contact, one per conversation', async () => {
      const ani = await waiting('ani', 'a1', 'a2');
      await waiting('budi', 'b1');
      const deliveries = await claim();
      expect(texts(deliveries)).toEqual(['a1', 'b1']);
      expect(deliveries[0]).toMatchObject({
        message: { state: 'sending', attempt: 1, rev: ani.rev + 1 },
        contact: { externalId: 'ani' },
      });
      expect(await get().messages.get(deliveries[0]!.message.id)).toEqual(deliveries[0]!.message);
      expect((await get().conversations.get(ani.id))?.conversation.rev).toBe(ani.rev + 1);
      expect(await claim()).toEqual([]);
      expect(await get().outbox.depth()).toEqual({ pending: 1, sending: 2, failed: 0, uncertain: 0 });
    });

    it('When two claim at once, then no message is leased twice', async () => {
      for (let i = 0; i < 20; i++) await waiting(`c${i}`, `m${i}`);
      const both = await Promise.all([claim({ owner: 'n1', limit: 15 }), claim({ owner: 'n2', limit: 15 })]);
      const ids = both.flat().map(({ message }) => message.id);
      expect(ids).toHaveLength(20);
      expect(new Set(ids).size).toBe(20);
    });

    it('When a message was sent, then the next of its line may go, in order of seq', async () => {
      await waiting('ani', 'a1', 'a2', 'a3');
      const order: string[] = [];
      for (let i = 0; i < 3; i++) order.push((await bring(sent(`x${i}`))).text);
      expect(order).toEqual(['a1', 'a2', 'a3']);
      expect(await claim()).toEqual([]);
      expect(await get().outbox.depth()).toEqual({ pending: 0, sending: 0, failed: 0, uncertain: 0 });
    });

    it('When it is another channel’s turn, then nothing of this one is claimed; notes are never sent', async () => {
      const ani = await waiting('ani', 'a1');
      await change(get(), ani.id, { messages: [note()] });
      expect(await claim({ channels: ['web'] })).toEqual([]);
      expect(texts(await claim({ channels: ['web', 'telegram'] }))).toEqual(['a1']);
    });

    it('When the provider asks to wait, then the line waits for its head and keeps its order', async () => {
      await waiting('ani', 'a1', 'a2');
      expect(await bring({ state: 'pending', notBefore: 7000, reason: 'sibuk' })).toMatchObject({
        state: 'pending',
        stateReason: 'sibuk',
        attempt: 1,
      });
      expect(await claim({ now: 6999 })).toEqual([]);
      const [again] = await claim({ now: 7000 });
      expect(again).toMatchObject({ message: { text: 'a1', attempt: 2 } });
    });

    it.each(['failed', 'uncertain'] as const)('When a message is %s, then it never blocks the next one', async (state) => {
      await waiting('ani', 'a1', 'a2');
      const outcome: Outcome = state === 'failed' ? { state, reason: 'r', unreachable: false } : { state, reason: 'r' };
      expect(await bring(outcome)).toMatchObject({ text: 'a1', state, stateReason: 'r' });
      expect(texts(await claim())).toEqual(['a2']);
    });

    it('When the person cannot be reached, then the contact says so', async () => {
      const ani = await waiting('ani', 'a1');
      await bring({ state: 'failed', reason: 'diblokir', unreachable: true });
      expect((await get().conversations.get(ani.id))?.contact.unreachable).toBe(true);
      expect(await get().conversations.row(ani.id)).toMatchObject({ contactUnreachable: true });
    });

    it('When the wrong owner or an earlier attempt settles, then nothing changes and the answer is empty', async () => {
      await waiting('ani', 'a1');
      const [first] = await claim();
      expect(await settle(first!.message, sent(), 'n2')).toEqual([]);
      await settle(first!.message, { state: 'pending', notBefore: 0, reason: 'r' });
      const [second] = await claim();
      expect(await settle(first!.message, sent('late'))).toEqual([]);
      expect(await get().messages.get(second!.message.id)).toEqual(second!.message);
      expect(await settle(second!.message, sent('now'))).toMatchObject([
        { state: 'sent', externalId: 'now', sentAt: 4000, stateReason: null },
      ]);
      expect(await settle(second!.message, sent('twice'))).toEqual([]);
    });

    it('When a lease ends, then the message goes back where a repeat is harmless, else it is uncertain', async () => {
      const store = get();
      await waiting('ani', 'a1', 'a2');
      await claim({ leaseUntil: 5000 });
      expect(await store.outbox.expire(5000, ['telegram'])).toEqual([]);
      expect(await store.outbox.expire(5001, ['telegram'])).toMatchObject([{ text: 'a1', state: 'pending', attempt: 1 }]);
      const [again] = await claim({ now: 5001, leaseUntil: 6000 });
      expect(again).toMatchObject({ message: { text: 'a1', attempt: 2 } });
      expect(await store.outbox.expire(7000, ['web'])).toMatchObject([{ text: 'a1', state: 'uncertain' }]);
      expect(await settle(again!.message, sent())).toEqual([]);
      expect(texts(await claim())).toEqual(['a2']);
    });

    it('When a node is dead, then its leases end at once, and nobody else’s', async () => {
      const store = get();
      await waiting('ani', 'a1', 'a2');
      await claim({ owner: 'dead', leaseUntil: 90_000 });
      await waiting('budi', 'b1');
      const [alive] = await claim({ owner: 'alive', leaseUntil: 90_000 });
      expect(await store.outbox.expireOwner('dead', 5000, ['telegram'])).toMatchObject([
        { text: 'a1', state: 'pending', attempt: 1 },
      ]);
      expect(await store.outbox.expireOwner('dead', 5000, ['telegram'])).toEqual([]);
      const [again] = await claim({ owner: 'dead', now: 5000, leaseUntil: 90_000 });
      expect(again).toMatchObject({ message: { text: 'a1', attempt: 2 } });
      expect(await store.outbox.expireOwner('dead', 6000, [])).toMatchObject([{ text: 'a1', state: 'uncertain' }]);
      expect(await settle(again!.message, sent(), 'dead')).toEqual([]);
      expect(await settle(alive!.message, sent(), 'alive')).toMatchObject([{ text: 'b1', state: 'sent' }]);
      expect(texts(await claim({ owner: 'alive' }))).toEqual(['a2']);
    });

    it('When reports come out of order, then the state only moves up', async () => {
      await waiting('ani', 'a1');
      const { id } = await bring(sent('x1'));
      expect(await report('x1', 'sent')).toBeNull();
      expect(await report('x1', 'read')).toMatchObject({ id, state: 'read', sentAt: 4000 });
      expect(await report('x1', 'delivered')).toBeNull();
      expect(await report('x1', 'failed')).toBeNull();
      expect(await report('x1', 'read', 'other-account')).toBeNull();
      expect(await report('unknown', 'read')).toBeNull();
      expect((await get().messages.get(id))?.state).toBe('read');
    });

    it('When a message was delivered, then a late failure does not take that back', async () => {
      await waiting('ani', 'a1');
      await bring(sent('x1'));
      expect(await report('x1', 'delivered')).toMatchObject({ state: 'delivered' });
      expect(await report('x1', 'failed')).toBeNull();
    });

    it('When a report says that a sent message failed, then it is failed, and stays so', async () => {
      await waiting('ani', 'a1');
      await bring(sent('x1'));
      expect(await report('x1', 'failed')).toMatchObject({ state: 'failed', stateReason: 'ditolak' });
      expect(await report('x1', 'delivered')).toBeNull();
    });

    it('When a report under our own id settles an uncertain message, then it counts as sent', async () => {
      await waiting('ani', 'a1');
      const { id } = await bring({ state: 'uncertain', reason: 'r' });
      expect(await report(id, 'delivered')).toMatchObject({
        state: 'delivered',
        stateReason: null,
        externalId: id,
        sentAt: 5000,
      });
    });

    it('When a report hands our id back, then it settles an uncertain message and brings the id of the channel', async () => {
      await waiting('ani', 'a1');
      const { id } = await bring({ state: 'uncertain', reason: 'r' });
      expect(await report('wamid.1', 'sent', 'other-account', id)).toBeNull();
      expect(await report('wamid.1', 'sent', 'bot', 'm_unknown')).toBeNull();
      expect(await report('wamid.1', 'sent', 'bot', id)).toMatchObject({
        id,
        state: 'sent',
        externalId: 'wamid.1',
        sentAt: 5000,
      });
      expect(await report('wamid.1', 'delivered', 'bot', id)).toMatchObject({ id, state: 'delivered' });
      expect(await report('wamid.1', 'sent', 'bot', id)).toBeNull();
    });

    it('When a report with our id overtakes the answer to the send, then the late settle changes nothing and the line goes on', async () => {
      await waiting('ani', 'a1', 'a2');
      const [delivery] = await claim();
      const { id } = delivery!.message;
      expect(await report('wamid.1', 'failed', 'bot', id)).toBeNull();
      expect(await report('wamid.1', 'delivered', 'bot', id)).toMatchObject({ id, state: 'delivered', externalId: 'wamid.1' });
      expect(await settle(delivery!.message, { state: 'uncertain', reason: 'r' })).toEqual([]);
      expect((await get().messages.get(id))?.state).toBe('delivered');
      expect(texts(await claim())).toEqual(['a2']);
    });

    it('When a message waits to be tried again and a report with our id says it arrived, then it is not sent again', async () => {
      await waiting('ani', 'a1', 'a2');
      const { id } = await bring({ state: 'pending', notBefore: 9000, reason: 'r' });
      expect(await report('wamid.1', 'delivered', 'bot', id)).toMatchObject({ state: 'delivered' });
      expect(texts(await claim({ now: 9000 }))).toEqual(['a2']);
    });

    it('When an old try is reported as failed, then a later try that was taken stays as it is', async () => {
      await waiting('ani', 'a1');
      const { id } = await bring(sent('wamid.2'));
      expect(await report('wamid.1', 'failed', 'bot', id)).toBeNull();
      expect(await report('wamid.2', 'failed', 'bot', id)).toMatchObject({ state: 'failed' });
    });

    it('When an inbound message bears a reported id, then it is left alone', async () => {
      const { message } = await say(get(), 'ani', { externalId: 'x1' });
      expect(await report('x1', 'read')).toBeNull();
      expect(await report(message.id, 'read')).toBeNull();
    });

    it('When a dead message is tried again, then it waits from the start, ahead of its line', async () => {
      await waiting('ani', 'a1', 'a2');
      const dead = await bring({ state: 'failed', reason: 'r', unreachable: false });
      const again = await get().outbox.retry(dead.id, 8000);
      expect(again).toMatchObject({ state: 'pending', attempt: 0, stateReason: null, externalId: null, sentAt: null });
      expect(await get().outbox.retry(dead.id, 8000)).toBeNull();
      expect(await claim({ now: 7999 })).toEqual([]);
      expect(texts(await claim({ now: 8000 }))).toEqual(['a1']);
    });

    it('When letters are dead, then they are listed newest first, page by page', async () => {
      await waiting('ani', 'a1', 'a2', 'a3', 'a4', 'a5');
      for (const i of [1, 2, 3, 4])
        await bring(i % 2 === 0 ? { state: 'uncertain', reason: 'r' } : { state: 'failed', reason: 'r', unreachable: false });
      expect((await pages((cursor) => get().outbox.dead(cursor, 3))).map(({ text }) => text)).toEqual(['a4', 'a3', 'a2', 'a1']);
      expect((await get().outbox.dead(null, 4)).cursor).toBeNull();
      expect(await get().outbox.depth()).toEqual({ pending: 1, sending: 0, failed: 2, uncertain: 2 });
    });
  });
}
