// Carries out what permitDialogue decided: judges, keeps the dialogue's state on the conversation, and writes the one reply that covers the turn.
import type { Contact, Conversation } from '../contract/conversation.ts';
import type { Button, Language, Message } from '../contract/message.ts';
import { isFinal, type PermitFile, type PermitTalk } from '../contract/permit.ts';
import type { Plan } from './change.ts';
import { officerButton, sourceLine } from './compose.ts';
import type { DeskContext } from './context.ts';
import { toBot, withTimers } from './conversation.ts';
import { newId } from './ids.ts';
import { confirmedHours } from './office.ts';
import { isUpset } from './permitAsides.ts';
import { type PermitAct, STATUS_INTENT } from './permitDialogue.ts';
import { sayPermit, turnLabel } from './permitPhrases.ts';
import type { FoundPermit } from './permitPort.ts';
import { holdersOf, prove, proveByChannel, stillProved, type Verdict } from './permitProof.ts';
import { doubtReply, questionReply, reply, step } from './permitQuestions.ts';
import { howToText, simbgLink, statusText, type TextFrame } from './permitText.ts';
import { fittingButtons, oneReply, type Reply } from './reply.ts';

export interface PermitTurnPlan {
  current: Conversation;
  conversation: Conversation;
  contact: Contact;
  turn: Message[];
  act: PermitAct;
}

/** What acts while a plan is computed acts once a turn, however often its plan is computed: judging counts a try, watches end once. */
export interface Once {
  judge(number: string, work: () => Promise<Verdict>): Promise<Verdict>;
  unwatch(contactId: string, work: () => Promise<number>): Promise<number>;
}

export const createOnce = (): Once => ({ judge: remembered<Verdict>(), unwatch: remembered<number>() });

function remembered<T>() {
  const done = new Map<string, Promise<T>>();
  return (key: string, work: () => Promise<T>): Promise<T> => {
    const known = done.get(key) ?? work();
    done.set(key, known);
    return known;
  };
}

const minuteMs = 60_000;

/** @returns the plan of this turn; null while a judged reply waits for its slot */
export async function permitPlan(desk: DeskContext, once: Once, at: PermitTurnPlan): Promise<Plan | null> {
  const { act, contact, conversation, current, turn } = at;
  const talk = current.permit;
  const answer = (given: Reply, covered = turn): Plan =>
    oneReply(desk, { ...at, turn: covered }, { ...given, buttons: fittingButtons(conversation, given.buttons) });
  switch (act.kind) {
    case 'hold':
      return null;
    case 'tell': {
      const seq = talk?.result?.seq ?? 0;
      const answered = turn.filter((message) => (message.seq ?? 0) <= seq);
      return answer(soothed(at, await tell(desk, conversation, contact, talk)), answered.length > 0 ? answered : turn);
    }
    case 'judge': {
      const { number, fact } = act;
      desk.pulls.ask(number);
      const verdict = await once.judge(number, () => prove(desk, contact, number, fact));
      return waitForSlot(desk, at, number, verdict);
    }
    case 'ask-fact': {
      desk.pulls.ask(act.number);
      const proved = await provedFiles(desk, talk, act.number);
      if (proved.length > 0) return answer(soothed(at, await shown(desk, conversation, proved, talk)));
      const ids = await proveByChannel(desk, contact, act.number);
      if (ids.length > 0) return waitForSlot(desk, at, act.number, { kind: 'match', ids });
      const asked = sayPermit(conversation.language, 'askFact', { number: act.number, isOneOf: act.isOneOf ?? false });
      return answer(soothed(at, reply(conversation, asked, step(desk, 'fact', act.number))));
    }
    default:
      return answer(await simple(desk, once, at));
  }
}

/** @returns the same answer, begun with a word for whoever complains along with their number. */
function soothed({ conversation, turn }: PermitTurnPlan, answer: Reply): Reply {
  if (!turn.some(({ text }) => isUpset(text))) return answer;
  return { ...answer, text: `${sayPermit(conversation.language, 'sorry', {})}\n\n${answer.text}` };
}

/** The verdict is stored now and told at the next slot: how long judging took cannot be seen, and a restart goes on with it. */
async function waitForSlot(
  desk: DeskContext,
  { current, conversation, turn }: PermitTurnPlan,
  number: string,
  verdict: Verdict,
): Promise<Plan> {
  const holders = await holdersOf(desk, verdict.ids);
  const now = desk.clock.now();
  const slot = desk.permits.settings().slotSeconds * 1000;
  const at = (Math.floor(now / slot) + 1) * slot;
  const seq = turn[turn.length - 1]?.seq ?? 0;
  const talk: PermitTalk = { ...step(desk, 'answering', number), result: { ...verdict, holders, seq, at }, proof: null };
  return {
    patch: { ...(current.state === 'closed' ? toBot(current) : {}), ...withTimers(conversation, { reply: at }), permit: talk },
    // What was looked at is on record, never what was typed.
    audit: verdict.ids.map((id) => ({
      id: newId('a'),
      at: now,
      actor: 'bot',
      action: 'permit-proved',
      subject: id,
      detail: current.id,
    })),
  };
}

async function tell(desk: DeskContext, conversation: Conversation, contact: Contact, talk: PermitTalk | null): Promise<Reply> {
  const result = talk?.result;
  const number = talk?.number ?? null;
  if (result?.kind === 'capped') return reply(conversation, sayPermit(conversation.language, 'capped', {}), null);
  const files = result?.kind === 'match' ? await stillProved(desk, result) : [];
  if (result?.kind !== 'match' || files.length === 0) {
    const again = { id: 'permit:again', label: sayPermit(conversation.language, 'labelAgain', {}) };
    const none = reply(
      conversation,
      sayPermit(conversation.language, 'noMatch', { number: number ?? '' }),
      step(desk, 'fact', number),
      [again],
    );
    return { ...none, text: withLink(desk, conversation.language, none.text, number) };
  }
  desk.permits.settle(contact);
  return shown(desk, conversation, files, talk);
}

async function shown(
  desk: DeskContext,
  conversation: Conversation,
  files: FoundPermit[],
  talk: PermitTalk | null,
): Promise<Reply> {
  const { language } = conversation;
  const frame = frameOf(desk, language);
  const fresh = await Promise.all(files.map((found) => desk.pulls.refresh(found)));
  // Two systems may know one number: what was heard last comes first, each with its source and age.
  fresh.sort((a, b) => b.file.fetchedAt - a.file.fetchedAt);
  // Always by its own number: a NIB leads to files that are called otherwise, and a message may name several.
  const texts = fresh.map(({ file, events }) => `${file.number}: ${statusText(frame, file, events)}`);
  if (fresh.some(({ file }) => file.number !== talk?.number)) texts.push(sayPermit(language, 'others', {}));
  const { proofMinutes } = desk.permits.settings();
  const until = talk?.proof?.until ?? desk.clock.now() + proofMinutes * minuteMs;
  const first = fresh[0]?.file;
  return {
    text: withLink(desk, language, texts.join('\n\n'), talk?.number ?? null),
    buttons:
      first === undefined
        ? []
        : statusButtons(
            language,
            fresh.map(({ file }) => file),
          ),
    reason: { intent: STATUS_INTENT, score: 1, decision: 'answer' },
    patch: {
      failures: 0,
      permit: {
        step: 'shown',
        number: talk?.number ?? null,
        until,
        result: null,
        proof: { ids: files.map(({ file }) => file.id), holders: files.map(({ holder }) => holder), until },
      },
    },
  };
}

function withLink(desk: DeskContext, language: Language, text: string, number: string | null): string {
  const link = simbgLink(frameOf(desk, language), number ?? '');
  return link === '' ? text : `${text}\n\n${link}`;
}

export function statusButtons(language: Language, files: readonly PermitFile[]): Button[] {
  const stages = new Set(files.filter(({ status }) => status.turn === 'applicant').map(({ status }) => status.stage));
  const [stage] = stages.size === 1 ? stages : [null];
  const how = stage === 'dikembalikan' ? 'labelHow' : stage === 'menunggu_pembayaran' ? 'labelPay' : 'labelDo';
  const mayMove = files.some(({ status }) => !isFinal(status.stage));
  return [
    ...(stages.size > 0 ? [{ id: 'permit:how', label: sayPermit(language, how, {}) }] : []),
    ...(mayMove ? [{ id: 'permit:watch', label: sayPermit(language, 'labelWatch', {}) }] : []),
    officerButton(language),
  ];
}

/** Files this conversation has proved within the last minutes, and only for the number it proved them with. */
async function provedFiles(desk: DeskContext, talk: PermitTalk | null, number: string | null): Promise<FoundPermit[]> {
  if (talk?.proof == null || desk.clock.now() >= talk.proof.until || (number !== null && number !== talk.number)) return [];
  return stillProved(desk, talk.proof);
}

async function simple(desk: DeskContext, once: Once, { conversation, contact, act }: PermitTurnPlan): Promise<Reply> {
  const { language, permit: talk } = conversation;
  const asked = questionReply(desk, conversation, act.kind);
  if (asked !== null) return asked;
  switch (act.kind) {
    case 'remind':
      return reply(conversation, sayPermit(language, talk?.step === 'fact' ? 'remindFact' : 'remindNumber', {}), talk);
    case 'cancel':
      return reply(conversation, sayPermit(language, 'cancelled', {}), null);
    case 'stray':
      return reply(conversation, sayPermit(language, 'stray', act), step(desk, 'number', null));
    case 'no-details':
      return reply(conversation, sayPermit(language, 'noDetails', {}), talk);
    case 'closed': {
      const source = desk.nlu.answer(STATUS_INTENT, language)?.source;
      const closed = reply(conversation, sayPermit(conversation.language, 'closed', {}), talk);
      const text = source ? `${closed.text}\n\n${sourceLine(language, source)}` : closed.text;
      return { ...closed, text, reason: { intent: STATUS_INTENT, score: 1, decision: 'answer' } };
    }
    case 'in-private': {
      const link = desk.channel(conversation.channel)?.invite?.('')?.url ?? '';
      return reply(conversation, sayPermit(language, 'inPrivate', { link }), null);
    }
    case 'doubt':
      return doubtReply(desk, conversation, act.doubt);
    case 'unwatch': {
      const ended = await once.unwatch(contact.id, () => desk.store.permitWatches.unwatch(contact.id, null));
      return reply(conversation, sayPermit(language, ended > 0 ? 'unwatched' : 'notWatching', {}), talk);
    }
    default: {
      const files = await provedFiles(desk, talk, null);
      if (files.length === 0)
        return reply(conversation, sayPermit(conversation.language, 'notProved', {}), step(desk, 'number', null));
      if (act.kind === 'when') return whenDone(await shown(desk, conversation, files, talk), files, language);
      return act.kind === 'watch' ? watch(desk, conversation, contact, files) : howTo(conversation, files, language);
    }
  }
}

async function watch(desk: DeskContext, conversation: Conversation, contact: Contact, files: FoundPermit[]): Promise<Reply> {
  const open = files.filter(({ file }) => !isFinal(file.status.stage));
  if (open.length === 0) return reply(conversation, sayPermit(conversation.language, 'watchOver', {}), conversation.permit);
  const at = desk.clock.now();
  for (const { file } of open)
    await desk.store.permitWatches.watch({ id: newId('w'), permitId: file.id, contactId: contact.id, at });
  const stop = { id: 'permit:stop', label: sayPermit(conversation.language, 'labelStop', {}) };
  return reply(conversation, sayPermit(conversation.language, 'watching', {}), conversation.permit, [stop]);
}

/** Where it stands and against which standard is all that is known of its end. */
function whenDone(status: Reply, files: FoundPermit[], language: Language): Reply {
  const isOver = files.every(({ file }) => isFinal(file.status.stage));
  return isOver ? status : { ...status, text: `${status.text}\n\n${sayPermit(language, 'noDate', {})}` };
}

function howTo(conversation: Conversation, files: FoundPermit[], language: Language): Reply {
  const theirs = files.filter(({ file }) => file.status.turn === 'applicant');
  if (theirs.length === 0) {
    const isUnknown = files.some(({ file }) => file.status.turn === 'unknown');
    const said = isUnknown ? turnLabel(language, 'unknown') : sayPermit(language, 'nothingToDo', {});
    return reply(conversation, said, conversation.permit);
  }
  const watching = { id: 'permit:watch', label: sayPermit(language, 'labelWatch', {}) };
  const name = files.length === 1 ? () => '' : (number: string) => `${number}: `;
  const text = theirs.map(({ file }) => name(file.number) + howToText(language, file)).join('\n\n');
  return reply(conversation, text, conversation.permit, [watching]);
}

export const frameOf = (desk: DeskContext, language: Language): TextFrame => ({
  language,
  now: desk.clock.now(),
  timeZone: desk.timeZone,
  settings: desk.permits.settings(),
  hours: confirmedHours(desk.office()),
});
