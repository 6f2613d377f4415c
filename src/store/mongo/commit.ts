// One atomic change of a conversation: patch, messages, covers, facts and audit together, or nothing.
import type { ClientSession } from 'mongoose';
import type { Conversation } from '../../contract/conversation.ts';
import { LoketError } from '../../contract/errors.ts';
import type { Commit, Committed, ConversationStore, NewMessage } from '../../desk/storePort.ts';
import { previewOf } from '../../desk/views.ts';
import { applyPatch, newOutbound } from '../blank.ts';
import type { MongoConnection } from './connection.ts';
import { Overtaken } from './errors.ts';
import { oneOf } from './filters.ts';
import { createLine } from './line.ts';
import type { MessageDoc } from './models.ts';
import { createNews } from './permitNews.ts';
import { clientKey, derived, given, ruleKey, toConversation, toMessage, toMessageDoc } from './records.ts';
import { createTrail } from './trail.ts';

/** @returns `commit` of the port. */
export function createCommit(connection: MongoConnection): ConversationStore['commit'] {
  const { models, order, atomic } = connection;
  const line = createLine(connection);
  const trail = createTrail(connection);
  const noteNews = createNews(connection);

  /** In the order of the new messages, by the writer's key first. */
  async function storedBefore(
    messages: NewMessage[],
    conversationId: string,
    session: ClientSession,
  ): Promise<MessageDoc | null> {
    const keys = messages.flatMap(({ clientMessageId, inReplyTo, ruleId }) => [
      ...(clientMessageId === null ? [] : [clientKey(conversationId, clientMessageId)]),
      ...(inReplyTo === null || ruleId === null ? [] : [ruleKey(inReplyTo, ruleId)]),
    ]);
    if (keys.length === 0) return null;
    const found = await models.messages.find({ keys: oneOf(keys) }, null, { session }).lean();
    for (const key of keys) {
      const stored = found.find((doc) => doc.keys.includes(key));
      if (stored !== undefined) return stored;
    }
    return null;
  }

  async function run(change: Commit, session: ClientSession): Promise<Committed> {
    const doc = await models.conversations.findById(change.conversationId, null, { session }).lean();
    if (doc === null) return { kind: 'gone' };
    const stored = await storedBefore(change.messages, doc._id, session);
    if (stored !== null) return { kind: 'duplicate', message: toMessage(stored) };
    const current = toConversation(doc);
    if (current.rev !== change.expectedRev) return { kind: 'conflict', conversation: current };
    const opens = current.state === 'closed' && (change.patch.state ?? 'closed') !== 'closed';
    if (opens && (await models.conversations.exists({ slot: current.contactId }).session(session)) !== null)
      throw new LoketError('conflict', 'This contact has another open conversation.');
    if (change.news !== undefined && !(await noteNews(change.news, session))) return { kind: 'gone' };
    return apply(change, applyPatch(current, change.patch), session);
  }

  /** Each message that is covered or written takes a `rev` of its own, so that a page by `rev` may end at any message. */
  async function apply(change: Commit, next: Conversation, session: ClientSession): Promise<Committed> {
    if (change.cover !== null) await cover(change.cover, next, session);
    const messages = change.messages.map((message) => {
      next.rev += 1;
      if (message.direction === 'out') next.seq += 1;
      const seq = message.direction === 'out' ? next.seq : null;
      const stored = newOutbound(message, { conversationId: next.id, seq, rev: next.rev }, change.now);
      return { stored, doc: toMessageDoc(stored, next, order()) };
    });
    if (next.rev === change.expectedRev) next.rev += 1;
    if (messages.length > 0)
      await models.messages.insertMany(
        messages.map(({ doc }) => doc),
        { session, lean: true },
      );
    const visible = messages.findLast(({ stored }) => stored.seq !== null)?.stored;
    const set = {
      ...{ ...given(change.patch), seq: next.seq, rev: next.rev, ...derived(next) },
      ...(visible && { preview: previewOf(visible) }),
      ...(change.cover && { uncoveredSince: await oldestUncovered(next.id, session) }),
      ...(messages.some(({ stored }) => stored.state === 'pending') && { sendAt: await line.headAt(next.id, session) }),
    };
    const { matchedCount } = await models.conversations.updateOne(
      { _id: next.id, rev: change.expectedRev },
      { $set: set },
      { session },
    );
    if (matchedCount !== 1) throw new Overtaken();
    await trail.facts(change.facts, session);
    await trail.audit(change.audit, session);
    await trail.asked(change.asked, session);
    return { kind: 'ok', conversation: next, messages: messages.map(({ stored }) => stored) };
  }

  async function cover({ ids, by }: NonNullable<Commit['cover']>, next: Conversation, session: ClientSession): Promise<void> {
    const open = { conversationId: next.id, direction: 'in', coveredBy: null } as const;
    const found = await models.messages.find({ ...open, _id: oneOf(ids) }, { _id: 1 }, { session }).lean();
    const isOpen = new Set(found.map(({ _id }) => _id));
    const writes = [...new Set(ids)]
      .filter((id) => isOpen.has(id))
      .map((_id) => {
        next.rev += 1;
        return { updateOne: { filter: { _id }, update: { $set: { coveredBy: by, rev: next.rev } } } };
      });
    if (writes.length > 0) await models.messages.bulkWrite(writes, { session });
  }

  async function oldestUncovered(conversationId: string, session: ClientSession): Promise<number | null> {
    const open = await models.messages
      .find({ conversationId, direction: 'in', coveredBy: null }, { createdAt: 1 }, { session })
      .lean();
    return open.length === 0 ? null : Math.min(...open.map(({ createdAt }) => createdAt));
  }

  // The officer who was first holds it.
  return (change) => atomic((session) => run(change, session), `conversation:${change.conversationId}`);
}
