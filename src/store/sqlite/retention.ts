// The sub-port of retention: who has been silent for long, and old audit entries.
import type { RetentionStore } from '../../desk/retentionPort.ts';
import type { Connection } from './connection.ts';

/** A contact (`p`) of old, all of whose conversations were closed before the same time; names it twice. */
export const isIdle = `p.createdAt < ? AND NOT EXISTS (
  SELECT 1 FROM conversations c WHERE c.contactId = p.id AND (c.state <> 'closed' OR ifnull(c.closedAt, c.openedAt) >= ?))`;

/** @returns the retention of the port. */
export function createRetention({ db, read, write }: Connection): RetentionStore {
  const idle = db.prepare<[number, number, string, number], { id: string; isIdle: number }>(
    `SELECT p.id, ${isIdle} AS isIdle FROM contacts p WHERE p.id > ? ORDER BY p.id LIMIT ?`,
  );
  const forget = db.prepare<[number, number]>('DELETE FROM audit WHERE n IN (SELECT n FROM audit ORDER BY n LIMIT ?) AND at < ?');
  return {
    idleContacts: (before, after, limit) =>
      read(() => {
        const looked = idle.all(before, before, after ?? '', limit);
        const ids = looked.filter((one) => one.isIdle === 1).map(({ id }) => id);
        return { ids, last: looked.length < limit ? null : (looked.at(-1)?.id ?? null) };
      }),
    forgetAudit: (before, limit) => write(() => forget.run(limit, before).changes),
  };
}
