// The store contract: what the nightly job may forget of people and of the audit trail.
import type { Store } from '../../src/desk/storePort.ts';
import { audit, say } from '../support/storeKit.ts';

export function describeRetention(get: () => Store): void {
  describe('retention', () => {
    it('When contacts are looked for that are silent for long, then open and later ones stay, also when erased late', async () => {
      const { contacts, conversations, retention } = get();
      const [ani, budi] = [await say(get(), 'ani'), await say(get(), 'budi')];
      const future = Date.now() * 2;
      expect(await retention.idleContacts(future, null, 9)).toEqual({ ids: [], last: null });
      expect(await contacts.erase(ani.contact.id, audit({ id: 'a1' }), future)).toBeNull();
      const { id: conversationId, rev: expectedRev } = ani.conversation;
      const closed = { state: 'closed' as const, closedAt: 500 };
      const plan = { conversationId, expectedRev, messages: [], cover: null, patch: closed };
      await conversations.commit({ ...plan, facts: [], audit: [], now: 500 } as unknown as Parameters<
        typeof conversations.commit
      >[0]);
      expect((await retention.idleContacts(future, null, 9)).ids).toEqual([ani.contact.id]);
      expect((await retention.idleContacts(500, null, 9)).ids).toEqual([]);
      expect(await contacts.erase(ani.contact.id, audit({ id: 'a2' }), 500)).toBeNull();
      expect(await contacts.erase(ani.contact.id, audit({ id: 'a3' }), future)).toMatchObject({ conversations: 1 });
      expect(await contacts.get(budi.contact.id)).not.toBeNull();
    });

    it('When audit entries are old, then the oldest go in small steps', async () => {
      const { permits, retention, settings } = get();
      for (const at of [1, 2, 3]) await permits.putBatch(batchOf(`b${at}`), audit({ id: `a${at}`, at }));
      expect([await retention.forgetAudit(3, 1), await retention.forgetAudit(3, 9), await retention.forgetAudit(3, 9)]).toEqual([
        1, 1, 0,
      ]);
      expect((await settings.audit(9)).map(({ id }) => id)).toEqual(['a3']);
    });
  });
}

const batchOf = (id: string) => ({
  ...{ id, at: 1, by: 'o1', system: null, rows: 0, added: 0, changed: 0, refused: 0 },
  state: 'done' as const,
});
