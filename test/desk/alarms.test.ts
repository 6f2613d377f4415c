// Alarms: each begins and ends by what it watches, and consoles hear of exactly that.
import type { Alarm } from '../../src/contract/alarms.ts';
import type { Contact } from '../../src/contract/conversation.ts';
import type { ConnectorView } from '../../src/contract/permitImport.ts';
import { createAlarms } from '../../src/desk/alarms.ts';
import type { DeskContext } from '../../src/desk/context.ts';
import { defaultOffice, officeSchema } from '../../src/desk/office.ts';
import { proveByFact } from '../../src/desk/permitProof.ts';
import { defaultPermitSettings } from '../../src/desk/permitSettings.ts';
import type { PermitState } from '../../src/desk/permitState.ts';
import type { ChannelHealth, Nlu } from '../../src/desk/ports.ts';
import type { DeskStatus } from '../../src/desk/verbs.ts';
import { quietRealtime, simpleNlu } from '../support/deskKit.ts';
import { createMemoryStore } from '../support/memoryStore.ts';

const closed = { monday: [{ from: '08:00', to: '09:00' }] };

function setUp(more: { reviews?: ReturnType<Nlu['reviews']>; problems?: string[]; hours?: object } = {}) {
  const time = { now: Date.UTC(2026, 10, 25, 3) };
  const told: string[][] = [];
  const health: ChannelHealth = { state: 'ready', since: 0, detail: null };
  const state: Omit<DeskStatus, 'alarms'> = {
    queued: 0,
    oldestWaitSeconds: 0,
    outbox: { pending: 5, sending: 1, failed: 0, uncertain: 0 },
    channels: [{ name: 'telegram', accountId: 'bot1', health }],
  };
  const space = { free: 50, total: 100 };
  const connectors: ConnectorView[] = [];
  const store = createMemoryStore();
  const permits = { settings: () => ({ ...defaultPermitSettings, perHour: 10 }) } as PermitState;
  const office =
    more.hours === undefined
      ? defaultOffice
      : officeSchema.parse({ hours: { value: more.hours, confirmedBy: 'o', confirmedAt: 1 } });
  const alarms = createAlarms(
    {
      store,
      permits,
      clock: { now: () => time.now },
      office: () => office,
      nlu: { ...simpleNlu, reviews: () => more.reviews ?? [], problems: () => more.problems ?? [] },
      realtime: { ...quietRealtime, alarms: (all: Alarm[]) => told.push(all.map(({ id }) => id)) },
      timeZone: 'Asia/Jakarta',
      disk: async () => space,
      log: { info() {}, warn() {}, error() {} },
      pulls: { views: () => connectors },
    },
    async () => state,
  );
  return { time, told, health, state, space, connectors, alarms, store, permits };
}

describe('alarms', () => {
  it('When a permit system is left alone after failures, then it is named until it answers; one failure is no alarm', async () => {
    const { alarms, connectors, time } = setUp();
    const view: ConnectorView = {
      ...{ name: 'oss', system: 'OSS', state: 'failing', problem: 'timeout', asked: 9, answered: 1 },
      ...{ goodAt: time.now - 120_000, failedAt: time.now },
    };
    connectors.push(view);
    expect(await alarms.look()).toEqual([]);
    view.state = 'open';
    expect(await alarms.look()).toMatchObject([{ kind: 'connector', subject: 'oss', value: 120, detail: 'timeout' }]);
    view.state = 'ready';
    expect(await alarms.look()).toEqual([]);
  });

  it('When all is well, then there is none and nobody is told', async () => {
    const { alarms, told } = setUp();
    expect(await alarms.look()).toEqual([]);
    expect(told).toEqual([]);
  });

  it('When a channel is away for a minute, then from then on until it is back, each told once', async () => {
    const { alarms, told, health, time } = setUp();
    Object.assign(health, { state: 'needs-login', since: time.now, detail: 'Token ditolak.' });
    expect(await alarms.look()).toEqual([]);
    time.now += 60_000;
    const began = time.now;
    await alarms.look();
    time.now += 5_000;
    expect(await alarms.look()).toEqual([
      { id: 'channel:telegram:bot1', kind: 'channel', value: 65, subject: 'telegram', detail: 'Token ditolak.', since: began },
    ]);
    health.state = 'ready';
    expect(await alarms.look()).toEqual([]);
    expect(told).toEqual([['channel:telegram:bot1'], []]);
  });

  it('When messages are dead, the disk is nearly full, answers are overdue, then each is an alarm with its number', async () => {
    const reviews = [
      { intent: 'a', title: 'Biaya PBG', reviewBy: '2026-11-01' },
      { intent: 'b', title: 'NIB', reviewBy: '2027-01-01' },
      { intent: 'c', title: 'Sapaan', reviewBy: null },
    ];
    const { alarms, state, space } = setUp({ reviews });
    Object.assign(state.outbox, { failed: 2, uncertain: 1 });
    space.free = 9;
    const found = (await alarms.look()).map(({ kind, value, subject }) => [kind, value, subject]);
    expect(found).toEqual([
      ['dead-letters', 3, null],
      ['disk', 9, null],
      ['overdue-answers', 1, 'Biaya PBG'],
    ]);
    space.free = 10;
    expect((await alarms.look()).map(({ kind }) => kind)).not.toContain('disk');
  });

  it('When the cap of judged look-ups is reached, then it is an alarm until the hour is over, told once each way', async () => {
    const { alarms, store, permits, time, told } = setUp();
    const log = { info() {}, warn() {}, error() {} };
    const desk = { store, permits, log, clock: { now: () => time.now } } as unknown as DeskContext;
    const guess = (n: number) =>
      proveByFact(desk, { id: `p${n}` } as Contact, `N-${n}`, { kind: 'digits', digits: '1111', of: 'phone' });
    for (let n = 0; n < 9; n++) expect(await guess(n)).toMatchObject({ kind: 'none' });
    expect(await alarms.look()).toEqual([]);
    await guess(9);
    expect(await guess(10)).toMatchObject({ kind: 'capped' });
    expect(await alarms.look()).toMatchObject([{ id: 'permit-guessing', kind: 'permit-guessing', value: 10 }]);
    time.now += 3_599_999;
    expect(await alarms.look()).toHaveLength(1);
    time.now += 1;
    expect(await alarms.look()).toEqual([]);
    expect(told).toEqual([['permit-guessing'], []]);
  });

  it('When changed knowledge is broken, then it is an alarm with the first problem', async () => {
    const { alarms } = setUp({ problems: ['intents/pbg.syarat.yaml:14 examples: too few', 'intents: other'] });
    expect(await alarms.look()).toMatchObject([
      { kind: 'knowledge', value: 2, detail: 'intents/pbg.syarat.yaml:14 examples: too few' },
    ]);
  });

  it('When somebody waits longer than the rule, then it is an alarm while the office is open, not over night', async () => {
    const open = setUp();
    open.state.oldestWaitSeconds = 30 * 60;
    expect(await open.alarms.look()).toEqual([]);
    open.state.oldestWaitSeconds += 1;
    expect(await open.alarms.look()).toMatchObject([{ kind: 'waiting', value: 1801 }]);
    const night = setUp({ hours: { weekly: closed } });
    night.state.oldestWaitSeconds = 9999;
    expect(await night.alarms.look()).toEqual([]);
  });
});
