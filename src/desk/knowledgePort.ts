// The knowledge half of the Store port: what officers say a question really was, what the bot did not know, and which facts are asked for.
// Charter: storePort.ts. How often a fact was asked is counted by `commit` (its `asked`), together with the answer that needed it.
import type { Page } from './page.ts';
import type { AuditEntry } from './peoplePort.ts';

/** What an officer says a citizen's message asked; one a message. It holds no text: that stays with the message, and goes with it. */
export interface Label {
  /** An inbound message. */
  messageId: string;
  /** The intent it should have been taken for; null: none of those the bot knows. */
  intent: string | null;
  /** Officer id. */
  by: string;
  at: number;
}

/** A label with the (masked) text of its message as it is now. */
export interface LabelledText extends Label {
  text: string;
}

/** Facts that answers of one day needed, each counted once more. */
export interface Asked {
  /** YYYY-MM-DD in the office's time zone. */
  day: string;
  facts: string[];
}

/** A message that a reply of the bot names as not understood (`reason.unsure`). */
export interface UnansweredMessage {
  messageId: string;
  conversationId: string;
  /** The beginning, at most `UNANSWERED_TEXT` code points. */
  text: string;
  /** When the bot said that it did not know. */
  at: number;
  label: Label | null;
}

/** As much of a text as a list shows and groups by. Code points. */
export const UNANSWERED_TEXT = 300;

export interface KnowledgeStore {
  /** How often each fact was needed on `sinceDay` (YYYY-MM-DD) or later; what was never asked is left out. */
  asked(sinceDay: string): Promise<{ fact: string; count: number }[]>;
  /** Puts the label in the place of the message's former one, with an audit entry. @returns `gone` when no inbound message has the id */
  label(label: Label, audit: AuditEntry): Promise<'ok' | 'gone'>;
  /** @returns whether there was a label; only then the audit entry is written */
  unlabel(messageId: string, audit: AuditEntry): Promise<boolean>;
  /** The labels of these messages (at most 200), in any order. */
  labelsOf(messageIds: string[]): Promise<Label[]>;
  /** Labels made at `since` or later, oldest first; a message without text, or withdrawn, is left out. */
  labels(since: number, cursor: string | null, limit: number): Promise<Page<LabelledText>>;
  /**
   * The messages that replies made at `since` or later name in `reason.unsure`, newest reply first; without those withdrawn or without text.
   * A reply with `reason.untilReply` counts only while nothing has come into its conversation after it. Only in conversations without
   * a team or of one of these (null: every team). A message two replies name is there twice.
   */
  unanswered(request: { since: number; teamIds: string[] | null; limit: number }): Promise<UnansweredMessage[]>;
}
