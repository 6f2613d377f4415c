// The store contract: sessions as lists, and invitations.
import type { Invitation, Store } from '../../src/desk/storePort.ts';
import { audit } from '../support/storeKit.ts';

const invitation = (id: string, more: Partial<Invitation> = {}): Invitation => ({
  id,
  email: `${id}@x.id`,
  role: 'supervisor',
  teamIds: ['t1'],
  invitedBy: 'o1',
  createdAt: 10,
  expiresAt: 100,
  ...more,
});

export function describeLogins(get: () => Store): void {
  describe('ways in', () => {
    it('When sessions are listed, then the last used comes first, with its device; a touch never brings one back', async () => {
      const { officers, logins } = get();
      await officers.putSession('h1', { officerId: 'a', createdAt: 1, lastSeenAt: 5, device: 'Chrome · Windows' });
      await officers.putSession('h2', { officerId: 'a', createdAt: 1, lastSeenAt: 6, device: null });
      await officers.putSession('h3', { officerId: 'b', createdAt: 1, lastSeenAt: 7, device: null });
      await logins.touch('h1', 9);
      expect(await logins.sessions('a')).toEqual([
        { hash: 'h1', officerId: 'a', createdAt: 1, lastSeenAt: 9, device: 'Chrome · Windows' },
        { hash: 'h2', officerId: 'a', createdAt: 1, lastSeenAt: 6, device: null },
      ]);
      await officers.endSessions({ hash: 'h1' }, audit({ id: 'end' }));
      await logins.touch('h1', 10);
      expect(await officers.session('h1')).toBeNull();
      expect((await get().settings.audit(1))[0]?.id).toBe('end');
    });

    it('When what is over is cleaned away, then what still runs stays', async () => {
      const { officers, logins } = get();
      const put = (hash: string, createdAt: number, lastSeenAt: number) =>
        officers.putSession(hash, { officerId: 'a', createdAt, lastSeenAt, device: null });
      await Promise.all([put('idle', 50, 50), put('old', 1, 99), put('good', 50, 99)]);
      await logins.invite(invitation('i1', { expiresAt: 100 }), 'k1', audit());
      await logins.invite(invitation('i2', { expiresAt: 101 }), 'k2', audit());
      expect(await logins.clean({ lastSeenBefore: 60, createdBefore: 10, now: 100 })).toBe(3);
      expect((await logins.sessions('a')).map(({ hash }) => hash)).toEqual(['good']);
      expect((await logins.invitations(0)).map(({ id }) => id)).toEqual(['i2']);
    });

    it('When an invitation is used, then once: of many at the same time one makes the officer, with the rights it names', async () => {
      const { officers, logins, settings } = get();
      expect(await logins.invite(invitation('i1'), 'k1', audit({ id: 'made' }))).toBe('ok');
      expect(await logins.invitation('k1', 99)).toEqual(invitation('i1'));
      expect(await logins.invitation('k1', 100)).toBeNull();
      expect(await logins.redeem('k1', { id: 'late', name: 'Ani', passwordHash: 'h' }, 100, audit())).toBe('gone');
      const tries = ['a', 'b', 'c'].map((id) =>
        logins.redeem('k1', { id, name: 'Ani', passwordHash: 'h' }, 50, audit({ id: `use-${id}` })),
      );
      const [first, ...others] = await Promise.all(tries);
      expect(first).toMatchObject({ id: 'a', email: 'i1@x.id', role: 'supervisor', teamIds: ['t1'], disabled: false });
      expect(others).toEqual(['gone', 'gone']);
      expect(await officers.byEmail('i1@x.id')).toEqual({ officer: first, passwordHash: 'h' });
      expect((await settings.audit(9)).map(({ id }) => id)).toEqual(['use-a', 'made']);
      expect(await logins.invite(invitation('i2', { email: 'i1@x.id' }), 'k2', audit())).toBe('duplicate');
    });

    it('When somebody is invited again or the invitation withdrawn, then the link before opens nothing', async () => {
      const { logins } = get();
      await logins.invite(invitation('i1', { email: 'a@x.id' }), 'k1', audit());
      await logins.invite(invitation('i2', { email: 'a@x.id', createdAt: 11 }), 'k2', audit());
      expect(await logins.invitation('k1', 50)).toBeNull();
      expect((await logins.invitations(50)).map(({ id }) => id)).toEqual(['i2']);
      expect(await logins.withdraw('i2', audit())).toBe(true);
      expect(await logins.withdraw('i2', audit())).toBe(false);
      expect(await logins.invitation('k2', 50)).toBeNull();
    });
  });
}
