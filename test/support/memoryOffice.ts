// The part of the memory model that is about the office itself: officers, sessions, teams, settings, audit.
import type { Officer, Team } from '../../src/contract/conversation.ts';
import type { AuditEntry, Invitation, Session, Store } from '../../src/desk/storePort.ts';

export const copy = <T>(value: T): T => structuredClone(value);
/** @returns a copy of a patch without its undefined members. */
export const defined = <T extends object>(patch: T): Partial<T> =>
  Object.fromEntries(Object.entries(copy(patch)).filter(([, value]) => value !== undefined)) as Partial<T>;
/** Adds what is not there yet, by id. */
export const addOnce = <T extends { id: string }>(list: T[], added: T[]) =>
  added.forEach((item) => {
    if (!list.some((known) => known.id === item.id)) list.push(copy(item));
  });

type Secret = Officer & { passwordHash: string };
const shown = ({ passwordHash: _, ...officer }: Secret): Officer => copy(officer);

/** @returns the sub-ports `officers`, `logins` and `settings` over the given audit trail. */
export function createMemoryOffice(audit: AuditEntry[]): Pick<Store, 'officers' | 'logins' | 'settings'> {
  const officers: Secret[] = [];
  const sessions = new Map<string, Session>();
  const teams: Team[] = [];
  let invitations: (Invitation & { hash: string })[] = [];
  const isTaken = (email: string) => officers.some((known) => known.email === email);
  const make = (officer: Omit<Secret, 'disabled' | 'duty' | 'lastInputAt' | 'lastSeenAt'>) => {
    officers.push({ ...copy(officer), disabled: false, duty: 'off', lastInputAt: 0, lastSeenAt: 0 });
    return shown(officers.at(-1)!);
  };
  const settings = new Map<string, { value: unknown; version: number }>();
  return {
    officers: {
      async create({ now: _, ...officer }, onlyFirst, entry) {
        if (onlyFirst && officers.length > 0) return 'conflict';
        if (isTaken(officer.email)) return 'duplicate';
        if (entry) addOnce(audit, [entry]);
        return make(officer);
      },
      get: async (id) => officers.filter((officer) => officer.id === id).map(shown)[0] ?? null,
      async byEmail(email) {
        const officer = officers.find((known) => known.email === email);
        return officer === undefined ? null : { officer: shown(officer), passwordHash: officer.passwordHash };
      },
      list: async () => [...officers].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)).map(shown),
      async update(id, patch, entry) {
        const officer = officers.find((known) => known.id === id);
        if (officer && entry) addOnce(audit, [entry]);
        return officer === undefined ? null : shown(Object.assign(officer, defined(patch)));
      },
      putSession: async (hash, session) => void sessions.set(hash, copy(session)),
      session: async (hash) => copy(sessions.get(hash) ?? null),
      async endSessions(which, entry) {
        if (entry) addOnce(audit, [entry]);
        for (const [hash, session] of sessions)
          if ('hash' in which ? hash === which.hash : session.officerId === which.officerId) sessions.delete(hash);
      },
      teams: async () => copy([...teams].sort((a, b) => (a.name < b.name ? -1 : 1))),
      async putTeam(team, entry) {
        if (teams.some((known) => known.name === team.name && known.id !== team.id)) return 'duplicate';
        if (entry) addOnce(audit, [entry]);
        const known = teams.find(({ id }) => id === team.id);
        if (known === undefined) teams.push(copy(team));
        else known.name = team.name;
        return copy(team);
      },
    },
    logins: {
      async sessions(officerId) {
        const theirs = [...sessions].flatMap(([hash, session]) =>
          session.officerId === officerId ? [{ ...session, hash }] : [],
        );
        return copy(theirs.sort((a, b) => b.lastSeenAt - a.lastSeenAt || (a.hash < b.hash ? -1 : 1)));
      },
      async touch(hash, at) {
        const session = sessions.get(hash);
        if (session !== undefined) session.lastSeenAt = at;
      },
      async clean({ lastSeenBefore, createdBefore, now }) {
        const before = sessions.size + invitations.length;
        for (const [hash, session] of sessions)
          if (session.lastSeenAt < lastSeenBefore || session.createdAt < createdBefore) sessions.delete(hash);
        invitations = invitations.filter((one) => one.expiresAt > now);
        return before - sessions.size - invitations.length;
      },
      async invite(invitation, hash, entry) {
        if (isTaken(invitation.email)) return 'duplicate';
        invitations = [{ ...copy(invitation), hash }, ...invitations.filter((one) => one.email !== invitation.email)];
        addOnce(audit, [entry]);
        return 'ok';
      },
      invitations: async (now) =>
        invitations.filter((one) => one.expiresAt > now).map(({ hash: _, ...invitation }) => copy(invitation)),
      async invitation(hash, now) {
        const open = invitations.find((one) => one.hash === hash && one.expiresAt > now);
        if (open === undefined) return null;
        const { hash: _, ...invitation } = copy(open);
        return invitation;
      },
      async withdraw(invitationId, entry) {
        if (!invitations.some(({ id }) => id === invitationId)) return false;
        invitations = invitations.filter(({ id }) => id !== invitationId);
        addOnce(audit, [entry]);
        return true;
      },
      async redeem(hash, officer, now, entry) {
        const open = invitations.find((one) => one.hash === hash && one.expiresAt > now);
        if (open === undefined) return 'gone';
        if (isTaken(open.email)) return 'duplicate';
        invitations = invitations.filter((one) => one !== open);
        addOnce(audit, [entry]);
        return make({ ...officer, email: open.email, role: open.role, teamIds: open.teamIds });
      },
    },
    settings: {
      get: async (key) => copy(settings.get(key) ?? null),
      async put(key, value, version, entry) {
        if ((settings.get(key)?.version ?? 0) !== version) return 'conflict';
        settings.set(key, copy({ value, version: version + 1 }));
        addOnce(audit, [entry]);
        return { version: version + 1 };
      },
      audit: async (limit) => copy(audit.slice().reverse().slice(0, limit)),
    },
  };
}
