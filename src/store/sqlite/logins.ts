// The sub-port of ways in: sessions as lists, and invitations.
import type { Officer } from '../../contract/conversation.ts';
import type { Invitation, LoginStore, Session } from '../../desk/storePort.ts';
import type { Connection } from './connection.ts';
import { createTrail } from './trail.ts';

type InvitationColumns = Omit<Invitation, 'teamIds'> & { teamIds: string };

const columns = 'id, email, role, teamIds, invitedBy, createdAt, expiresAt';
const toInvitation = (row: InvitationColumns): Invitation => ({ ...row, teamIds: JSON.parse(row.teamIds) as string[] });

/** @returns the ways in of the port. */
export function createLogins({ db, read, write }: Connection): LoginStore {
  const trail = createTrail(db);
  const sessions = db.prepare<[string], Session & { hash: string }>(
    'SELECT hash, officerId, createdAt, lastSeenAt, device FROM sessions WHERE officerId = ? ORDER BY lastSeenAt DESC, hash',
  );
  const touch = db.prepare<[number, string]>('UPDATE sessions SET lastSeenAt = ? WHERE hash = ?');
  const endStale = db.prepare<[number, number]>('DELETE FROM sessions WHERE lastSeenAt < ? OR createdAt < ?');
  const endOld = db.prepare<[number]>('DELETE FROM invitations WHERE expiresAt <= ?');
  const known = db.prepare<[string]>('SELECT 1 FROM officers WHERE email = ?');
  const invite = db.prepare(
    'INSERT OR REPLACE INTO invitations (id, hash, email, role, teamIds, invitedBy, createdAt, expiresAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const open = db.prepare<[number], InvitationColumns>(
    `SELECT ${columns} FROM invitations WHERE expiresAt > ? ORDER BY createdAt DESC, n DESC`,
  );
  const byHash = db.prepare<[string, number], InvitationColumns>(
    `SELECT ${columns} FROM invitations WHERE hash = ? AND expiresAt > ?`,
  );
  const withdraw = db.prepare<[string]>('DELETE FROM invitations WHERE id = ?');
  const insert = db.prepare(
    `INSERT INTO officers (id, name, email, role, disabled, duty, lastInputAt, lastSeenAt, teamIds, passwordHash, createdAt)
     VALUES (?, ?, ?, ?, 0, 'off', 0, 0, ?, ?, ?)`,
  );

  return {
    sessions: (officerId) => read(() => sessions.all(officerId)),
    touch: (hash, at) => write(() => void touch.run(at, hash)),
    clean: ({ lastSeenBefore, createdBefore, now }) =>
      write(() => endStale.run(lastSeenBefore, createdBefore).changes + endOld.run(now).changes),
    invite: ({ id, email, role, teamIds, invitedBy, createdAt, expiresAt }, hash, audit) =>
      write(() => {
        if (known.get(email) !== undefined) return 'duplicate';
        invite.run(id, hash, email, role, JSON.stringify(teamIds), invitedBy, createdAt, expiresAt);
        trail.audit([audit]);
        return 'ok';
      }),
    invitations: (now) => read(() => open.all(now).map(toInvitation)),
    invitation: (hash, now) =>
      read(() => {
        const row = byHash.get(hash, now);
        return row === undefined ? null : toInvitation(row);
      }),
    withdraw: (invitationId, audit) =>
      write(() => {
        if (withdraw.run(invitationId).changes === 0) return false;
        trail.audit([audit]);
        return true;
      }),
    redeem: (hash, { id, name, passwordHash }, now, audit) =>
      write((): Officer | 'gone' | 'duplicate' => {
        const row = byHash.get(hash, now);
        if (row === undefined) return 'gone';
        if (known.get(row.email) !== undefined) return 'duplicate';
        const { email, role, teamIds } = toInvitation(row);
        insert.run(id, name, email, role, row.teamIds, passwordHash, now);
        withdraw.run(row.id);
        trail.audit([audit]);
        return { id, name, email, role, disabled: false, duty: 'off', lastInputAt: 0, lastSeenAt: 0, teamIds };
      }),
  };
}
