// What the console's knowledge pages show: facts and how often they are asked for, questions without an answer, labels on messages.
import { z } from 'zod';

/** `PUT /api/knowledge/labels/:messageId`: the intent that was meant, or null for none of those the bot knows. */
export const labelBody = z.object({ intent: z.string().min(1).max(64).nullable() });

/** One fact the knowledge asks the office for. Its value and who vouched for it: `GET /api/settings`. */
export interface FactUse {
  key: string;
  title: { id: string; en: string };
  /** Answers of the last `days` that needed it. */
  asked: number;
  /** Titles of the approved answers that need it. */
  answers: string[];
}

/** An answer whose source had to be read again by a day that is over: the bot does not give it. */
export interface OverdueAnswer {
  intent: string;
  title: string;
  /** YYYY-MM-DD */
  reviewBy: string;
}

export interface FactUses {
  days: number;
  facts: FactUse[];
  overdue: OverdueAnswer[];
}

/** An intent as officers pick it. */
export interface KnownIntent {
  intent: string;
  title: string;
}

export interface MessageLabel {
  intent: string | null;
  /** Null when the knowledge does not have the intent any more, or it is none. */
  title: string | null;
  /** Officer id. */
  by: string;
  at: number;
}

/** The citizen's message that a reply of the bot is about, and its label. */
export interface LabelView {
  /** Null when there is nothing to label: a pressed button, a file without words, a message taken back. */
  question: { messageId: string; text: string } | null;
  label: MessageLabel | null;
}

/** Questions in the same words, of one or many citizens. */
export interface UnansweredQuestion {
  /** What a label is put on: the newest of them, or the one that has the label. */
  messageId: string;
  /** How it was put last. */
  text: string;
  /** Other ways it was put, at most three. */
  others: string[];
  count: number;
  /** Epoch ms. */
  lastAt: number;
  /** Where it was asked last. */
  conversationId: string;
  label: MessageLabel | null;
}

export interface UnansweredList {
  days: number;
  /** Without a label first, the most frequent first. */
  questions: UnansweredQuestion[];
  /** There were more than are counted or shown here. */
  isCut: boolean;
}
