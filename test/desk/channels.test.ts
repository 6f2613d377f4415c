// Channels as people run them: who owes an answer on one that went away reads so in the conversation, once; what an admin asks of a
// channel is done and leaves a trail; a message waits for a channel that has to mend its own connection.
import type { Alarm } from '../../src/contract/alarms.ts';
import { createChannelNotes } from '../../src/desk/channelNotes.ts';
import { createChannelVerbs } from '../../src/desk/channelVerbs.ts';
import type { DeskContext } from '../../src/desk/context.ts';
import { createOutbox } from '../../src/desk/outbox.ts';
import type { Channel, ChannelState } from '../../src/desk/ports.ts';
import { createSerial } from '../../src/desk/serial.ts';
import { createKit, held, type Kit, quietRealtime } from '../support/deskKit.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { until } from '../support/until.ts';

/** A desk's insides over the kit's store. */
function insides(kit: Kit, channels: Channel[] = []): DeskContext {
  const log = { info() {}, warn() {}, error() {} };
  const parts = {
    store: kit.store,
    serial: createSerial(),
    clock: { now: kit.now },
    realtime: quietRealtime,
    timeZone: 'Asia/Jakarta',
  };
  const meter = { message() {}, answered() {}, delivered() {} };
  const rest = { log, meter, channels, nodeId: 'n2', isOnlyNode: true, wakeOutbox() {}, wakeAt() {}, queueChanged() {} };
  return { ...parts, ...rest, channel: () => channels[0] } as unknown as DeskContext;
}
const alarm = (more: Partial<Alarm> = {}): Alarm => ({
  ...{ id: 'channel:shell:a', kind: 'channel', value: 120, subject: 'shell', detail: 'Pindai kode QR.', since: 5, ...more },
});

describe('a channel that went away', () => {
  it('When it stays away, then every conversation a person owes an answer has one note; the bot’s own have none; and again when it happens again', async () => {
    const store = createMemoryStore();
    const kit = await createKit({ store });
    const budi = await kit.officer('Budi', { duty: 'on' });
    const mine = await held(kit, budi, 'euis');
    await kit.says('petugas', { from: 'asep' });
    const queued = await kit.conversationId('asep');
    await kit.says('halo', { from: 'ujang' });
    const botOnly = await kit.conversationId('ujang');
    const tell = createChannelNotes(insides(kit));
    const notes = async (id: string) =>
      (await store.messages.since(id, 0, 100)).filter(({ direction }) => direction === 'note').map(({ text }) => text);

    await tell([alarm()]);
    await tell([alarm()]);
    // A server that was started again knows nothing of the first time.
    await createChannelNotes(insides(kit))([alarm()]);
    for (const id of [mine, queued])
      expect(await notes(id)).toEqual([expect.stringMatching(/tidak tersambung sejak hari ini pukul .+Pindai kode QR\.$/)]);
    expect(await notes(botOnly)).toEqual([]);
    await tell([]);
    await tell([alarm({ since: 9 })]);
    expect(await notes(mine)).toHaveLength(2);
    await tell([alarm({ id: 'disk', kind: 'disk', subject: null }), alarm({ id: 'channel:x:y', subject: 'x' })]);
    expect(await notes(mine)).toHaveLength(2);
  });
});

describe('a channel that a person logs in', () => {
  const login = { qr: null, code: null, isAsleep: true, number: null, memoryMb: null, startedAt: null, lastMessageAt: null };
  const withLogin = (asked: string[], state: () => ChannelState = () => 'needs-login'): Channel => ({
    ...{ name: 'whatsappWeb', accountId: 'utama', start: async () => {}, stop: async () => {} },
    capabilities: {
      buttons: false,
      typing: false,
      maxTextLength: 400,
      repeatable: false,
      oneThread: false,
      needsConnection: true,
    },
    send: async () => {
      asked.push('send');
      return { externalId: null };
    },
    health: () => ({ state: state(), since: 1, detail: null }),
    control: {
      login: () => login,
      restart: () => asked.push('restart'),
      logout: () => asked.push('logout'),
      pair: (phone) => asked.push(phone),
    },
  });

  it('When an admin asks, then it is begun and the trail says who; a channel without a login is not found', async () => {
    const kit = await createKit({ store: createMemoryStore() });
    const rina = await kit.officer('Rina', { role: 'admin' });
    const asked: string[] = [];
    const plain = { ...withLogin([]), name: 'telegram' as const };
    delete plain.control;
    const verbs = createChannelVerbs(insides(kit, [withLogin(asked), plain]));
    expect(await verbs.channelLogins(rina)).toMatchObject({
      channels: [
        { name: 'whatsappWeb', state: 'needs-login', login },
        { name: 'telegram', login: null },
      ],
    });
    expect(await verbs.restartChannel(rina, 'whatsappWeb')).toEqual({ ok: true });
    expect(await verbs.logoutChannel(rina, 'whatsappWeb')).toEqual({ ok: true });
    expect(await verbs.pairChannel(rina, 'whatsappWeb', '62811')).toEqual({ ok: true });
    expect(asked).toEqual(['restart', 'logout', '62811']);
    for (const name of ['telegram', 'whatsapp', 'x'])
      expect(await verbs.restartChannel(rina, name)).toMatchObject({ code: 'not-found' });
    const trail = (await kit.store.settings.audit(10)).map(({ actor, action }) => [actor, action]);
    expect(trail.slice(0, 3).reverse()).toEqual([
      [rina.id, 'channel-restart'],
      [rina.id, 'channel-logout'],
      [rina.id, 'channel-pair'],
    ]);
  });

  it.each([
    ['down', true, 'waits'],
    ['standby', true, 'waits'],
    ['connecting', true, 'waits'],
    ['needs-login', true, 'waits'],
    ['ready', true, 'is sent'],
    ['down', false, 'is sent'],
    ['connecting', false, 'is sent'],
    ['needs-login', false, 'waits'],
    ['ready', false, 'is sent'],
  ] as const)('When it is %s (has to mend its own connection: %s), then its message %s', async (state, needsConnection, what) => {
    const kit = await createKit({ store: createMemoryStore() });
    const claims: string[][] = [];
    const claim = async ({ channels }: { channels: string[] }) => {
      claims.push(channels);
      return [];
    };
    const channel = withLogin([], () => state);
    const context = insides(kit, [{ ...channel, capabilities: { ...channel.capabilities, needsConnection } }]);
    const outbox = createOutbox({ ...context, store: { ...context.store, outbox: { ...context.store.outbox, claim } } as never });
    outbox.wake();
    await until('it looked', () => claims.length > 0);
    expect(claims[0]).toEqual(what === 'waits' ? [] : ['whatsappWeb']);
    await outbox.stop();
  });
});
