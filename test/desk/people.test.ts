// Running the office: invitations, rights that hold at once, the admin who always remains, the trail of it all.
import type { Officer } from '../../src/contract/conversation.ts';
import { INVITATION_MS } from '../../src/desk/people.ts';
import { cleanLogins } from '../../src/desk/sessionVerbs.ts';
import { createKit, type Kit } from '../support/deskKit.ts';

const codeOf = (result: { ok: boolean; code?: string }) => (result.ok ? 'ok' : result.code);

async function office(): Promise<{ kit: Kit; ketua: Officer }> {
  const kit = await createKit();
  return { kit, ketua: await kit.officer('Ketua', { role: 'admin' }) };
}
const accept = (kit: Kit, token: string, name = 'Sari') => kit.desk.entry.accept({ token, name, passwordHash: 'h' });

async function invite(kit: Kit, by: Officer, email = 'sari@example.go.id') {
  const invited = await kit.desk.admin.invite(by, { email, role: 'supervisor', teamIds: [] });
  if (!invited.ok) throw new Error(invited.code);
  return invited;
}

describe('invitations', () => {
  it('When one is accepted, then the officer has its role and e-mail, and the link opens nothing any more', async () => {
    const { kit, ketua } = await office();
    const { token } = await invite(kit, ketua);
    expect(await kit.desk.entry.look(token)).toMatchObject({ ok: true, email: 'sari@example.go.id', role: 'supervisor' });
    const both = await Promise.all([accept(kit, token), accept(kit, token, 'Maling')]);
    expect(both[0]).toMatchObject({ ok: true, officer: { name: 'Sari', role: 'supervisor' } });
    expect(both.map(codeOf)).toEqual(['ok', 'gone']);
    expect(codeOf(await kit.desk.entry.look(token))).toBe('gone');
    expect(codeOf(await kit.desk.admin.invite(ketua, { email: 'sari@example.go.id', role: 'officer', teamIds: [] }))).toBe(
      'conflict',
    );
  });

  it('When 72 hours are over, or the invitation is withdrawn or made anew, then the link opens nothing', async () => {
    const { kit, ketua } = await office();
    const old = await invite(kit, ketua);
    const fresh = await invite(kit, ketua);
    expect(codeOf(await accept(kit, old.token))).toBe('gone');
    kit.tick(INVITATION_MS - 1);
    expect((await kit.desk.entry.look(fresh.token)).ok).toBe(true);
    kit.tick(1);
    expect(codeOf(await accept(kit, fresh.token))).toBe('gone');
    const third = await invite(kit, ketua);
    await kit.desk.admin.withdraw(ketua, third.invitation.id);
    expect(codeOf(await accept(kit, third.token))).toBe('gone');
    expect(await kit.desk.admin.invitations(ketua)).toEqual({ ok: true, invitations: [] });
  });

  it('When the store and the trail are read, then they hold no secret that opens anything', async () => {
    const { kit, ketua } = await office();
    const { token } = await invite(kit, ketua);
    expect(await kit.store.logins.invitation(token, kit.now())).toBeNull();
    expect(JSON.stringify(await kit.store.settings.audit(100))).not.toMatch(new RegExp(`${token}|sari@`));
  });
});

describe('rights', () => {
  it('When admins take each other’s rights away at the same time, then one admin remains', async () => {
    const { kit, ketua } = await office();
    const wakil = await kit.officer('Wakil', { role: 'admin' });
    const done = await Promise.all([
      kit.desk.admin.changeOfficer(ketua, wakil.id, { role: 'officer' }),
      kit.desk.admin.changeOfficer(wakil, ketua.id, { disabled: true }),
    ]);
    expect(done.map(codeOf)).toEqual(['ok', 'conflict']);
    expect(codeOf(await kit.desk.admin.changeOfficer(ketua, ketua.id, { role: 'supervisor' }))).toBe('conflict');
    expect((await kit.store.officers.get(ketua.id))?.disabled).toBe(false);
  });

  it('When an officer is disabled, then the sessions end and the duty with them', async () => {
    const { kit, ketua } = await office();
    const sari = await kit.officer('Sari');
    await kit.store.officers.putSession('h1', { officerId: sari.id, createdAt: 1, lastSeenAt: kit.now(), device: null });
    await kit.desk.admin.changeOfficer(ketua, sari.id, { disabled: true });
    expect(await kit.store.officers.session('h1')).toBeNull();
    expect(await kit.store.officers.get(sari.id)).toMatchObject({ disabled: true, duty: 'off' });
  });

  it('When a team gets members, then exactly those; an unknown team is nobody’s', async () => {
    const { kit, ketua } = await office();
    const made = await kit.desk.admin.addTeam(ketua, { name: 'Bangunan' });
    if (!made.ok) throw new Error(made.code);
    const [sari, budi] = [await kit.officer('Sari', { teamIds: [made.team.id] }), await kit.officer('Budi')];
    const changed = await kit.desk.admin.changeTeam(ketua, made.team.id, { name: 'PBG', officerIds: [budi.id] });
    expect(changed).toEqual({ ok: true, team: { id: made.team.id, name: 'PBG' } });
    expect((await kit.store.officers.get(sari.id))?.teamIds).toEqual([]);
    expect((await kit.store.officers.get(budi.id))?.teamIds).toEqual([made.team.id]);
    expect(codeOf(await kit.desk.admin.changeOfficer(ketua, sari.id, { teamIds: ['t_none'] }))).toBe('not-found');
    expect(codeOf(await kit.desk.admin.changeTeam(ketua, 't_none', { name: 'X' }))).toBe('not-found');
  });

  it('When anything of this is done, then the trail says who, what and to whom', async () => {
    const { kit, ketua } = await office();
    const sari = await kit.officer('Sari');
    const { invitation } = await invite(kit, ketua, 'budi@example.go.id');
    await kit.desk.admin.changeOfficer(ketua, sari.id, { role: 'supervisor', name: 'Sari Dewi' });
    const trail = await kit.desk.admin.audit(ketua, 10);
    expect(trail.ok && trail.entries.slice(0, 2)).toMatchObject([
      { actor: ketua.id, action: 'officer-change', subject: sari.id, detail: 'role=supervisor name' },
      { actor: ketua.id, action: 'invite', subject: invitation.id, detail: 'supervisor' },
    ]);
  });
});

describe('sessions', () => {
  it('When a session is ended by its id, then that one and no other; what is over is not listed and cleaned away', async () => {
    const { kit, ketua } = await office();
    const sari = await kit.officer('Sari');
    const begin = (hash: string, lastSeenAt: number) =>
      kit.store.officers.putSession(hash.padEnd(64, '0'), {
        officerId: sari.id,
        createdAt: lastSeenAt,
        lastSeenAt,
        device: null,
      });
    await begin('a', kit.now());
    await begin('b', kit.now() - 1);
    await begin('c', kit.now() - 13 * 3_600_000);
    const listed = await kit.desk.admin.mySessions(sari, 'a'.padEnd(64, '0'));
    expect(listed).toMatchObject({ ok: true, sessions: [{ isCurrent: true }, { isCurrent: false }] });
    if (!listed.ok) return;
    expect((await kit.desk.admin.endSession(ketua, sari.id, listed.sessions[1]!.id)).ok).toBe(true);
    expect((await kit.store.logins.sessions(sari.id)).map(({ hash }) => hash[0])).toEqual(['a', 'c']);
    expect(await cleanLogins({ store: kit.store, clock: { now: kit.now } })).toBe(1);
    expect((await kit.store.logins.sessions(sari.id)).map(({ hash }) => hash[0])).toEqual(['a']);
  });
});
