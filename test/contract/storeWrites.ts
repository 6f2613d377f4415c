// The store contract: receiving and committing.
import type { Store } from '../../src/desk/storePort.ts';
import { change, commit, inbound, note, open, outbound, say } from '../support/storeKit.ts';

export function describeWrites(get: () => Store): void {
  describe('receive', () => {
    it('When a stranger writes, then contact, conversation and message are made, numbered from 1001 and seq 1', async () => {
      const store = get();
      const first = await say(store, 'ani', { text: 'halo' }, { name: 'Ani', phone: '+6281234567890', now: 5 });
      expect(first.kind).toBe('stored');
      expect(first.conversation).toMatchObject({
        number: 1001,
        state: 'bot',
        seq: 1,
        rev: 1,
        lastInboundAt: 5,
        waitingSince: 5,
        openedAt: 5,
      });
      expect(first.message).toMatchObject({
        seq: 1,
        rev: 1,
        direction: 'in',
        state: 'received',
        coveredBy: null,
        createdAt: 5,
        sentAt: 900,
      });
      expect(first.contact).toMatchObject({ name: 'Ani', phone: '+6281234567890', unreachable: false, createdAt: 5 });
      expect(await store.messages.get(first.message.id)).toEqual(first.message);
      expect(await store.conversations.get(first.conversation.id)).toEqual({
        conversation: first.conversation,
        contact: first.contact,
      });
      expect((await say(store, 'budi')).conversation.number).toBe(1002);
    });

    it('When a message has files, a button and an author name, then all but the name of the contact is kept', async () => {
      const file = { id: 'f1', name: 'ktp.jpg', mime: 'image/jpeg', size: 5, state: 'remote' as const, ref: 'r', key: null };
      const said = await say(get(), 'ani', {
        attachments: [file],
        button: 'imb',
        author: { kind: 'contact', id: null, name: 'Ani' },
      });
      expect(said.message).toMatchObject({
        attachments: [file],
        button: 'imb',
        author: { kind: 'contact', id: null, name: null },
      });
      expect(await get().messages.get(said.message.id)).toEqual(said.message);
    });

    it('When a message is a template, then its name, language and variables are kept with it; others have none', async () => {
      const template = { name: 'kabar_berkas', language: 'id', variables: ['Asep', 'I-12'] };
      const { conversation, message } = await say(get(), 'ani');
      const written = await change(get(), conversation.id, { messages: [outbound({ template }), outbound()] });
      expect(written.messages.map((one) => one.template)).toEqual([template, null]);
      expect(await get().messages.get(written.messages[0]!.id)).toEqual(written.messages[0]);
      expect(message.template).toBeNull();
    });

    it('When the same external id comes again, then it is a duplicate and nothing is written, not even the profile', async () => {
      const store = get();
      const first = await say(store, 'ani', { externalId: 'ani:1' }, { name: 'Ani' });
      const again = await say(store, 'ani', { externalId: 'ani:1', text: 'lain' }, { name: 'Other' });
      expect(again).toEqual({ ...first, kind: 'duplicate' });
      expect(await store.contacts.get(first.contact.id)).toEqual(first.contact);
    });

    it('When the same client message id comes again under another external id, then it is a duplicate', async () => {
      const first = await say(get(), 'ani', { clientMessageId: 'client-1' });
      expect(await say(get(), 'ani', { clientMessageId: 'client-1' })).toEqual({ ...first, kind: 'duplicate' });
      expect((await say(get(), 'budi', { clientMessageId: 'client-1' })).kind).toBe('stored');
    });

    it('When another account receives the same external id, then it is another message', async () => {
      await say(get(), 'ani', { externalId: 'same' });
      const other = open('ani');
      other.contact.accountId = 'second';
      expect((await get().conversations.receive({ ...other, message: inbound({ externalId: 'same' }) })).kind).toBe('stored');
    });

    it('When an outbound message already bears the external id, then an inbound one with it is still stored', async () => {
      const store = get();
      const { conversation } = await say(store, 'ani');
      await change(store, conversation.id, { messages: [outbound()] });
      const [delivery] = await store.outbox.claim({ owner: 'n', channels: ['telegram'], now: 3000, leaseUntil: 9000, limit: 1 });
      const { id: messageId, attempt } = delivery!.message;
      await store.outbox.settle([{ messageId, owner: 'n', attempt, outcome: { state: 'sent', externalId: 'ani:7' }, now: 3000 }]);
      expect((await say(store, 'ani', { externalId: 'ani:7' })).kind).toBe('stored');
    });

    it('When copies of messages arrive in parallel, then each is stored once and no neighbour is lost', async () => {
      const store = get();
      const names = Array.from({ length: 60 }, (_, i) => `ani:${i % 20}`);
      const done = await Promise.all(names.map((externalId) => say(store, 'ani', { externalId })));
      expect(done.filter(({ kind }) => kind === 'stored')).toHaveLength(20);
      const stored = await store.messages.after(done[0]!.conversation.id, 0, 100);
      expect(stored.map(({ externalId, seq }) => [externalId, seq])).toEqual(names.slice(0, 20).map((name, i) => [name, i + 1]));
    });

    it('When 200 messages arrive in parallel, then seq runs from 1 to 200 without a gap and rev with it', async () => {
      const store = get();
      const done = await Promise.all(Array.from({ length: 200 }, () => say(store, 'ani')));
      const { conversation } = done.at(-1)!;
      const stored = await store.messages.since(conversation.id, 0, 1000);
      expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
      expect((await store.conversations.get(conversation.id))?.conversation).toMatchObject({ seq: 200, rev: 200, number: 1001 });
    });

    it('When a later message tells more of a contact, then it is learnt, and null leaves what is known', async () => {
      const store = get();
      await say(store, 'ani', {}, { name: 'Ani' });
      const second = await say(store, 'ani', {}, { phone: '+6281234567890' });
      expect(second.contact).toMatchObject({ name: 'Ani', phone: '+6281234567890' });
      expect(await store.contacts.get(second.contact.id)).toEqual(second.contact);
    });

    it('When the conversation is closed, then a message goes to it again only if it was closed recently', async () => {
      const store = get();
      const { conversation } = await say(store, 'ani');
      await change(store, conversation.id, { patch: { state: 'closed', closedAt: 5000, waitingSince: null } });
      const attached = await say(store, 'ani', {}, { reuseClosedSince: 5000, now: 6000 });
      expect(attached.conversation).toMatchObject({ id: conversation.id, state: 'closed', seq: 2, waitingSince: 6000 });
      const fresh = await say(store, 'ani', {}, { reuseClosedSince: 5001, now: 7000 });
      expect(fresh.conversation).toMatchObject({ number: 1002, seq: 1, state: 'bot' });
      expect((await say(store, 'ani', {}, { reuseClosedSince: 0 })).conversation.id).toBe(fresh.conversation.id);
    });

    it('When many open the same contact at once, then there is one conversation, without a message', async () => {
      const done = await Promise.all(Array.from({ length: 10 }, () => get().conversations.open(open('ani'))));
      expect(new Set(done.map(({ conversation }) => conversation.id)).size).toBe(1);
      expect(done[9]).toEqual(done[0]);
      expect(done[0]!.conversation).toMatchObject({ seq: 0, rev: 0, lastInboundAt: null });
    });
  });

  describe('commit', () => {
    it('When patch, messages, cover, facts and audit are committed, then all are there and every rev is its own', async () => {
      const store = get();
      const first = await say(store, 'ani');
      const { conversation } = await say(store, 'ani');
      const [one, two] = [outbound(), note()];
      const fact = { id: 'f', kind: 'wait' as const, at: 1, value: 2 };
      const entry = { id: 'a', at: 1, actor: 'bot', action: 'answer', subject: conversation.id, detail: null };
      const patch = { topic: 'imb', introduced: true, timers: { idle: 9 }, dueAt: 9, waitingSince: null };
      const done = await store.conversations.commit(
        commit(conversation, {
          patch,
          messages: [one, two],
          cover: { ids: [first.message.id], by: one.id },
          facts: [fact],
          audit: [entry],
        }),
      );
      if (done.kind !== 'ok') throw new Error(done.kind);
      expect(done.conversation).toEqual({ ...conversation, ...patch, seq: 3, rev: 5 });
      expect(done.messages).toMatchObject([
        { ...one, seq: 3, rev: 4, createdAt: 2000, sentAt: null },
        { ...two, seq: null, rev: 5 },
      ]);
      const newer = await store.messages.since(conversation.id, 2, 10);
      expect(newer.map(({ id, rev }) => [id, rev])).toEqual([
        [first.message.id, 3],
        [one.id, 4],
        [two.id, 5],
      ]);
      expect(newer.slice(1)).toEqual(done.messages);
      expect((await store.conversations.get(conversation.id))?.conversation).toEqual(done.conversation);
      expect(await store.messages.facts('wait', 9)).toEqual([fact]);
      expect(await store.settings.audit(9)).toEqual([entry]);
    });

    it('When 40 commit from the same rev at once, then one wins and the others get the record to compute again from', async () => {
      const store = get();
      const { conversation } = await say(store, 'ani');
      const tries = Array.from({ length: 40 }, (_, i) =>
        store.conversations.commit(
          commit(conversation, { patch: { state: 'officer', officerId: `o${i}` }, messages: [outbound()] }),
        ),
      );
      const done = await Promise.all(tries);
      const winners = done.filter(({ kind }) => kind === 'ok');
      expect(winners).toHaveLength(1);
      const stored = (await store.conversations.get(conversation.id))!.conversation;
      for (const answer of done) expect(answer).toMatchObject({ conversation: stored });
      expect(stored).toMatchObject({ officerId: 'o0', seq: 2 });
    });

    it('When a clientMessageId comes again, then the stored message is returned and nothing is written, whatever the rev', async () => {
      const store = get();
      const { conversation } = await say(store, 'ani');
      const { messages } = await change(store, conversation.id, { messages: [outbound({ clientMessageId: 'client-9' })] });
      const again = commit(conversation, {
        patch: { topic: 'x' },
        messages: [outbound(), outbound({ clientMessageId: 'client-9' })],
      });
      expect(await store.conversations.commit(again)).toEqual({ kind: 'duplicate', message: messages[0] });
      expect((await store.conversations.get(conversation.id))?.conversation).toMatchObject({ topic: null, seq: 2 });
    });

    it('When a rule answers the same message twice, then the stored reply is returned; another rule may answer too', async () => {
      const store = get();
      const { conversation, message } = await say(store, 'ani');
      const reply = () => outbound({ inReplyTo: message.id, ruleId: 'answer' });
      const { messages } = await change(store, conversation.id, { messages: [reply()] });
      expect(await store.conversations.commit(commit(conversation, { messages: [reply()] }))).toEqual({
        kind: 'duplicate',
        message: messages[0],
      });
      const other = await change(store, conversation.id, {
        messages: [outbound({ inReplyTo: message.id, ruleId: 'notice:x' }), outbound()],
      });
      expect(other.messages.map(({ seq }) => seq)).toEqual([3, 4]);
    });

    it('When a message is covered already, then it keeps its cover and its rev', async () => {
      const store = get();
      const { conversation, message } = await say(store, 'ani');
      const second = await say(store, 'ani');
      await change(store, conversation.id, { cover: { ids: [message.id], by: 'first' } });
      await change(store, conversation.id, { cover: { ids: [message.id, second.message.id], by: 'none' } });
      expect(await store.messages.get(message.id)).toMatchObject({ coveredBy: 'first', rev: 3 });
      expect(await store.messages.get(second.message.id)).toMatchObject({ coveredBy: 'none', rev: 4 });
      expect(await store.messages.uncovered(conversation.id)).toEqual([]);
    });

    it('When a message of another conversation is named in the cover, then it is not covered', async () => {
      const store = get();
      const ani = await say(store, 'ani');
      const budi = await say(store, 'budi');
      await change(store, ani.conversation.id, { cover: { ids: [budi.message.id], by: 'none' } });
      expect(await store.messages.uncovered(budi.conversation.id)).toEqual([budi.message]);
    });

    it('When the conversation is not there, then it is gone', async () => {
      const { conversation } = await say(get(), 'ani');
      expect(await get().conversations.commit({ ...commit(conversation), conversationId: 'nobody' })).toEqual({ kind: 'gone' });
    });

    it('When a second conversation of the contact would be opened, then the commit is refused and its neighbours are not', async () => {
      const store = get();
      const { conversation } = await say(store, 'ani');
      const closed = await change(store, conversation.id, { patch: { state: 'closed', closedAt: 2000 } });
      const fresh = await say(store, 'ani');
      const [refused, written] = await Promise.allSettled([
        store.conversations.commit(commit(closed.conversation, { patch: { state: 'bot' }, messages: [outbound()] })),
        store.conversations.commit(commit(fresh.conversation, { messages: [outbound()] })),
      ]);
      expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } });
      expect(written).toMatchObject({ status: 'fulfilled', value: { kind: 'ok', conversation: { seq: 2 } } });
      expect((await store.conversations.get(conversation.id))?.conversation).toEqual(closed.conversation);
    });

    it('When facts or audit entries come again under their id, then they are there once', async () => {
      const store = get();
      const { conversation } = await say(store, 'ani');
      const facts = [
        { id: 'f1', kind: 'wait' as const, at: 5, value: 7 },
        { id: 'f2', kind: 'handoff' as const, at: 6, value: 1 },
      ];
      await change(store, conversation.id, { facts });
      await change(store, conversation.id, { facts: [...facts, { id: 'f3', kind: 'wait', at: 4, value: 1 }] });
      expect((await store.messages.facts('wait', 9)).map(({ id }) => id)).toEqual(['f1', 'f3']);
      expect((await store.messages.facts('wait', 1)).map(({ id }) => id)).toEqual(['f1']);
    });
  });
}
