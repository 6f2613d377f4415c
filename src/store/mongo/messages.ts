// The sub-port of messages: history by `rev` and by `seq`, what still needs a reply, facts, and the search index's upkeep.
import type { Fact, MessageStore } from '../../desk/storePort.ts';
import type { MongoConnection } from './connection.ts';
import { between, gt } from './filters.ts';
import type { MessageDoc } from './models.ts';
import { clientKey, toMessage } from './records.ts';
import { createSearch } from './search.ts';

const shown = (doc: MessageDoc | null) => (doc === null ? null : toMessage(doc));

/** @returns the messages of the port. */
export function createMessages(connection: MongoConnection): MessageStore {
  const { models, run } = connection;
  const { messages } = models;
  return {
    ...createSearch(connection),
    get: (id) => run(async () => shown(await messages.findById(id).lean())),
    byClientId: (id, clientMessageId) =>
      run(async () => shown(await messages.findOne({ keys: clientKey(id, clientMessageId) }).lean())),
    byAttachment: (conversationId, attachmentId) =>
      run(async () => {
        const found = await messages.find({ conversationId, 'attachments.id': attachmentId }).lean();
        return shown(found.sort(byPlace)[0] ?? null);
      }),
    since: (conversationId, rev, limit) =>
      run(async () =>
        (
          await messages
            .find({ conversationId, rev: gt(rev) })
            .sort({ rev: 1 })
            .limit(limit)
            .lean()
        ).map(toMessage),
      ),
    // `seq` has no gaps, so a page of `limit` is a range of it; notes between two messages come along and are not counted,
    // else many notes in a row could hold up a client that asks by `seq`.
    after: (conversationId, seq, limit) =>
      run(async () => {
        const found = await messages
          .find({ conversationId, pos: between(seq, seq + limit) })
          .sort({ pos: 1, note: 1 })
          .lean();
        return found.filter(({ pos, note }) => (note > 0 ? pos < seq + limit : pos > seq)).map(toMessage);
      }),
    uncovered: (conversationId) =>
      run(async () =>
        (await messages.find({ conversationId, direction: 'in', coveredBy: null }).sort({ pos: 1 }).lean()).map(toMessage),
      ),
    facts: (kind, limit) =>
      run(async () => {
        const found = await models.facts.find({ kind }).sort({ at: -1, n: -1 }).limit(limit).lean();
        return found.map(({ _id: id, at, value }): Fact => ({ id, kind, at, value }));
      }),
  };
}

const byPlace = (a: MessageDoc, b: MessageDoc) => a.pos - b.pos || a.note - b.note;
