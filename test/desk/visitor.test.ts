// What a visitor may touch: the files of their own talk but not of notes, and the read mark of officers' messages to them alone.
import { newId } from '../../src/desk/ids.ts';
import { conversationOf, createKit, held, type Kit } from '../support/deskKit.ts';

const key = (externalId: string) => ({ channel: 'shell' as const, accountId: 'a', externalId });

describe('a visitor', () => {
  let kit: Kit;
  beforeEach(async () => {
    kit = await createKit();
  });
  afterEach(() => kit.desk.stop(100));

  /** Writes a message with a file as the console does. */
  async function write(conversationId: string, direction: 'out' | 'note', attachmentId: string): Promise<void> {
    const seat = await kit.store.conversations.get(conversationId);
    const author = { kind: 'officer' as const, id: 'o_Rina', name: 'Rina' };
    const file = {
      id: attachmentId,
      name: 'a.pdf',
      mime: 'application/pdf',
      size: 1,
      state: 'stored' as const,
      ref: null,
      key: 'k',
    };
    const rest = {
      clientMessageId: null,
      inReplyTo: null,
      ruleId: null,
      reason: null,
      buttons: [],
      text: '',
      kind: 'document' as const,
    };
    const state = direction === 'out' ? ('pending' as const) : ('noted' as const);
    await kit.store.conversations.commit({
      ...{ conversationId, expectedRev: seat!.conversation.rev, patch: {}, cover: null, facts: [], audit: [], now: kit.now() },
      messages: [{ ...rest, id: newId('m'), direction, author, state, attachments: [file] }],
    });
  }

  it("When files hang on an answer and on a note, then only the answer's is the visitor's", async () => {
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    await write(id, 'out', 'file-out');
    await write(id, 'note', 'file-note');
    await kit.says('halo', { from: 'lain' });
    // `gone`: found, but the kit keeps no bytes.
    expect(await kit.desk.visitor.file(key('warga'), 'file-out')).toEqual({ ok: false, code: 'gone' });
    expect(await kit.desk.visitor.file(key('warga'), 'file-note')).toEqual({ ok: false, code: 'not-found' });
    expect(await kit.desk.visitor.file(key('lain'), 'file-out')).toEqual({ ok: false, code: 'not-found' });
    expect(await kit.desk.visitor.file(key('nobody'), 'file-out')).toEqual({ ok: false, code: 'not-found' });
    expect(await kit.store.contacts.find(key('nobody'))).toBeNull();
  });

  it("When a visitor has seen messages, then the officer's own are read, the bot's and another's stay as they are", async () => {
    const rina = await kit.officer('Rina');
    const mine = await held(kit, rina);
    const theirs = await held(kit, rina, 'lain');
    for (const [conversationId, n] of [
      [mine, 1],
      [theirs, 2],
    ] as const)
      await kit.desk.officer.send(rina, { conversationId, clientMessageId: `answer-000${n}`, text: `jawaban ${n}` });
    await kit.heard();
    const messagesOf = (id: string) => kit.store.messages.since(id, 0, 100);
    const all = [...(await messagesOf(mine)), ...(await messagesOf(theirs))];
    await kit.desk.visitor.seen(
      key('warga'),
      all.map(({ id }) => id),
    );
    const read = [...(await messagesOf(mine)), ...(await messagesOf(theirs))].filter(({ state }) => state === 'read');
    expect(read.map(({ text }) => text)).toEqual(['jawaban 1']);
  });

  it('When a file arrives behind an erasure, then it is not stored and nobody comes back by it', async () => {
    await kit.says('nib itu apa');
    const file = { clientMessageId: 'file-0001', name: 'a.png', isVoice: false, bytes: new Uint8Array([1]) };
    const [erased, sent] = await Promise.all([
      kit.desk.visitor.erase(key('warga')),
      kit.desk.visitor.sendFile(key('warga'), file),
    ]);
    expect([erased, sent]).toEqual([{ ok: true }, { ok: false, code: 'unauthorized' }]);
    expect(await kit.store.contacts.find(key('warga'))).toBeNull();
  });

  it('When a visitor erases, then nothing of theirs is left, another keeps all, and erasing again is no error', async () => {
    await kit.says('nib itu apa', { from: 'lain' });
    await kit.says('nib itu apa');
    const id = await kit.conversationId();
    expect(await kit.desk.visitor.erase(key('warga'))).toEqual({ ok: true });
    expect(await kit.store.contacts.find(key('warga'))).toBeNull();
    expect(await kit.store.conversations.get(id)).toBeNull();
    expect(await kit.desk.intake.knows(key('warga'))).toBe(false);
    expect((await conversationOf(kit, 'lain')).lastInboundAt).not.toBeNull();
    expect(await kit.desk.visitor.erase(key('warga'))).toEqual({ ok: true });
  });
});
