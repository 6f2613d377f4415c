// The sub-port of officers, their sessions and teams.
import type { Officer, Team } from '../../contract/conversation.ts';
import type { OfficerStore, Session } from '../../desk/storePort.ts';
import { applyPatch } from '../blank.ts';
import type { Connection } from './connection.ts';
import { createTrail } from './trail.ts';

type OfficerColumns = Omit<Officer, 'disabled' | 'teamIds'> & { disabled: number; teamIds: string; passwordHash: string };

const columns = 'id, name, email, role, disabled, duty, lastInputAt, lastSeenAt, teamIds, passwordHash';

function toOfficer({ passwordHash: _, ...row }: OfficerColumns): Officer {
  return { ...row, disabled: row.disabled === 1, teamIds: JSON.parse(row.teamIds) as string[] };
}

/** @returns the officers of the port. */
export function createOfficers({ db, read, write }: Connection): OfficerStore {
  const trail = createTrail(db);
  const insert = db.prepare(
    `INSERT INTO officers (id, name, email, role, disabled, duty, lastInputAt, lastSeenAt, teamIds, passwordHash, createdAt)
     VALUES (?, ?, ?, ?, 0, 'off', 0, 0, ?, ?, ?)`,
  );
  const any = db.prepare<[]>('SELECT 1 FROM officers LIMIT 1');
  const byId = db.prepare<[string], OfficerColumns>(`SELECT ${columns} FROM officers WHERE id = ?`);
  const byEmail = db.prepare<[string], OfficerColumns>(`SELECT ${columns} FROM officers WHERE email = ?`);
  const all = db.prepare<[], OfficerColumns>(`SELECT ${columns} FROM officers ORDER BY name, n`);
  const update = db.prepare(
    `UPDATE officers SET name = ?, role = ?, disabled = ?, duty = ?, lastInputAt = ?, lastSeenAt = ?, teamIds = ?, passwordHash = ? WHERE id = ?`,
  );
  const putSession = db.prepare(
    'INSERT OR REPLACE INTO sessions (hash, officerId, createdAt, lastSeenAt, device) VALUES (?, ?, ?, ?, ?)',
  );
  const session = db.prepare<[string], Session>('SELECT officerId, createdAt, lastSeenAt, device FROM sessions WHERE hash = ?');
  const endOne = db.prepare<[string]>('DELETE FROM sessions WHERE hash = ?');
  const endAll = db.prepare<[string]>('DELETE FROM sessions WHERE officerId = ?');
  const teams = db.prepare<[], Team>('SELECT id, name FROM teams ORDER BY name');
  const teamByName = db.prepare<[string, string]>('SELECT 1 FROM teams WHERE name = ? AND id <> ?');
  const putTeam = db.prepare<[string, string]>(
    'INSERT INTO teams (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
  );

  return {
    create: ({ id, name, email, role, passwordHash, teamIds, now }, onlyFirst, audit) =>
      write(() => {
        if (onlyFirst && any.get() !== undefined) return 'conflict';
        if (byEmail.get(email) !== undefined) return 'duplicate';
        insert.run(id, name, email, role, JSON.stringify(teamIds), passwordHash, now);
        if (audit !== undefined) trail.audit([audit]);
        return { id, name, email, role, disabled: false, duty: 'off', lastInputAt: 0, lastSeenAt: 0, teamIds };
      }),
    get: (id) =>
      read(() => {
        const row = byId.get(id);
        return row === undefined ? null : toOfficer(row);
      }),
    byEmail: (email) =>
      read(() => {
        const row = byEmail.get(email);
        return row === undefined ? null : { officer: toOfficer(row), passwordHash: row.passwordHash };
      }),
    list: () => read(() => all.all().map(toOfficer)),
    update: (id, patch, audit) =>
      write(() => {
        const row = byId.get(id);
        if (row === undefined) return null;
        const next = applyPatch({ ...toOfficer(row), passwordHash: row.passwordHash }, patch);
        const { name, role, disabled, duty, lastInputAt, lastSeenAt, teamIds, passwordHash, ...rest } = next;
        update.run(name, role, disabled ? 1 : 0, duty, lastInputAt, lastSeenAt, JSON.stringify(teamIds), passwordHash, id);
        if (audit !== undefined) trail.audit([audit]);
        return { ...rest, name, role, disabled, duty, lastInputAt, lastSeenAt, teamIds };
      }),
    putSession: (hash, { officerId, createdAt, lastSeenAt, device }) =>
      write(() => void putSession.run(hash, officerId, createdAt, lastSeenAt, device)),
    session: (hash) => read(() => session.get(hash) ?? null),
    endSessions: (which, audit) =>
      write(() => {
        if ('hash' in which) endOne.run(which.hash);
        else endAll.run(which.officerId);
        if (audit !== undefined) trail.audit([audit]);
      }),
    teams: () => read(() => teams.all()),
    putTeam: ({ id, name }, audit) =>
      write(() => {
        if (teamByName.get(name, id) !== undefined) return 'duplicate';
        putTeam.run(id, name);
        if (audit !== undefined) trail.audit([audit]);
        return { id, name };
      }),
  };
}
