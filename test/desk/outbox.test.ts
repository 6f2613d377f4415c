// Delivery: what a channel's answer makes of a message, and that order and silence hold.

import { LoketError } from '../../src/contract/errors.ts';
import type { Message } from '../../src/contract/message.ts';
import { SendError } from '../../src/desk/ports.ts';
import { createKit, type Kit } from '../support/deskKit.ts';
import { until } from '../support/until.ts';

async function states(kit: Kit): Promise<Message['state'][]> {
  const messages = await kit.store.messages.since(await kit.conversationId(), 0, 100);
  return messages.filter((message) => message.direction === 'out').map((message) => message.state);
}

async function tries(kit: Kit): Promise<number> {
  return (await kit.store.messages.since(await kit.conversationId(), 0, 100)).at(-1)?.attempt ?? 0;
}

async function withOfficer(kit: Kit) {
  const rina = await kit.officer('Rina');
  await kit.says('petugas');
  await kit.heard();
  const conversationId = await kit.conversationId();
  await kit.desk.officer.claim(rina, conversationId);
  await kit.heard();
  let n = 0;
  return {
    rina,
    send: (text: string) => kit.desk.officer.send(rina, { conversationId, clientMessageId: `c-0000000${++n}`, text }),
  };
}

describe('the outbox', () => {
  it('When the provider asks to wait, then the message goes out later, once, and before those written after it', async () => {
    const kit = await createKit();
    const { send } = await withOfficer(kit);
    kit.onSend.current = async function down() {
      throw new SendError('retry', 'Terlalu cepat.', 5000);
    };
    await send('satu');
    await send('dua');
    await until('the first was refused', async () => (await states(kit)).filter((state) => state === 'pending').length === 2);
    kit.onSend.current = async () => ({ externalId: 'ok' });
    await kit.pass(6000);
    expect(await kit.heard()).toEqual(['satu', 'dua']);
  });

  it.each([
    ['breaks off', new Error('socket hang up')],
    ['is in doubt, as its channel says,', new SendError('uncertain', 'Tidak pasti.')],
  ])('When a send %s, then it stays uncertain, is not repeated, and blocks nobody', async (_what, trouble) => {
    const kit = await createKit();
    const { send } = await withOfficer(kit);
    const works = kit.onSend.current;
    kit.onSend.current = async function down() {
      throw trouble;
    };
    await send('satu');
    await until('it is uncertain', async () => (await states(kit)).includes('uncertain'));
    kit.onSend.current = works;
    await send('dua');
    await kit.pass(120_000);
    expect(await kit.heard()).toEqual(['dua']);
  });

  it('When our own store cannot read the file, then nothing is in doubt: it is tried again and goes out once', async () => {
    let isAway = true;
    const read = async () => {
      if (isAway) throw new LoketError('store-away', 'The store cannot be reached now; try again.');
      return Buffer.from('x');
    };
    const kit = await createKit({ files: { save: async () => 'refused', read, remove: async () => {}, prune: async () => 0 } });
    const { send } = await withOfficer(kit);
    const works = kit.onSend.current;
    const file = { id: 'f', name: 'a.pdf', mime: 'application/pdf', size: 1, state: 'stored' as const, ref: null, key: 'k' };
    kit.onSend.current = async (out) => {
      await out.bytesOf!(file);
      return works(out);
    };
    await send('satu');
    await until('it waits', async () => (await states(kit)).at(-1) === 'pending' && (await tries(kit)) > 0);
    isAway = false;
    await kit.pass(6000);
    expect(await kit.heard()).toEqual(['satu']);
  });

  it('When the citizen blocked the bot, then the officer sees why and further sends are refused', async () => {
    const kit = await createKit();
    const { send } = await withOfficer(kit);
    kit.onSend.current = async function down() {
      throw new SendError('unreachable', 'Warga memblokir bot.');
    };
    await send('satu');
    await until('it failed', async () => (await states(kit)).includes('failed'));
    expect(await send('dua')).toEqual({ ok: false, code: 'unreachable' });
  });

  it('When all tries are used up, then it is a dead letter that can be sent again', async () => {
    const kit = await createKit();
    const { rina, send } = await withOfficer(kit);
    const works = kit.onSend.current;
    let tries = 0;
    kit.onSend.current = async function down() {
      tries += 1;
      throw new SendError('retry', 'Server tidak menjawab.');
    };
    await send('satu');
    for (let i = 0; i < 30 && !(await states(kit)).includes('failed'); i++) await kit.pass(3_600_000 / 6);
    expect(tries).toBe(8);
    const dead = await kit.desk.officer.deadLetters(rina, null);
    if (!dead.ok) throw new Error(dead.code);
    expect(dead.rows).toMatchObject([{ text: 'satu', state: 'failed', stateReason: 'Server tidak menjawab.' }]);
    kit.onSend.current = works;
    expect((await kit.desk.officer.retry(rina, dead.rows[0]!.id)).ok).toBe(true);
    expect(await kit.heard()).toContain('satu');
  });

  it('When a process dies while sending, then a repeatable channel sends again and another stays uncertain', async () => {
    for (const repeatable of [true, false]) {
      const kit = await createKit({ repeatable });
      const works = kit.onSend.current;
      kit.onSend.current = function down() {
        return new Promise(() => {});
      };
      await kit.desk.intake.message({
        channel: 'shell',
        accountId: 'a',
        externalId: 'e',
        from: { externalId: 'warga', name: null, phone: null, isBot: false },
        kind: 'text',
        text: 'apa itu nib',
        attachments: [],
        button: null,
        clientMessageId: null,
        sentAt: kit.now(),
      });
      await until('it is being sent', async () => (await kit.store.outbox.depth()).sending === 1);
      await kit.desk.stop(0);
      const next = await createKit({ store: kit.store, repeatable });
      next.onSend.current = works;
      await next.pass(61_000);
      expect((await next.heard()).length).toBe(repeatable ? 1 : 0);
      expect(await states(kit)).toEqual([repeatable ? 'sent' : 'uncertain']);
    }
  });

  it('When an officer writes more than the channel takes, then it arrives in parts, in order, once', async () => {
    const kit = await createKit();
    const { send } = await withOfficer(kit);
    const sentence = 'Persyaratan lengkap ada di laman resmi dan dapat diunggah satu per satu. ';
    await send(sentence.repeat(12));
    const heard = await kit.heard();
    expect(heard.length).toBeGreaterThan(1);
    expect(heard.join(' ').replace(/\s+/g, ' ')).toBe(sentence.repeat(12).trim());
  });
});
