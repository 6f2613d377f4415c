// Model check of the desk: whatever citizens, officers and time do in whatever order, what the desk promises holds after every step.
// LOKET_MODEL_RUNS sets how many sequences, LOKET_MODEL_SEED where they begin; a failure names the seed and the step.
import type { Conversation, Officer } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Store } from '../../src/desk/storePort.ts';
import { createKit, type Kit } from '../support/deskKit.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { openTempStore } from '../support/tempStore.ts';
import { randomFrom } from './random.ts';

const runs = Number(process.env.LOKET_MODEL_RUNS ?? 150);
const firstSeed = Number(process.env.LOKET_MODEL_SEED ?? 1);
const STEPS = 30;

const people = ['ani', 'budi', 'cici'];
const texts = [
  ...['apa itu nib', 'pbg itu apa ya', 'nib atau pbg yang mana ya pak', 'selamat siang', 'halo?', 'p', 'assalamualaikum'],
  ...[
    'kucing saya lapar sekali hari ini',
    'ini meledak sekarang juga ya',
    'petugas',
    'tolong sambungkan ya',
    'ok',
    'makasih',
    '👍',
  ],
  ...['batal antre', 'cek antrean', 'dasar hukum', 'jam berapa buka', 'masih lama?', ''],
];
const buttons = ['cmd:officer', 'cmd:cancel', 'cmd:place', 'cmd:legal', 'pbg.apa', 'gone.intent'];
const pauses = [0, 500, 3000, 20_000, 61_000, 6 * 60_000, 16 * 60_000, 25 * 3_600_000];

interface World {
  kit: Kit;
  officers: Officer[];
  below: (n: number) => number;
  sends: number;
}

/** One thing somebody does. @returns what it was, for the report of a failure, and the doing */
function nextAct(world: World): [string, () => Promise<unknown>] {
  const { kit, officers, below } = world;
  const one = <T>(items: readonly T[]): T => items[below(items.length)]!;
  const from = one(people);
  const by = one(officers);
  const verbs = kit.desk.officer;
  const onIt = (what: string, act: (id: string) => Promise<unknown>): [string, () => Promise<unknown>] => [
    `${by.name} ${what} ${from}`,
    async () => act(await kit.conversationId(from)),
  ];
  const acts: (() => [string, () => Promise<unknown>])[] = [
    () => {
      const text = one(texts);
      const kind = text === '' ? ('sticker' as const) : ('text' as const);
      const said = { from, kind, sameMoment: below(4) === 0, isBot: below(25) === 0 };
      return [`${from}: ${text}`, () => kit.arrives(text, said)];
    },
    () => {
      const button = one(buttons);
      return [`${from} presses ${button}`, () => kit.arrives(button, { from, button })];
    },
    () => onIt('claims', (id) => verbs.claim(by, id)),
    () => onIt('releases', (id) => verbs.release(by, id)),
    () => onIt('closes', (id) => verbs.close(by, id)),
    () => {
      world.sends += 1;
      const clientMessageId = `c-${String(world.sends).padStart(8, '0')}`;
      return onIt('writes to', (conversationId) => verbs.send(by, { conversationId, clientMessageId, text: 'Baik.' }));
    },
    () => {
      const to = below(2) === 0 ? { teamId: 't1' } : { officerId: one(officers).id };
      return onIt(`transfers to ${Object.values(to)[0]}`, (id) => verbs.transfer(by, id, { ...to, note: one(['', 'Catatan.']) }));
    },
    () => {
      const duty = one(['on', 'on', 'break', 'off'] as const);
      return [`${by.name} is ${duty}`, () => verbs.setDuty(by, duty)];
    },
    () => [`${by.name} is seen`, () => verbs.touched(by)],
  ];
  // Half of what happens is citizens writing.
  return below(2) === 0 ? acts[0]!() : one(acts)();
}

async function conversationsOf(kit: Kit): Promise<Conversation[]> {
  const found: Conversation[] = [];
  for (const from of people) {
    const seat = await kit.store.conversations.get(await kit.conversationId(from));
    if (seat !== null) found.push(seat.conversation);
  }
  return found;
}

function checkRecord(conversation: Conversation, messages: Message[], uncovered: Message[]): void {
  const { state, officerId, queuedAt, closedAt, timers, dueAt, waitingSince } = conversation;
  expect([state, officerId !== null, closedAt !== null]).toEqual([state, state === 'officer', state === 'closed']);
  if (state === 'queued') expect(queuedAt).not.toBeNull();
  if (state === 'bot' || state === 'closed') expect(queuedAt).toBeNull();
  expect(dueAt).toBe(Object.keys(timers).length === 0 ? null : Math.min(...(Object.values(timers) as number[])));
  if (timers.reply !== undefined) expect([state, uncovered.length > 0]).toEqual(['bot', true]);
  if (uncovered.length > 0) expect(waitingSince).not.toBeNull();
  if (state === 'bot' && uncovered.length === 0) expect(waitingSince).toBeNull();
  const seqs = messages.flatMap(({ seq }) => seq ?? []).sort((a, b) => a - b);
  expect(seqs).toEqual(Array.from({ length: conversation.seq }, (_, i) => i + 1));
}

/** Every cover is a later message of ours, and every answer of the bot covers something: nothing is answered twice. */
function checkCovers(messages: Message[]): void {
  const covers = new Set<string>();
  const byId = new Map(messages.map((message) => [message.id, message]));
  const isWrong = ({ direction, coveredBy, seq }: Message): boolean => {
    if (direction !== 'in' || coveredBy === null || coveredBy === 'none') return false;
    covers.add(coveredBy);
    const cover = byId.get(coveredBy);
    return cover?.direction !== 'out' || (cover.seq ?? 0) <= (seq ?? 0);
  };
  expect(messages.filter(isWrong)).toEqual([]);
  expect(messages.filter(({ id, ruleId }) => ruleId === 'reply' && !covers.has(id))).toEqual([]);
}

async function checkPlaces(kit: Kit): Promise<void> {
  const queue = await kit.store.conversations.queue();
  for (const from of people) {
    const key = { channel: 'shell' as const, accountId: 'a', externalId: from };
    const { conversation } = await kit.desk.intake.history(key, 0);
    const waiting = queue.find(({ id }) => id === conversation.id);
    const before = queue.filter(({ teamId }) => teamId === waiting?.teamId).findIndex(({ id }) => id === conversation.id);
    expect(conversation.place?.ahead ?? null).toBe(waiting === undefined ? null : before);
  }
}

async function check(kit: Kit): Promise<void> {
  const written = kit.written();
  const ofBot = ({ direction, author, ruleId }: Message) =>
    direction === 'out' && author.kind === 'bot' && !ruleId?.startsWith('notice:');
  expect(written.filter(({ conversation, messages }) => conversation.state === 'officer' && messages.some(ofBot))).toEqual([]);
  for (const id of new Set(written.map(({ conversation }) => conversation.id))) {
    const seat = await kit.store.conversations.get(id);
    if (seat === null) throw new Error('a conversation is gone');
    const messages = await kit.store.messages.since(id, 0, 1000);
    const uncovered = messages.filter(({ direction, coveredBy }) => direction === 'in' && coveredBy === null);
    checkRecord(seat.conversation, messages, uncovered);
    checkCovers(messages);
  }
  if (written.length > 0) await checkPlaces(kit);
}

async function checkNobodyForgotten(kit: Kit): Promise<void> {
  await kit.pass(20_000);
  await check(kit);
  for (const { id, state } of await conversationsOf(kit))
    if (state === 'bot' || state === 'closed') expect(await kit.store.messages.uncovered(id)).toEqual([]);
  expect((await kit.store.conversations.queue()).filter(({ placeTold }) => placeTold === null)).toEqual([]);
}

async function runSequence(seed: number, store: Store): Promise<void> {
  const kit = await createKit({ store });
  await store.officers.putTeam({ id: 't1', name: 'Reklame' });
  const officers = [
    await kit.officer('Rina', { teamIds: ['t1'] }),
    await kit.officer('Tono'),
    await kit.officer('Ketua', { role: 'admin' }),
  ];
  const world: World = { kit, officers, below: randomFrom(seed), sends: 0 };
  const story: string[] = [];
  try {
    for (let step = 0; step < STEPS; step++) {
      // Sometimes several things at once, sometimes time passes, now and then all must be quiet.
      const acts = Array.from({ length: world.below(3) === 0 ? 1 + world.below(4) : 1 }, () => nextAct(world));
      story.push(acts.map(([what]) => what).join(' | '));
      await Promise.all(acts.map(([, act]) => act()));
      if (world.below(3) === 0) await kit.pass(pauses[world.below(pauses.length)]!);
      else await kit.settled();
      await check(kit);
      if (step % 10 === 9) await checkNobodyForgotten(kit);
    }
  } catch (error) {
    throw new Error(`seed ${seed}, after:\n${story.slice(-8).join('\n')}`, { cause: error });
  } finally {
    await kit.desk.stop(1000);
  }
}

describe('the desk', () => {
  it('When citizens, officers and time do anything in any order, then one owner speaks and nobody is forgotten', async () => {
    for (let seed = firstSeed; seed < firstSeed + runs; seed++) await runSequence(seed, createMemoryStore());
  });

  it('When the same happens on the real store, then the same holds', async () => {
    for (let seed = firstSeed; seed < firstSeed + Math.ceil(runs / 30); seed++) {
      const opened = openTempStore();
      await runSequence(seed, opened.store).finally(() => opened.close());
    }
  });
});
