// One atomic change of a conversation: patch, messages, covers, facts, audit and counts together, or nothing.
import type { Database, Statement } from 'better-sqlite3';
import type { Conversation } from '../../contract/conversation.ts';
import { LoketError } from '../../contract/errors.ts';
import type { Message } from '../../contract/message.ts';
import type { Commit, Committed, ConversationPatch, ConversationStore, NewMessage } from '../../desk/storePort.ts';
import { previewOf } from '../../desk/views.ts';
import { applyPatch, newOutbound } from '../blank.ts';
import type { Connection } from './connection.ts';
import { createAskedCounter } from './knowledge.ts';
import { headOfLine } from './line.ts';
import { createMessageWriter } from './messageWriter.ts';
import { createNews } from './permitNews.ts';
import { conversationRecord, messageRecord, toConversation, toMessage } from './records.ts';
import { createTrail } from './trail.ts';

/** @returns `commit` of the port. */
export function createCommit({ db, writeSoon }: Connection): ConversationStore['commit'] {
  const find = db.prepare<[string], string>(`SELECT ${conversationRecord} FROM conversations c WHERE id = ?`).pluck();
  const findOtherOpen = db.prepare<[string, number]>(
    `SELECT 1 FROM conversations WHERE contactId = ? AND state <> 'closed' AND number <> ?`,
  );
  const findByClient = db
    .prepare<[number, string], string>(`SELECT ${messageRecord} FROM messages WHERE conversation = ? AND clientMessageId = ?`)
    .pluck();
  const findByRule = db
    .prepare<[string, string], string>(`SELECT ${messageRecord} FROM messages WHERE inReplyTo = ? AND ruleId = ?`)
    .pluck();
  const cover = db.prepare<[string, number, string, number]>(
    `UPDATE messages SET coveredBy = ?, rev = ? WHERE id = ? AND conversation = ? AND direction = 'in' AND coveredBy IS NULL`,
  );
  const writeMessage = createMessageWriter(db);
  const update = createUpdate(db);
  const trail = createTrail(db);
  const countAsked = createAskedCounter(db);
  const noteNews = createNews(db);

  function storedBefore(message: NewMessage, conversation: Conversation): string | undefined {
    const { clientMessageId, inReplyTo, ruleId } = message;
    const byClient = clientMessageId === null ? undefined : findByClient.get(conversation.number, clientMessageId);
    if (byClient !== undefined || inReplyTo === null || ruleId === null) return byClient;
    return findByRule.get(inReplyTo, ruleId);
  }

  function run(change: Commit): Committed {
    const found = find.get(change.conversationId);
    if (found === undefined) return { kind: 'gone' };
    const current = toConversation(found);
    for (const message of change.messages) {
      const stored = storedBefore(message, current);
      if (stored !== undefined) return { kind: 'duplicate', message: toMessage(stored) };
    }
    if (current.rev !== change.expectedRev) return { kind: 'conflict', conversation: current };
    const opens = current.state === 'closed' && (change.patch.state ?? 'closed') !== 'closed';
    if (opens && findOtherOpen.get(current.contactId, current.number) !== undefined)
      throw new LoketError('conflict', 'This contact has another open conversation.');
    if (change.news !== undefined && !noteNews(change.news)) return { kind: 'gone' };
    return apply(change, applyPatch(current, change.patch));
  }

  /** Each message that is covered or written takes a `rev` of its own, so that a page by `rev` may end at any message. */
  function apply(change: Commit, next: Conversation): Committed {
    for (const id of change.cover?.ids ?? [])
      next.rev += cover.run(change.cover?.by ?? 'none', next.rev + 1, id, next.number).changes;
    const messages = change.messages.map((message) => {
      next.rev += 1;
      if (message.direction === 'out') next.seq += 1;
      const seq = message.direction === 'out' ? next.seq : null;
      const stored = newOutbound(message, { conversationId: next.id, seq, rev: next.rev }, change.now);
      writeMessage(stored, next);
      return stored;
    });
    if (next.rev === change.expectedRev) next.rev += 1;
    update(change, next, messages);
    trail.facts(change.facts);
    trail.audit(change.audit);
    if (change.asked !== undefined) countAsked(change.asked);
    return { kind: 'ok', conversation: next, messages };
  }

  return (change) => writeSoon(() => run(change));
}

/** The columns a patch may name; a closed list, because their names become SQL. */
const patchable: ReadonlySet<string> = new Set<keyof ConversationPatch>([
  'state',
  'officerId',
  'teamId',
  'language',
  'topic',
  'handoffReason',
  'failures',
  'introduced',
  'lastInboundAt',
  'waitingSince',
  'queuedAt',
  'claimedAt',
  'closedAt',
  'placeTold',
  'placeToldAt',
  'tags',
  'permit',
  'timers',
  'dueAt',
]);

const oldestUncovered = `(SELECT min(createdAt) FROM messages WHERE conversation = number AND direction = 'in' AND coveredBy IS NULL)`;

/** Writes only what changed, because every index over a named column is rewritten; the desk knows few shapes of change. */
function createUpdate(db: Database): (change: Commit, next: Conversation, messages: Message[]) => void {
  const statements = new Map<string, Statement>();
  return (change, next, messages) => {
    const names = Object.keys(change.patch).filter((name) => change.patch[name as keyof ConversationPatch] !== undefined);
    const visible = messages.findLast((message) => message.seq !== null);
    const columns = ['rev', 'seq', ...(visible === undefined ? [] : ['preview']), ...names];
    const derived = [
      ...(change.cover === null ? [] : [`uncoveredSince = ${oldestUncovered}`]),
      ...(messages.some((message) => message.state === 'pending') ? [`sendAt = ${headOfLine}`] : []),
    ];
    const shape = `${columns.join()} ${derived.length} ${change.cover === null}`;
    let statement = statements.get(shape);
    if (statement === undefined) {
      const unknown = names.find((name) => !patchable.has(name));
      if (unknown !== undefined) throw new LoketError('failed', `A conversation's ${unknown} cannot be patched.`);
      statement = db.prepare(
        `UPDATE conversations SET ${[...columns.map((name) => `${name} = ?`), ...derived].join(', ')} WHERE number = ?`,
      );
      statements.set(shape, statement);
    }
    const values = names.map((name) => toColumn(next[name as keyof Conversation]));
    statement.run(next.rev, next.seq, ...(visible === undefined ? [] : [previewOf(visible)]), ...values, next.number);
  };
}

function toColumn(value: Conversation[keyof Conversation]): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return value;
}
