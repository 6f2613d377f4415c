// The store contract: news of a watched file are told with the write that says so, or not at all; watches whose proof holds no more end aloud.
import type { DueWatch, PermitReport } from '../../src/desk/permitPort.ts';
import type { Store } from '../../src/desk/storePort.ts';
import { issued, report, returned } from '../support/permitKit.ts';
import { commit, outbound, say } from '../support/storeKit.ts';

const other = { name: 'Asep', phone: '+6289999990000', nikTail: '0002' };

export function describeNews(get: () => Store): void {
  let made = 0;
  const put = (one: PermitReport, batch: string | null = null) => get().permits.put([{ id: `g_${++made}`, report: one }], batch);

  async function watching(first = report(), batch: string | null = null) {
    const { contact, conversation } = await say(get(), `nina${++made}`);
    const [{ id: permitId } = { id: '' }] = await put(first, batch);
    const watch = { id: `w${made}`, permitId, contactId: contact.id, at: 5 };
    await get().permitWatches.watch(watch);
    return { contact, conversation, watch };
  }

  /** As the desk does: the message and that it was told, in one write, from the conversation as it is now. */
  async function write(conversationId: string, watchId: string, event: DueWatch['event'] | null, overAt: number | null = null) {
    const seat = await get().conversations.get(conversationId);
    const message = outbound({ clientMessageId: `permit-${watchId}-${event?.n ?? 'ended'}` });
    const news = { watchId, event, overAt };
    return (await get().conversations.commit(commit(seat!.conversation, { messages: [message], news }))).kind;
  }
  const due = async () => (await get().permitWatches.due(null, 9)).map(({ event }) => event.stage);
  const ended = async () => (await get().permitWatches.ended(null, 9)).map(({ id, number, isWrong }) => [id, number, isWrong]);
  const messages = async (conversationId: string) => (await get().conversations.get(conversationId))!.conversation.seq;

  describe('news of watched files', () => {
    it('When a move is told, then message and mark are one write, and it is told no second time', async () => {
      const { conversation, watch } = await watching();
      await put(report({ status: issued, fetchedAt: 2000 }));
      const [one] = await get().permitWatches.due(null, 9);
      expect(await write(conversation.id, watch.id, one!.event, 50)).toBe('ok');
      expect(await due()).toEqual([]);
      expect(await get().permitWatches.watches(watch.contactId)).toEqual([]);
      // Another node, late: under another key it is refused as well.
      expect(await write(conversation.id, watch.id, { ...one!.event, n: one!.event.n - 1 })).toBe('gone');
      expect(await messages(conversation.id)).toBe(2);
    });

    it('When a move is taken back between looking and writing, then nothing is written, and no correction is due', async () => {
      const { conversation, watch } = await watching();
      await put(report({ status: issued, fetchedAt: 2000 }), 'b1');
      const [one] = await get().permitWatches.due(null, 9);
      await get().permits.undo('b1', 9);
      expect(await write(conversation.id, watch.id, one!.event)).toBe('gone');
      expect(await messages(conversation.id)).toBe(1);
      expect(await due()).toEqual([]);
      // The place of the entry may be given again: it is another one.
      await put(report({ status: returned, fetchedAt: 3000 }), 'b2');
      expect(await write(conversation.id, watch.id, one!.event)).toBe('gone');
      const [next] = await get().permitWatches.due(null, 9);
      expect(await write(conversation.id, watch.id, next!.event)).toBe('ok');
    });

    it('When a move is told and taken back in the same moment, then it was told and is corrected, or neither', async () => {
      const seen = new Set<string>();
      for (let round = 0; round < 12; round++) {
        const number = `PBG-327312-01082023-${10 + round}`;
        const { conversation, watch } = await watching(report({ number }));
        await put(report({ number, status: issued, fetchedAt: 2000 }), `b${round}`);
        const [one] = (await get().permitWatches.due(null, 99)).filter(({ id }) => id === watch.id);
        const tell = () => write(conversation.id, watch.id, one!.event, 50);
        const undo = () => get().permits.undo(`b${round}`, 9);
        const [told] = round % 2 === 0 ? await Promise.all([tell(), undo()]) : (await Promise.all([undo(), tell()])).reverse();
        const stages = (await get().permitWatches.due(null, 99))
          .filter(({ id }) => id === watch.id)
          .map(({ event }) => event.stage);
        seen.add(String(told));
        expect([round, told, stages]).toEqual([round, told, told === 'ok' ? ['verifikasi_berkas'] : []]);
      }
      expect([...seen].filter((kind) => kind !== 'ok' && kind !== 'gone')).toEqual([]);
    });

    it('When the import that brought the file is taken back, then each who watches is told once, also whoever had heard the end', async () => {
      const [nina, budi] = [await watching(report(), 'b1'), await watching(report({ fetchedAt: 1001 }), 'b1')];
      await put(report({ status: issued, fetchedAt: 2000 }), 'b1');
      const [one] = await get().permitWatches.due(null, 9);
      expect(await write(nina.conversation.id, nina.watch.id, one!.event, 50)).toBe('ok');
      while ((await get().permits.undo('b1', 1)) > 0);
      expect(await get().permits.find(report().number)).toEqual([]);
      expect(await ended()).toEqual([
        [nina.watch.id, report().number, true],
        [budi.watch.id, report().number, true],
      ]);
      expect(await get().permitWatches.ended(nina.watch.id, 9)).toHaveLength(1);
      expect([await due(), await get().permitWatches.watches(nina.contact.id)]).toEqual([[], []]);
      // The same number comes again: it is another file, and nobody who watched the old one hears of it.
      await put(report({ status: returned, fetchedAt: 3000 }));
      await put(report({ status: issued, fetchedAt: 4000 }));
      expect(await due()).toEqual([]);
      expect(await write(nina.conversation.id, nina.watch.id, null)).toBe('ok');
      expect(await ended()).toEqual([[budi.watch.id, report().number, true]]);
      expect(await write(nina.conversation.id, `${nina.watch.id}x`, null)).toBe('gone');
      expect(await get().permitWatches.unwatch(budi.contact.id, null)).toBe(1);
      expect(await ended()).toEqual([]);
    });

    it('When a file names somebody else, then whoever proved it before hears no more of it, until they prove it again', async () => {
      const { contact, watch } = await watching();
      await put(report({ fetchedAt: 2000, person: { ...report().person, phone: '0812 3456 5678' } }));
      expect(await ended()).toEqual([]);
      await put(report({ fetchedAt: 3000, person: other, status: issued }), 'b1');
      expect(await due()).toEqual([]);
      expect(await ended()).toEqual([[watch.id, report().number, false]]);
      await get().permitWatches.watch({ ...watch, id: 'again' });
      expect([await ended(), await due()]).toEqual([[], []]);
      // What the new one saw was wrong; the file is the first one's again.
      await get().permits.undo('b1', 9);
      expect(await ended()).toEqual([['again', report().number, true]]);
      expect([await due(), await get().permitWatches.watches(contact.id)]).toEqual([[], []]);
      expect((await get().permits.find(report().number))[0]?.person.name).toBe('Euis Komariah');
    });

    it('When a watch could not be told of its end, then it is forgotten a while after the first night', async () => {
      const { watch } = await watching(report(), 'b1');
      await get().permits.undo('b1', 9);
      await get().permitWatches.prune(1000, 900);
      expect(await ended()).toEqual([[watch.id, report().number, true]]);
      await get().permitWatches.prune(2000, 1001);
      expect(await ended()).toEqual([]);
    });
  });
}
