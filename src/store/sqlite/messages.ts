// The sub-port of messages: history by `rev` and by `seq`, what still needs a reply, facts, and the search index's upkeep.
import type { Fact, MessageStore } from '../../desk/storePort.ts';
import type { Connection } from './connection.ts';
import { messageRecord, toMessage } from './records.ts';
import { createSearch } from './search.ts';

const here = 'conversation = (SELECT number FROM conversations c WHERE c.id = ?)';

/** @returns the messages of the port. */
export function createMessages(connection: Connection): MessageStore {
  const { db, read } = connection;
  const select = <P extends unknown[]>(where: string) =>
    db.prepare<P, string>(`SELECT ${messageRecord} FROM messages WHERE ${where}`).pluck();
  const byId = select<[string]>('id = ?');
  const shown = (record: string | undefined) => (record === undefined ? null : toMessage(record));
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
    get: (id) => read(() => shown(byId.get(id))),
    byClientId: (id, clientMessageId) => read(() => shown(byClient.get(id, clientMessageId))),
    byAttachment: (id, attachmentId) => read(() => shown(byAttachment.get(id, attachmentId))),
    since: (id, rev, limit) => read(() => since.all(id, rev, limit).map(toMessage)),
    after: (id, seq, limit) => read(() => after.all(id, seq, seq + limit, seq, seq + limit).map(toMessage)),
    uncovered: (id) => read(() => uncovered.all(id).map(toMessage)),
    facts: (kind, limit) => read(() => facts.all(kind, limit)),
  };
}
