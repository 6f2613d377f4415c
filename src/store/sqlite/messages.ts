// The sub-port of messages: history by `rev` and by `seq`, what still needs a reply, facts, and the search index's upkeep.
import type { Fact, MessageStore } from '../../desk/storePort.ts';
import type { Connection } from './connection.ts';
import { type MessageColumns, messageColumns, messageColumnsWithId, toMessage } from './records.ts';
import { createSearch } from './search.ts';

const here = 'conversation = (SELECT number FROM conversations c WHERE c.id = ?)';

/** @returns the messages of the port. */
export function createMessages(connection: Connection): MessageStore {
  const { db, read } = connection;
  const select = <P extends unknown[]>(where: string) =>
    db.prepare<P, MessageColumns>(`SELECT ${messageColumns} FROM messages WHERE ${where}`);
  const byId = db.prepare<[string], MessageColumns>(`SELECT ${messageColumnsWithId} FROM messages WHERE id = ?`);
  const byClient = select<[string, string]>(`${here} AND clientMessageId = ?`);
  const byAttachment = select<[string, string]>(
    `${here} AND attachments IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(attachments) WHERE value ->> 'id' = ?) ORDER BY pos, note LIMIT 1`,
  );
  const since = select<[string, number, number]>(`${here} AND rev > ? ORDER BY rev LIMIT ?`);
  // `seq` has no gaps, so a page of `limit` is a range of it; notes between two messages come along and are not counted,
  // else many notes in a row could hold up a client that asks by `seq`.
  const after = select<[string, number, number, number, number]>(
    `${here} AND pos BETWEEN ? AND ? AND (note > 0 OR pos > ?) AND (note = 0 OR pos < ?) ORDER BY pos, note`,
  );
  const uncovered = select<[string]>(`${here} AND direction = 'in' AND coveredBy IS NULL ORDER BY pos`);
  const facts = db.prepare<[string, number], Fact>(
    'SELECT id, kind, at, value FROM facts WHERE kind = ? ORDER BY at DESC, n DESC LIMIT ?',
  );
  return {
    ...createSearch(connection),
    get: (id) =>
      read(() => {
        const found = byId.get(id);
        return found === undefined ? null : toMessage(found);
      }),
    byClientId: (id, clientMessageId) =>
      read(() => {
        const found = byClient.get(id, clientMessageId);
        return found === undefined ? null : toMessage(found, id);
      }),
    byAttachment: (id, attachmentId) =>
      read(() => {
        const found = byAttachment.get(id, attachmentId);
        return found === undefined ? null : toMessage(found, id);
      }),
    since: (id, rev, limit) => read(() => since.all(id, rev, limit).map((columns) => toMessage(columns, id))),
    after: (id, seq, limit) =>
      read(() => after.all(id, seq, seq + limit, seq, seq + limit).map((columns) => toMessage(columns, id))),
    uncovered: (id) => read(() => uncovered.all(id).map((columns) => toMessage(columns, id))),
    facts: (kind, limit) => read(() => facts.all(kind, limit)),
  };
}
