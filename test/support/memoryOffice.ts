// The part of the memory model that is about the office itself: officers, sessions, teams, settings, audit.
import type { Officer, Team } from '../../src/contract/conversation.ts';
import type { AuditEntry, Session, Store } from '../../src/desk/storePort.ts';

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

/** @returns the sub-ports `officers` and `settings` over the given audit trail. */
export function createMemoryOffice(audit: AuditEntry[]): Pick<Store, 'officers' | 'settings'> {
  const officers: Secret[] = [];
  const sessions = new Map<string, Session>();
  const teams: Team[] = [];
  const settings = new Map<string, { value: unknown; version: number }>();
  return {
    officers: {
      async create({ now: _, ...officer }, onlyFirst) {
        if (onlyFirst && officers.length > 0) return 'conflict';
        if (officers.some((known) => known.email === officer.email)) return 'duplicate';
        officers.push({ ...copy(officer), disabled: false, duty: 'off', lastInputAt: 0, lastSeenAt: 0 });
        return shown(officers.at(-1)!);
      },
      get: async (id) => officers.filter((officer) => officer.id === id).map(shown)[0] ?? null,
      async byEmail(email) {
        const officer = officers.find((known) => known.email === email);
        return officer === undefined ? null : { officer: shown(officer), passwordHash: officer.passwordHash };
      },
      list: async () => [...officers].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)).map(shown),
      async update(id, patch) {
        const officer = officers.find((known) => known.id === id);
        return officer === undefined ? null : shown(Object.assign(officer, defined(patch)));
      },
      putSession: async (hash, session) => void sessions.set(hash, copy(session)),
      session: async (hash) => copy(sessions.get(hash) ?? null),
      async endSessions(which) {
        for (const [hash, session] of sessions)
          if ('hash' in which ? hash === which.hash : session.officerId === which.officerId) sessions.delete(hash);
      },
      teams: async () => copy([...teams].sort((a, b) => (a.name < b.name ? -1 : 1))),
      async putTeam(team) {
        if (teams.some((known) => known.name === team.name && known.id !== team.id)) return 'duplicate';
        const known = teams.find(({ id }) => id === team.id);
        if (known === undefined) teams.push(copy(team));
        else known.name = team.name;
        return copy(team);
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
