// Tells the story through the desk itself: its verbs, its matcher, its store, with channels that deliver to nobody and a clock set back.
import path from 'node:path';
import type { Officer } from '../../src/contract/conversation.ts';
import { LoketError } from '../../src/contract/errors.ts';
import { createDesk } from '../../src/desk/desk.ts';
import { newId } from '../../src/desk/ids.ts';
import { type Channel, type Files, SendError, type Store } from '../../src/desk/ports.ts';
import { indexContacts, indexMessages } from '../../src/desk/searchIndex.ts';
import { hashPassword } from '../../src/http/passwords.ts';
import { openNlu } from '../../src/nlu/nlu.ts';
import { createStemmer } from '../../src/nlu/stem.ts';
import { canned, hours, password, people, type Step, type Talk, talks, teams, type Who } from './story.ts';

const root = path.join(import.meta.dirname, '..', '..');
const MINUTE = 60_000;

/** Makes the people of the story, or finds them. @returns them by their key */
export async function hire(store: Store, now: number): Promise<Record<Who, Officer>> {
  const known = await store.officers.teams();
  for (const [id, name] of Object.entries(teams))
    if (!known.some((team) => team.name === name)) await store.officers.putTeam({ id: `t_${id}`, name });
  const passwordHash = await hashPassword(password);
  const hired = await Promise.all(
    (Object.keys(people) as Who[]).map(async (key) => {
      const { name, email, role, teams: of } = people[key];
      const teamIds = of.map((team) => `t_${team}`);
      await store.officers.create({ id: `o_${key}`, name, email, role, passwordHash, teamIds, now }, false);
      const found = await store.officers.byEmail(email);
      if (found === null) throw new LoketError('failed', `There is no officer ${email}.`);
      return [key, found.officer] as const;
    }),
  );
  return Object.fromEntries(hired) as Record<Who, Officer>;
}

/** @param now the end of the story; its twelve conversations lie in the hours before. Epoch ms */
export async function tell({ store, files, now: end }: { store: Store; files: Files; now: number }): Promise<void> {
  let now = end;
  let broken: 'failed' | 'uncertain' | null = null;
  const channel = (name: Talk['channel'], accountId: string): Channel => ({
    name,
    accountId,
    capabilities: { buttons: true, typing: false, maxTextLength: 4000, repeatable: name === 'web', oneThread: name !== 'web' },
    start: async () => {},
    stop: async () => {},
    health: () => ({ state: 'ready', since: 0, detail: null }),
    async send({ message }) {
      const trouble = message.author.kind === 'officer' ? broken : null;
      if (trouble === null) return { externalId: null };
      broken = null;
      if (trouble === 'failed') throw new SendError('rejected', 'Kanal menolak pesan ini.');
      throw new Error('no answer');
    },
  });
  const accounts = { web: 'default', telegram: '111' };
  const desk = createDesk({
    store,
    files,
    nlu: openNlu({ intentsDir: path.join(root, 'intents'), cacheDir: path.join(root, '.cache', 'nlu'), learnHere: true }),
    realtime: { changed() {}, status() {}, place() {}, typing() {}, duty() {}, alarms() {}, cut() {} },
    channels: [channel('web', accounts.web), channel('telegram', accounts.telegram)],
    clock: { now: () => now },
    log: { info() {}, warn() {}, error() {} },
    meter: { message() {}, answered() {}, delivered() {} },
    timeZone: 'Asia/Jakarta',
    nodeId: 'seed',
    isOnlyNode: true,
    uploadMaxBytes: 1_000_000,
  });
  const officers = await hire(store, end);
  const { rina } = officers;
  await desk.office.put(rina, { hours: { value: hours, confirm: true } }, desk.office.get().version);
  await desk.officer.putCanned(rina, canned, 0);

  async function settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await desk.idle();
    for (let i = 0; i < 500; i += 1) {
      const { pending, sending } = await store.outbox.depth();
      if (pending + sending === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  async function tellOne(talk: Talk, at: number): Promise<void> {
    const who = { channel: talk.channel, accountId: accounts[talk.channel], externalId: `contoh-cerita-${at}` };
    now = end - talk.ago * MINUTE;
    // Spread over the time until now, so that the last word is never in the future.
    const pause = Math.min(4, talk.ago / (talk.steps.length + 1)) * MINUTE;
    const idOf = async () => (await desk.intake.open(who)).conversationId;
    for (const [index, step] of talk.steps.entries()) {
      now += pause;
      for (const key of Object.keys(officers) as Who[])
        await store.officers.update(officers[key].id, { duty: 'on', lastInputAt: now, lastSeenAt: now });
      await act(step, who, talk, `contoh-${at}-${index}`, idOf);
      await settle();
      // A greeting waits for the rest of the turn; nothing else happens by itself here.
      now += 5_000;
      await desk.sweep();
      await settle();
    }
  }

  async function act(
    step: Step,
    who: { channel: Talk['channel']; accountId: string; externalId: string },
    talk: Talk,
    key: string,
    idOf: () => Promise<string>,
  ): Promise<void> {
    if ('says' in step) {
      await desk.intake.message({
        channel: who.channel,
        accountId: who.accountId,
        externalId: key,
        from: { externalId: who.externalId, name: talk.name, phone: talk.phone, isBot: false },
        kind: 'text',
        text: step.says,
        attachments: [],
        button: null,
        clientMessageId: null,
        sentAt: now,
      });
      return;
    }
    if ('breaks' in step) {
      broken = step.breaks;
      return;
    }
    const id = await idOf();
    const message = { conversationId: id, clientMessageId: newId('s').slice(0, 40) };
    const verbs = desk.officer;
    const done =
      'claims' in step
        ? await verbs.claim(officers[step.claims], id)
        : 'replies' in step
          ? await verbs.send(officers[step.by], { ...message, text: step.replies })
          : 'notes' in step
            ? await verbs.note(officers[step.by], { ...message, text: step.notes })
            : 'tags' in step
              ? await verbs.setTags(officers[step.by], id, step.tags)
              : 'transfers' in step
                ? await verbs.transfer(officers[step.by], id, {
                    ...('team' in step.transfers
                      ? { teamId: `t_${step.transfers.team}` }
                      : { officerId: officers[step.transfers.to].id }),
                    note: step.note,
                  })
                : 'releases' in step
                  ? await verbs.release(officers[step.releases], id)
                  : await verbs.close(officers[step.closes], id);
    if (!done.ok) throw new LoketError('failed', `The story does not hold at ${Object.keys(step)[0]}: ${done.code}.`);
  }

  for (const [at, talk] of talks.entries()) await tellOne(talk, at);
  now = end;
  for (const officer of Object.values(officers)) await store.officers.update(officer.id, { duty: 'off' });
  const { stem } = createStemmer({ protectedWords: new Set() });
  await indexMessages({ store, stem });
  await indexContacts({ store });
  await desk.stop(1_000);
}
