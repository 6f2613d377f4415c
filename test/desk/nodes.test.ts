// A channel that only one node may run: it follows the lease; where it does not run it takes nothing, and that is no alarm.
import { LoketError } from '../../src/contract/errors.ts';
import { createAlarms } from '../../src/desk/alarms.ts';
import { type Leases, onOneNode, wholeOnOneNode } from '../../src/desk/nodes.ts';
import type { Channel, Invitation } from '../../src/desk/ports.ts';
import { createKit, quietRealtime } from '../support/deskKit.ts';
import { createFakeIntake } from '../support/fakeIntake.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { outbound } from '../support/outbound.ts';
import { until } from '../support/until.ts';

describe('a channel that runs on one node at a time', () => {
  const did: string[] = [];
  let made = 0;
  function make(): Channel {
    const n = ++made;
    const said = (what: string) => did.push(`${what} ${n}`);
    return {
      ...{ name: 'whatsappWeb', accountId: 'utama' },
      capabilities: {
        buttons: false,
        typing: false,
        maxTextLength: 9,
        repeatable: false,
        oneThread: false,
        needsConnection: true,
      },
      start: async () => void said('start'),
      stop: async () => void said('stop'),
      send: async () => ({ externalId: String(n) }),
      health: () => ({ state: 'ready', since: n, detail: null }),
      invite: (code): Invitation | null =>
        did.includes(`start ${n}`) ? { app: 'WhatsApp', url: `https://wa.me/${n}?text=${code}` } : null,
      control: {
        login: () => ({ qr: null, code: null, isAsleep: false, number: '…12', memoryMb: 1, startedAt: 1, lastMessageAt: 1 }),
        ...{ restart: () => said('restart'), logout: () => said('logout'), pair: () => said('pair') },
      },
    };
  }

  it('When the lease comes and goes, then the channel runs with it; without it, it stands by, sends nothing and alarms nobody', async () => {
    let work: Parameters<Leases['hold']>[1] | null = null;
    const names: string[] = [];
    const leases: Leases = {
      hold(name, given) {
        names.push(name);
        work = given;
        return async () => given.end();
      },
    };
    const channel = wholeOnOneNode(make, leases);
    const out = outbound({ channel: 'whatsappWeb', accountId: 'utama', externalId: 'a' }, 'halo');
    await channel.start(createFakeIntake());
    expect(names).toEqual(['channel:whatsappWeb:utama']);
    expect(channel.health()).toMatchObject({ state: 'standby' });
    expect(channel.control?.login()).toMatchObject({ number: null });
    channel.control?.restart();
    await expect(channel.send(out)).rejects.toMatchObject({ verdict: 'retry' });
    expect(did).toEqual([]);

    const alarmsOf = () =>
      createAlarms(
        {
          ...{ clock: { now: () => Date.now() + 900_000 }, realtime: quietRealtime, timeZone: 'Asia/Jakarta' },
          office: () => ({ rules: { alarmWaitMinutes: 1 }, hours: { confirmedBy: null } }),
          ...{ nlu: { reviews: () => [], problems: () => [] }, pulls: { views: () => [] }, log: {} },
          store: { permitWatches: { tries: async () => 0 } },
          permits: { settings: () => ({ perHour: 10 }) },
        } as never,
        async () => ({
          ...{ queued: 0, oldestWaitSeconds: 0, outbox: { pending: 0, sending: 0, failed: 0, uncertain: 0 } },
          channels: [{ name: channel.name, accountId: channel.accountId, health: channel.health() }],
        }),
      ).look();
    expect(await alarmsOf()).toEqual([]);

    await work!.begin(1);
    expect(channel.health()).toMatchObject({ state: 'ready' });
    expect(channel.control?.login()).toMatchObject({ number: '…12' });
    expect(await channel.send(out)).toEqual({ externalId: '2' });
    await work!.end();
    await work!.begin(3);
    await channel.stop();
    expect(did).toEqual(['start 2', 'stop 2', 'start 3', 'stop 3']);
    expect(channel.health()).toMatchObject({ state: 'standby' });
  });

  it.each([
    ['receives', onOneNode],
    ['runs', wholeOnOneNode],
  ])(
    'When a code is to be sent to a channel that %s on one node, then the one that has started says where',
    async (_, onNode) => {
      let work: Parameters<Leases['hold']>[1] | null = null;
      const leases: Leases = {
        hold(_name, given) {
          work = given;
          return async () => given.end();
        },
      };
      const channel = onNode(make, leases);
      await channel.start(createFakeIntake());
      expect(channel.invite?.('LK')).toBeNull();
      await work!.begin(1);
      expect(channel.invite?.('LK')).toMatchObject({ url: expect.stringMatching(/^https:\/\/wa\.me\/\d+\?text=LK$/) });
      await channel.stop();
      expect(channel.invite?.('LK')).toBeNull();
    },
  );
});

it('When a dead node still holds what a start would mend, then the start goes on', async () => {
  const store = createMemoryStore();
  const { expire } = store.outbox;
  let letGo = () => {};
  store.outbox.expire = async (...given) => {
    await new Promise<void>((resolve) => {
      letGo = resolve;
    });
    store.outbox.expire = expire;
    return expire(...given);
  };
  // A database that is not asked again by the start: it hangs there, and everybody is served.
  const kit = await createKit({ store });
  await kit.says('petugas');
  expect((await kit.heard()).length).toBeGreaterThan(0);
  letGo();
});

it('When the start cannot mend at all, then that is logged and the start goes on', async () => {
  const store = createMemoryStore();
  const { expire } = store.outbox;
  store.outbox.expire = () => Promise.reject(new LoketError('store-away', 'held'));
  const said: string[] = [];
  const kit = await createKit({ store, log: (_about, text) => said.push(String(text)) });
  await until('it was tried', () => said.length > 0);
  expect(said).toEqual(['background work failed; it will be tried again']);
  store.outbox.expire = expire;
  await kit.says('petugas');
  expect((await kit.heard()).length).toBeGreaterThan(0);
});
