// Officers and teams: adding, inviting, changing, disabling. Each change leaves an audit entry; a right taken away holds at once.
import { createHash, randomBytes } from 'node:crypto';
import type { Officer } from '../contract/conversation.ts';
import type { AdminVerbs, EntryVerbs } from './adminVerbs.ts';
import type { DeskContext } from './context.ts';
import { setDuty } from './duty.ts';
import { newId } from './ids.ts';
import { createSessionVerbs } from './sessionVerbs.ts';
import type { AuditEntry, Invitation } from './storePort.ts';
import type { Result } from './verbs.ts';

/** An invitation that nobody used in this time is over. Milliseconds. */
export const INVITATION_MS = 72 * 3_600_000;
const AUDIT_MAX = 500;

type Refusal = Extract<Result<object>, { ok: false }>;
const taken: Refusal = { ok: false, code: 'conflict', message: 'E-mail ini sudah dipakai petugas lain.' };
const noOfficer: Refusal = { ok: false, code: 'not-found', message: 'Petugas tidak ditemukan.' };
const noTeam: Refusal = { ok: false, code: 'not-found', message: 'Tim tidak ditemukan.' };
const teamTaken: Refusal = { ok: false, code: 'conflict', message: 'Nama tim ini sudah ada.' };
const linkOver: Refusal = {
  ok: false,
  code: 'gone',
  message: 'Undangan ini tidak berlaku lagi. Minta admin mengirim yang baru.',
};

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** @returns the verbs of running the office, not yet guarded. */
export function createAdminVerbs(
  desk: Pick<DeskContext, 'store' | 'clock' | 'realtime' | 'serial' | 'queueChanged'>,
): AdminVerbs {
  const { store, clock } = desk;
  const entry = (by: Officer, action: string, subject: string, detail: string | null): AuditEntry => ({
    id: newId('a'),
    at: clock.now(),
    actor: by.id,
    action,
    subject,
    detail,
  });
  /** One change at a time: two admins must not take each other's rights away and leave none. */
  const inLine = <T>(work: () => Promise<T>): Promise<T> => desk.serial.run('people', work);

  async function unknownTeam(teamIds: string[] | undefined): Promise<Refusal | null> {
    if (teamIds === undefined || teamIds.length === 0) return null;
    const known = (await store.officers.teams()).map(({ id }) => id);
    return teamIds.every((id) => known.includes(id)) ? null : noTeam;
  }

  async function findLockOut(
    by: Officer,
    known: Officer,
    patch: Parameters<AdminVerbs['changeOfficer']>[2],
  ): Promise<Refusal | null> {
    const losesAdmin = known.role === 'admin' && (patch.disabled === true || (patch.role ?? 'admin') !== 'admin');
    if (!losesAdmin) return null;
    if (known.id === by.id) return { ok: false, code: 'conflict', message: 'Minta admin lain untuk mengubah hak Anda sendiri.' };
    const others = (await store.officers.list()).filter((one) => one.role === 'admin' && !one.disabled && one.id !== known.id);
    return others.length > 0 ? null : { ok: false, code: 'conflict', message: 'Harus selalu ada satu admin yang aktif.' };
  }

  return {
    ...createSessionVerbs(desk),

    async addOfficer(by, officer, passwordHash) {
      const refusal = await unknownTeam(officer.teamIds);
      if (refusal !== null) return refusal;
      const id = newId('o');
      const made = await store.officers.create(
        { ...officer, id, passwordHash: await passwordHash(), now: clock.now() },
        false,
        entry(by, 'officer-add', id, officer.role),
      );
      return typeof made === 'string' ? taken : { ok: true, officer: made };
    },

    changeOfficer: (by, officerId, patch) =>
      inLine(async () => {
        const known = await store.officers.get(officerId);
        if (known === null) return noOfficer;
        const refusal = (await findLockOut(by, known, patch)) ?? (await unknownTeam(patch.teamIds));
        if (refusal !== null) return refusal;
        const officer = await store.officers.update(officerId, patch, entry(by, 'officer-change', officerId, told(patch)));
        if (officer === null) return noOfficer;
        if (officer.disabled) {
          await store.officers.endSessions({ officerId });
          if (officer.duty !== 'off') await setDuty(desk, officerId, 'off');
        }
        // Consoles connect again by themselves, with the rights that hold now, or not at all.
        desk.realtime.cut(officerId);
        return { ok: true, officer: officer.disabled ? { ...officer, duty: 'off' } : officer };
      }),

    async addTeam(by, { name }) {
      const id = newId('t');
      const team = await store.officers.putTeam({ id, name }, entry(by, 'team-add', id, null));
      return team === 'duplicate' ? teamTaken : { ok: true, team };
    },

    changeTeam: (by, teamId, { name, officerIds }) =>
      inLine(async () => {
        let team = (await store.officers.teams()).find(({ id }) => id === teamId);
        if (team === undefined) return noTeam;
        if (name !== undefined && name !== team.name) {
          const renamed = await store.officers.putTeam({ id: teamId, name }, entry(by, 'team-rename', teamId, null));
          if (renamed === 'duplicate') return teamTaken;
          team = renamed;
        }
        if (officerIds !== undefined) await setMembers(by, teamId, officerIds);
        return { ok: true, team };
      }),

    async invite(by, { email, role, teamIds }) {
      const refusal = await unknownTeam(teamIds);
      if (refusal !== null) return refusal;
      const token = randomBytes(32).toString('base64url');
      const now = clock.now();
      const open = { createdAt: now, expiresAt: now + INVITATION_MS };
      const invitation: Invitation = { id: newId('i'), email, role, teamIds, invitedBy: by.id, ...open };
      const stored = await store.logins.invite(invitation, hashOf(token), entry(by, 'invite', invitation.id, role));
      return stored === 'duplicate' ? taken : { ok: true, invitation, token };
    },
    invitations: async () => ({ ok: true, invitations: await store.logins.invitations(clock.now()) }),
    async withdraw(by, invitationId) {
      const was = await store.logins.withdraw(invitationId, entry(by, 'invite-withdraw', invitationId, null));
      return was ? { ok: true } : { ok: false, code: 'not-found', message: 'Undangan ini sudah tidak ada.' };
    },

    audit: async (_by, limit) => ({ ok: true, entries: await store.settings.audit(Math.min(limit, AUDIT_MAX)) }),
  };

  async function setMembers(by: Officer, teamId: string, officerIds: string[]): Promise<void> {
    for (const officer of await store.officers.list()) {
      const isMember = officerIds.includes(officer.id);
      if (officer.teamIds.includes(teamId) === isMember) continue;
      const teamIds = isMember ? [...officer.teamIds, teamId] : officer.teamIds.filter((id) => id !== teamId);
      await store.officers.update(officer.id, { teamIds }, entry(by, isMember ? 'team-join' : 'team-leave', officer.id, teamId));
      desk.realtime.cut(officer.id);
    }
  }
}

/** @returns what may be done with an invitation alone. The secret is compared by its hash, so neither time nor store tells it. */
export function createEntryVerbs({ store, clock }: Pick<DeskContext, 'store' | 'clock'>): EntryVerbs {
  return {
    async look(token) {
      const open = await store.logins.invitation(hashOf(token), clock.now());
      return open === null ? linkOver : { ok: true, email: open.email, role: open.role, expiresAt: open.expiresAt };
    },
    async accept({ token, name, passwordHash }) {
      const now = clock.now();
      const id = newId('o');
      const audit = { id: newId('a'), at: now, actor: id, action: 'invite-accept', subject: id, detail: null };
      const officer = await store.logins.redeem(hashOf(token), { id, name, passwordHash }, now, audit);
      if (officer === 'gone') return linkOver;
      return officer === 'duplicate' ? taken : { ok: true, officer };
    },
  };
}

/** Which parts changed, and the new role: names stay out of the trail. */
const told = (patch: Parameters<AdminVerbs['changeOfficer']>[2]): string =>
  [
    ...(patch.role === undefined ? [] : [`role=${patch.role}`]),
    ...(patch.disabled === undefined ? [] : [`disabled=${patch.disabled}`]),
    ...(patch.teamIds === undefined ? [] : ['teams']),
    ...(patch.name === undefined ? [] : ['name']),
  ].join(' ');
