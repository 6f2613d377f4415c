// What every node does by itself without a lease (sweeps, timers, the night's upkeep), done by two at the very same moment on one
// MongoDB: each has read before the other writes, and still everything happens once (docs/decisions/0014).
import type { Store } from '../../src/desk/storePort.ts';
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import { createMongoStore } from '../../src/store/mongo/mongoStore.ts';
import { conversationOf, createKit, held } from '../support/deskKit.ts';
import { describeMongo, type MongoServer, startMongoServer } from '../support/mongoServer.ts';
import { day, report, returned } from '../support/permitKit.ts';
import { testKeys } from '../support/tempStore.ts';

/** Once begun, the first of each kind of write waits a moment until the other node has come to the same one. */
function createMeeting() {
  const waiting = new Map<string, () => void>();
  const past = new Set<string>();
  let isOpen = false;
  let met = 0;
  async function meet(what: string): Promise<void> {
    if (!isOpen || past.has(what)) return;
    const other = waiting.get(what);
    if (other !== undefined) {
      past.add(what);
      met += 1;
      return other();
    }
    await new Promise<void>((resolve) => {
      waiting.set(what, resolve);
      setTimeout(resolve, 1000);
    });
  }
  return {
    begin: () => (isOpen = true),
    over: () => (isOpen = false),
    met: () => met,
    /** The store, met at its writes. */
    at(store: Store): Store {
      const { conversations, contacts, settings } = store;
      return {
        ...store,
        conversations: {
          ...conversations,
          commit: (change) => meet(`commit ${change.conversationId}`).then(() => conversations.commit(change)),
        },
        contacts: { ...contacts, erase: (id, ...rest) => meet(`erase ${id}`).then(() => contacts.erase(id, ...rest)) },
        settings: { ...settings, put: (key, ...rest) => meet(`put ${key}`).then(() => settings.put(key, ...rest)) },
      };
    },
  };
}

describeMongo('two nodes that sweep at once', () => {
  let server: MongoServer;
  let stores: Store[] = [];
  beforeAll(async () => {
    server = await startMongoServer();
    const uri = server.uri();
    const open = () => createMongoStore({ uri, fields: createFieldCrypto(testKeys) });
    stores = (await Promise.all([open(), open()])).map(({ store }) => store);
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await server.stop();
  });

  it('When all is due at once on both, then each citizen is told once, and each thing is done and noted once', async () => {
    const meeting = createMeeting();
    const [first, second] = stores.map(meeting.at) as [Store, Store];
    const a = await createKit({ store: first, greetingWaitMs: 0, nodeId: 'a' });
    await a.says('nib', { from: 'lama' });
    a.tick(2 * day);
    await a.desk.sweep();
    const rules = { keepTalksMonths: 1, greetingWaitMs: 0 };
    const stored = await first.settings.get('office');
    const audit = { id: 'rule', at: 1, actor: 'o1', action: 'office', subject: 'office', detail: null };
    await first.settings.put('office', { rules }, stored?.version ?? 0, audit);

    const put = (more: object) => first.permits.put([{ id: 'f', report: report({ fetchedAt: a.now(), ...more }) }], null);
    await put({});
    await a.desk.sweep();
    const watcher = { from: 'pantau' };
    await a.says('PBG-327312-01082023-01', watcher);
    await a.says('5678', watcher);
    await a.pass(3000);
    await a.says('Kabari perubahan', { ...watcher, button: 'permit:watch' });
    await put({ status: returned });
    const rina = await a.officer('Rina');
    const given = await held(a, rina, 'titip');
    await a.says('masih ada?', { from: 'titip' });
    await a.says('nib', { from: 'diam' });
    const silent = await a.conversationId('diam');
    await a.heard('pantau');
    await a.heard('titip');

    const b = await createKit({ store: second, greetingWaitMs: 0, nodeId: 'b', startAt: a.now() });
    for (const kit of [a, b]) kit.tick(40 * day);
    meeting.begin();
    await Promise.all([a, b].map((kit) => kit.desk.sweep()));
    meeting.over();
    await Promise.all([a.settled(), b.settled()]);
    await Promise.all([a, b].map((kit) => kit.desk.sweep()));

    const told = async (from: string) => [...(await a.heard(from)), ...(await b.heard(from))];
    expect((await told('pantau')).filter((text) => text.includes('Kabar untuk'))).toHaveLength(1);
    const titip = await told('titip');
    expect(titip.filter((text) => text.includes('kembali ke antrean'))).toHaveLength(1);
    expect((await conversationOf(a, 'titip')).state).toBe('queued');
    expect(new Set(titip).size).toBe(titip.length);
    const entries = (await first.settings.audit(200)).map(({ action, subject }) => `${action} ${subject}`);
    const count = (what: string) => entries.filter((one) => one.startsWith(what)).length;
    expect([count(`give-back ${given}`), count(`idle-close ${silent}`), count('erase ')]).toEqual([1, 1, 1]);
    const nights = entries.filter((one) => one.startsWith('upkeep '));
    expect(new Set(nights).size).toBe(nights.length);
    expect(meeting.met()).toBeGreaterThan(3);
  });
});
