// The store contract: the names a contact goes by on its channel.
import type { Alias } from '../../src/desk/identityPort.ts';
import type { Store } from '../../src/desk/storePort.ts';
import { audit, say } from '../support/storeKit.ts';

export function describeIdentities(get: () => Store): void {
  const alias = (kind: Alias['kind'], value: string, more: Partial<Alias> = {}): Alias => ({
    channel: 'telegram',
    accountId: 'bot',
    kind,
    value,
    ...more,
  });
  const contactOf = async (who: string) => (await say(get(), who)).contact;

  describe('names of contacts', () => {
    it('When names are given, then each leads to its contact, on its own channel and account only, and kinds are told', async () => {
      const ani = await contactOf('ani');
      const names = [alias('phone', '+62811'), alias('bsuid', 'ID.1')];
      await get().identities.give(ani.id, names);
      await get().identities.give(ani.id, names);
      const asked = [alias('bsuid', 'ID.2'), alias('bsuid', 'ID.1'), alias('phone', '+62811'), alias('username', '+62811')];
      expect(await get().identities.find(asked)).toEqual([
        { ...alias('bsuid', 'ID.1'), contactId: ani.id },
        { ...alias('phone', '+62811'), contactId: ani.id },
      ]);
      expect(await get().identities.find([alias('phone', '+62811', { accountId: 'other' })])).toEqual([]);
      expect(await get().identities.find([alias('phone', '+62811', { channel: 'whatsapp' })])).toEqual([]);
      expect(await get().identities.kindsOf(ani.id)).toEqual(['bsuid', 'phone']);
      expect(await get().identities.find([])).toEqual([]);
    });

    it('When a name is given to another, then it is theirs; to nobody, then nothing happens', async () => {
      const [ani, budi] = [await contactOf('ani'), await contactOf('budi')];
      await get().identities.give(ani.id, [alias('phone', '+62811'), alias('bsuid', 'ID.1')]);
      await get().identities.give(budi.id, [alias('phone', '+62811')]);
      await get().identities.give('p_unknown', [alias('bsuid', 'ID.1')]);
      const found = await get().identities.find([alias('phone', '+62811'), alias('bsuid', 'ID.1')]);
      expect(found.map(({ contactId }) => contactId)).toEqual([budi.id, ani.id]);
      expect(await get().identities.kindsOf(ani.id)).toEqual(['bsuid']);
    });

    it('When the address moves, then the contact is found there with the same conversation; a taken one is left alone', async () => {
      const first = await say(get(), 'ani');
      const budi = await contactOf('budi');
      const { id } = first.contact;
      expect(await get().identities.move(id, 'ani-baru', audit())).toEqual({ ...first.contact, externalId: 'ani-baru' });
      expect(await get().identities.move(id, 'ani-baru', audit())).toMatchObject({ externalId: 'ani-baru' });
      expect(await get().identities.move(budi.id, 'ani-baru', audit())).toBe('taken');
      expect(await get().identities.move('p_unknown', 'x', audit())).toBeNull();
      const again = await say(get(), 'ani-baru');
      expect([again.contact.id, again.conversation.id]).toEqual([id, first.conversation.id]);
      expect((await contactOf('ani')).id).not.toBe(id);
    });

    it('When contacts are linked, then each names the others, groups grow together, and one can be taken out again', async () => {
      const [a, b, c, d] = [await contactOf('a'), await contactOf('b'), await contactOf('c'), await contactOf('d')];
      const { identities } = get();
      const others = async (contact: { id: string }) => identities.linked(contact.id);
      const ids = (...contacts: { id: string }[]) => contacts.map(({ id }) => id).sort();
      expect(await others(a)).toEqual([]);
      expect(await identities.link(a.id, b.id, audit())).toBe(true);
      expect(await identities.link(a.id, b.id, audit())).toBe(true);
      expect(await identities.link(c.id, d.id, audit())).toBe(true);
      expect([await others(a), await others(c)]).toEqual([ids(b), ids(d)]);
      expect(await identities.link(b.id, d.id, audit())).toBe(true);
      for (const one of [a, b, c, d]) expect(await others(one)).toEqual(ids(...[a, b, c, d].filter(({ id }) => id !== one.id)));
      // The one the person began with: the rest stays together.
      expect(await identities.unlink(a.id, audit())).toBe(true);
      expect([await others(a), await others(b), await others(c)]).toEqual([[], ids(c, d), ids(b, d)]);
      expect(await identities.link(a.id, b.id, audit())).toBe(true);
      expect(await others(a)).toEqual(ids(b, c, d));
      await get().contacts.erase(b.id, audit());
      expect(await others(a)).toEqual(ids(c, d));
    });

    it('When there is nobody to link or to part from, then it says so and writes nothing', async () => {
      const a = await contactOf('a');
      expect(await get().identities.link(a.id, 'p_unknown', audit())).toBe(false);
      expect(await get().identities.unlink(a.id, audit())).toBe(false);
      expect(await get().identities.linked('p_unknown')).toEqual([]);
      expect(await get().settings.audit(10)).toEqual([]);
    });

    const day = '2026-11-25';
    const tryCode = (contactId: string, code: string, externalId: string, over: { now?: number; day?: string } = {}) =>
      get().identities.redeemCode({ contactId, code, externalId, day, maxTries: 5, now: 100, audit: audit(), ...over });

    it('When a code comes from another contact, then both are linked once, with its entry; the same message again hears the same', async () => {
      const [web, tg, eve] = [await contactOf('web'), await contactOf('tg'), await contactOf('eve')];
      expect(await get().identities.issueCode('p_unknown', 'LK-AAAA-AAAA', 200)).toBe(false);
      expect(await get().identities.issueCode(web.id, 'LK-AAAA-AAAA', 200)).toBe(true);
      expect(await tryCode(web.id, 'LK-AAAA-AAAA', 'own')).toEqual({ kind: 'wrong' });
      const linked = { kind: 'linked', contactId: web.id };
      expect(await tryCode(tg.id, 'LK-AAAA-AAAA', 'm1')).toEqual(linked);
      expect(await tryCode(tg.id, 'LK-AAAA-AAAA', 'm1', { now: 900 })).toEqual(linked);
      expect(await get().identities.linked(tg.id)).toEqual([web.id]);
      expect((await get().settings.audit(10)).map(({ detail }) => detail)).toEqual([web.id]);
      expect(await tryCode(tg.id, 'LK-AAAA-AAAA', 'm2')).toEqual({ kind: 'wrong' });
      expect(await tryCode(eve.id, 'LK-AAAA-AAAA', 'm1')).toEqual({ kind: 'wrong' });
      expect(await get().identities.linked(eve.id)).toEqual([]);
      // Undone by an officer, then told again by the channel: it stays undone.
      const undone = { ...audit(), id: 'a_undone', action: 'unlink' };
      expect(await get().identities.unlink(tg.id, undone)).toBe(true);
      expect((await get().settings.audit(10)).map(({ id }) => id)).toContain('a_undone');
      expect(await tryCode(tg.id, 'LK-AAAA-AAAA', 'm1')).toEqual(linked);
      expect(await get().identities.linked(tg.id)).toEqual([]);
    });

    it('When a code has run out, was replaced, pruned or went with its contact, then it is as wrong as any other', async () => {
      const [web, other, tg] = [await contactOf('web'), await contactOf('other'), await contactOf('tg')];
      await get().identities.issueCode(web.id, 'LK-AAAA-AAAA', 100);
      expect(await tryCode(tg.id, 'LK-AAAA-AAAA', 'm1')).toEqual({ kind: 'wrong' });
      await get().identities.issueCode(web.id, 'LK-BBBB-BBBB', 200);
      await get().identities.issueCode(web.id, 'LK-CCCC-CCCC', 300);
      expect(await tryCode(tg.id, 'LK-BBBB-BBBB', 'm2')).toEqual({ kind: 'wrong' });
      await get().identities.issueCode(other.id, 'LK-DDDD-DDDD', 400);
      expect(await get().identities.pruneCodes(300, day)).toBe(1);
      expect(await tryCode(tg.id, 'LK-CCCC-CCCC', 'm3')).toEqual({ kind: 'wrong' });
      await get().contacts.erase(other.id, audit());
      expect(await tryCode(tg.id, 'LK-DDDD-DDDD', 'm4')).toEqual({ kind: 'wrong' });
    });

    it('When too many were wrong on one day, then not even the right one is looked at until the next; a repeat is not counted', async () => {
      const [web, tg] = [await contactOf('web'), await contactOf('tg')];
      await get().identities.issueCode(web.id, 'LK-AAAA-AAAA', 500);
      for (const n of [1, 2, 3, 4, 5, 5]) expect(await tryCode(tg.id, 'LK-ZZZZ-ZZZZ', `m${n}`)).toEqual({ kind: 'wrong' });
      expect(await tryCode(tg.id, 'LK-AAAA-AAAA', 'm6')).toEqual({ kind: 'muted' });
      expect(await get().identities.pruneCodes(100, day)).toBe(0);
      expect(await tryCode(tg.id, 'LK-AAAA-AAAA', 'm6')).toEqual({ kind: 'muted' });
      expect(await tryCode(tg.id, 'LK-AAAA-AAAA', 'm7', { day: '2026-11-26' })).toMatchObject({ kind: 'linked' });
    });

    it('When a contact is erased, then its names lead nowhere', async () => {
      const ani = await contactOf('ani');
      await get().identities.give(ani.id, [alias('phone', '+62811')]);
      await get().contacts.erase(ani.id, audit());
      expect(await get().identities.find([alias('phone', '+62811')])).toEqual([]);
      expect(await get().identities.kindsOf(ani.id)).toEqual([]);
    });
  });
}
