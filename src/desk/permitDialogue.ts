// What the bot does about a permit's status with one turn, pure: number, second fact, answer at its slot; everything else goes its usual way.
import type { Conversation } from '../contract/conversation.ts';
import type { Message } from '../contract/message.ts';
import { type Aside, readAside, readStray, type Stray } from './permitAsides.ts';
import type { Fact } from './permitFact.ts';
import { type Doubt, findNumbers } from './permitNumbers.ts';
import type { NumberPattern } from './permitPattern.ts';
import { readsAs } from './plainWords.ts';

/** The intent that begins the dialogue. */
export const STATUS_INTENT = 'status.cek';

export type PermitAct =
  | { kind: 'ask-number' | 'wrong-length' | 'lost' | 'expired' | 'cancel' | 'watch' | 'unwatch' | 'remind' | Aside }
  /** A number, but none of an application. */
  | { kind: 'stray'; of: Stray }
  /** No file is stored: nothing can be looked up here. */
  | { kind: 'closed' }
  /** Several people read along here. */
  | { kind: 'in-private' }
  | { kind: 'doubt'; doubt: Doubt }
  /** `isOneOf`: the turn named others too; they come after it. */
  | { kind: 'ask-fact'; number: string; isOneOf?: true }
  | { kind: 'judge'; number: string; fact: Extract<Fact, { kind: 'digits' }> }
  /** Judged already: nothing is said before the slot. */
  | { kind: 'hold' }
  /** The slot has come. */
  | { kind: 'tell' };

export interface PermitTurn {
  /** Messages no reply covers, by `seq`. */
  turn: readonly Message[];
  conversation: Conversation;
  now: number;
  patterns: readonly NumberPattern[];
  /** What the newest message held before its digits were hidden; null after a restart. */
  fact: Fact | null;
  isOpen: boolean;
  /** Whether the matcher is sure that these words ask something else. */
  isOtherQuestion(text: string): boolean;
}

/** A reply this long overdue answers nothing any more. */
const LATE_MS = 600_000;
const buttons: Record<string, PermitAct['kind']> = {
  'permit:again': 'ask-number',
  'permit:how': 'how',
  'permit:watch': 'watch',
  'permit:stop': 'unwatch',
};
const yes = /^(?:ya|iya|yes|betul|benar|bener|itu|muhun|ok|oke)\b/i;
const no = /^(?:tidak|bukan|no|nope|salah|sanes)\b/i;
const watchWords =
  /\b(?:kabari|kabarin|kabarkeun|wartosan|info(?:kan|in)?|beri ?tahu|kasih ?tahu|kasi ?tau|kasih ?tau|bejaan|tell me|notify)\b.{0,40}\b(?:berubah|perubahan|update|changes?|kalau|kalo|klo|klw|jika|mun|lamun|upami|when)\b/i;
const stopWords =
  /^(?:(?:tolong|udah|sudah|dah|ok|oke|min|kak)[ ,]+)*(?:be?r?henti|brenti|berenti|stop|setop|unsubscribe|eureun|(?:jangan|ga usah|gak usah|gausah|tidak usah|tong|ulah) (?:lagi )?(?:di)?kabar(?:i|in))(?:[ ,]+(?:ya|yah|aja|saja|dong|dulu|min|kak|pak|bu|atuh|(?:di)?kabar(?:i|in)|lagi))*[.! ]*$/i;

/** @returns null when this turn is not about a status */
export function permitAct(at: PermitTurn): PermitAct | null {
  const { turn, conversation, now } = at;
  const { state, permit: talk } = conversation;
  if (state === 'officer') return null;
  const standing = turn.filter((message) => !message.deleted);
  const last = standing[standing.length - 1];
  if (last === undefined) return null;
  if (standing.some((message) => message.button === 'cmd:officer' || readsAs(message.text) === 'officer')) return null;
  const isQueued = state === 'queued';
  if (isQueued && isAboutQueue(last)) return null;
  if (talk?.step === 'answering' && talk.result !== null && now < talk.result.at + LATE_MS) {
    // In the queue each message is looked at alone: what came after the digits does not tell what they led to.
    const { at: slot, seq } = talk.result;
    const isWithDigits = !isQueued || standing.some((message) => (message.seq ?? 0) <= seq);
    return { kind: isWithDigits && now >= slot ? 'tell' : 'hold' };
  }
  if (stopWords.test(last.text.trim())) return { kind: 'unwatch' };
  if (!at.isOpen) {
    const act = last.button === STATUS_INTENT ? null : numberAct(at, standing);
    const isAboutStatus = last.button === STATUS_INTENT || act?.kind === 'ask-fact' || act?.kind === 'judge';
    return isAboutStatus ? { kind: 'closed' } : null;
  }
  const isLive = talk !== null && now < talk.until;
  const pressed = pressedAct(last.button, at, isLive);
  if (pressed !== null) return pressed;
  if (isLive && talk.step !== 'shown' && readsAs(last.text) === 'cancel') return { kind: 'cancel' };
  const act = talkAct(at, standing, last, isLive);
  // Whoever waits for a person may write to them of phones and of being told: only a number, or what a check waits for, is the bot's.
  const isForOfficer = isQueued && !isLive && (act?.kind === 'watch' || act?.kind === 'doubt' || act?.kind === 'stray');
  return isForOfficer ? null : act;
}

/** @returns whether this is about the place in the queue, or leaves it; a bare "batal" is about what was begun last. */
const isAboutQueue = ({ text, button }: Message): boolean =>
  button === 'cmd:place' ||
  button === 'cmd:cancel' ||
  readsAs(text) === 'place' ||
  (readsAs(text) === 'cancel' && /antr|queue/i.test(text));

function talkAct(at: PermitTurn, standing: readonly Message[], last: Message, isLive: boolean): PermitAct | null {
  const { permit: talk } = at.conversation;
  if (watchWords.test(last.text)) return { kind: 'watch' };
  if (isLive && talk?.step === 'confirm' && talk.number !== null) {
    if (yes.test(last.text.trim())) return { kind: 'ask-fact', number: talk.number };
    if (no.test(last.text.trim())) return { kind: 'ask-number' };
  }
  return numberAct(at, standing) ?? factAct(at, last, isLive) ?? asideAct(at, last, isLive);
}

function asideAct(
  { conversation: { permit: talk }, isOtherQuestion }: PermitTurn,
  last: Message,
  isLive: boolean,
): PermitAct | null {
  const step = isLive ? (talk?.step ?? null) : null;
  const stray = step === 'fact' ? null : readStray(last.text, step === 'number');
  if (stray !== null) return { kind: 'stray', of: stray };
  const aside = step === null ? null : readAside(step, last.text);
  // When this file is done is not answered by how long files of its kind take, nor why the digits are asked by how data is kept.
  return aside === null || (!ownAsides.has(aside) && isOtherQuestion(last.text)) ? null : { kind: aside };
}

function pressedAct(button: string | null, { conversation: { permit: talk } }: PermitTurn, isLive: boolean): PermitAct | null {
  if (button === null) return null;
  if (button === 'permit:yes' && isLive && talk?.step === 'confirm' && talk.number !== null)
    return { kind: 'ask-fact', number: talk.number };
  if (button === 'permit:yes' || button === 'permit:phone' || button === STATUS_INTENT) return { kind: 'ask-number' };
  const kind = buttons[button];
  return kind === undefined ? null : ({ kind } as PermitAct);
}

/** A number anywhere in the turn, the newest first; with digits beside it they are judged at once. */
function numberAct(
  { patterns, fact, conversation, isOtherQuestion }: PermitTurn,
  standing: readonly Message[],
): PermitAct | null {
  const { permit: talk } = conversation;
  // A number that came in parts: in two messages, or the rest of one that was asked about.
  const begun = talk?.step === 'number' && talk.number !== null ? [`${talk.number}-`] : [];
  const parts = [...begun, ...standing.map(({ text }) => text)];
  if (parts.length > 1 && parts.every((part) => findNumbers(part, patterns).found.length === 0)) {
    const joined = findNumbers(parts.join(' '), patterns).found.find(({ kind }) => kind !== 'nib');
    if (joined !== undefined) return { kind: 'ask-fact', number: joined.number };
  }
  for (const message of standing.toReversed()) {
    const { found, doubts } = findNumbers(message.text, patterns);
    const number = found[0]?.number;
    const words = without(message.text, [...found, ...doubts]);
    if (number !== undefined) {
      const isNewest = message === standing[standing.length - 1];
      if (isNewest && fact?.kind === 'digits') return { kind: 'judge', number, fact };
      if (words.split(/\s+/).length > 3 && isOtherQuestion(words)) return null;
      const isOneOf = found.some((other) => other.number !== number);
      return { kind: 'ask-fact', number, ...(isOneOf && { isOneOf }) };
    }
    const doubt = doubts[0];
    // While digits are asked for, 13 of them that begin like a phone number are a phone number.
    const isFact = conversation.permit?.step === 'fact' && doubt?.kind !== 'slip';
    if (doubt !== undefined && !isFact && !isOtherQuestion(words)) return { kind: 'doubt', doubt };
  }
  return null;
}

/** Asked of the file or of the dialogue itself, whatever the catalogue has on it. */
const ownAsides: ReadonlySet<Aside> = new Set(['when', 'why']);

/** Words that stand beside a second fact. */
const factWords = /(?<!\p{L})(?:hp|hape|telp|telepon|phone|wa|nik|nomor|nomer|no|angka|digit|terakhir|last)(?!\p{L})/iu;

function factAct(
  { conversation: { permit: talk }, fact, isOtherQuestion }: PermitTurn,
  last: Message,
  isLive: boolean,
): PermitAct | null {
  const isHidden = last.text.includes('•');
  if (talk === null || talk.step === 'number' || talk.number === null) return null;
  if (!isLive) return isHidden ? { kind: 'expired' } : null;
  // Told already: it is told again.
  if (talk.step === 'shown' && fact?.kind === 'digits') return { kind: 'ask-fact', number: talk.number };
  if (talk.step !== 'fact') return null;
  // A year in a question costs no try.
  const isLonger = (last.text.match(/\p{L}+/gu)?.length ?? 0) > 1;
  if (isHidden && isLonger && !factWords.test(last.text) && isOtherQuestion(last.text)) return null;
  if (fact?.kind === 'digits') return { kind: 'judge', number: talk.number, fact };
  if (fact?.kind === 'wrong-length') return { kind: 'wrong-length' };
  return fact === null && isHidden ? { kind: 'lost' } : null;
}

function without(text: string, spans: readonly { start: number; end: number }[]): string {
  let rest = text;
  for (const { start, end } of [...spans].sort((a, b) => b.start - a.start)) rest = rest.slice(0, start) + rest.slice(end);
  return rest.trim();
}
