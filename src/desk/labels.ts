// Labels: which of the citizen's messages a reply is about, what an officer says it asked, and the text as it may leave the house.
import type { Officer } from '../contract/conversation.ts';
import type { LabelView, MessageLabel } from '../contract/knowledge.ts';
import type { Message } from '../contract/message.ts';
import { mayRead } from './access.ts';
import type { DeskContext } from './context.ts';
import { maskPersonal } from './identifiers.ts';
import { newId } from './ids.ts';
import type { Label } from './knowledgePort.ts';
import type { KnowledgeVerbs } from './knowledgeVerbs.ts';
import { hideNames } from './names.ts';

/** A turn of more messages than this comes only from a flood. */
const TURN = 12;
const gone = { ok: false, code: 'not-found', message: 'Pesan ini tidak ditemukan.' } as const;

/** @returns the verbs about one message's label, not yet guarded. */
export function createLabelVerbs(
  desk: Pick<DeskContext, 'store' | 'nlu' | 'clock'>,
): Pick<KnowledgeVerbs, 'labelOf' | 'label' | 'unlabel'> {
  const { store } = desk;

  /** The message the label belongs to, with the label it has: the one of the turn that has it, else the one with the most words. */
  async function find(by: Officer, messageId: string): Promise<{ question: Message | null; label: Label | null } | null> {
    const message = await store.messages.get(messageId);
    const seat = message === null ? null : await store.conversations.get(message.conversationId);
    if (message === null || seat === null || !mayRead(by, seat.conversation)) return null;
    const asked = (await turnOf(message)).filter(isQuestion).sort((a, b) => b.text.length - a.text.length);
    const labels = await store.knowledge.labelsOf(asked.map(({ id }) => id));
    const label = labels[0] ?? null;
    return { question: asked.find(({ id }) => label === null || id === label.messageId) ?? null, label };
  }

  /** What the citizen wrote that this reply covers; for one of their own messages that alone. */
  async function turnOf(message: Message): Promise<Message[]> {
    if (message.direction === 'in') return [message];
    const unsure = message.reason?.unsure;
    if (unsure !== undefined) return [await store.messages.get(unsure)].flatMap((one) => one ?? []);
    const last = message.inReplyTo === null ? null : await store.messages.get(message.inReplyTo);
    if (last === null) return [];
    const near = await store.messages.after(last.conversationId, Math.max(0, (last.seq ?? 0) - TURN), TURN);
    const covered = near.filter(({ direction, coveredBy }) => direction === 'in' && coveredBy === last.coveredBy);
    return last.coveredBy === null || last.coveredBy === 'none' ? [last] : covered;
  }

  const view = (question: Message | null, label: Label | null): { ok: true } & LabelView => ({
    ok: true,
    question: question === null ? null : { messageId: question.id, text: question.text },
    label: label === null ? null : shownLabel(desk, label),
  });
  const audit = (by: Officer, action: string, question: Message, detail: string | null) => ({
    ...{ id: newId('a'), at: desk.clock.now(), actor: by.id, action, subject: question.conversationId, detail },
  });

  return {
    async labelOf(by, messageId) {
      const found = await find(by, messageId);
      return found === null ? gone : view(found.question, found.label);
    },
    async label(by, messageId, intent) {
      const found = await find(by, messageId);
      if (found === null) return gone;
      const { question } = found;
      if (question === null)
        return { ok: false, code: 'invalid', message: 'Pesan ini tanpa kata-kata warga, jadi tidak bisa diberi label.' };
      if (intent !== null && desk.nlu.answer(intent, 'id') === null)
        return { ok: false, code: 'invalid', message: 'Topik ini tidak ada dalam pengetahuan bot. Muat ulang, lalu pilih lagi.' };
      const label = { messageId: question.id, intent, by: by.id, at: desk.clock.now() };
      const done = await store.knowledge.label(label, audit(by, 'label', question, intent));
      return done === 'gone' ? gone : view(question, label);
    },
    async unlabel(by, messageId) {
      const found = await find(by, messageId);
      if (found === null) return gone;
      if (found.question !== null)
        await store.knowledge.unlabel(found.question.id, audit(by, 'unlabel', found.question, found.label?.intent ?? null));
      return view(found.question, null);
    },
  };
}

/** A pressed button says what was meant by itself. */
const isQuestion = ({ text, deleted, button }: Message): boolean => !deleted && button === null && text.trim() !== '';

/** @returns the label as officers see it. */
export function shownLabel({ nlu }: Pick<DeskContext, 'nlu'>, { intent, by, at }: Label): MessageLabel {
  return { intent, title: intent === null ? null : (nlu.answer(intent, 'id')?.title ?? null), by, at };
}

/** Addresses of people in a text: e-mail, and numbers long enough for a phone or a file, however they are grouped. */
const reachable = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d(?:[ .()-]{0,2}\d){7,}/g;

/**
 * @param text a message as it is stored, NIK and NPWP hidden already
 * @returns one line for a file of examples: without e-mail addresses, numbers of 8 digits or more, and names that the words before
 *   them give away. Other names stay: nothing tells them from words, so whoever takes such a file over reads it first
 */
export function exampleText(text: string): string {
  const hidden = maskPersonal(text).replace(reachable, (found) => (found.includes('@') ? '***' : found.replace(/\d/g, '*')));
  return hideNames(hidden.replace(/\s+/g, ' ').trim());
}
