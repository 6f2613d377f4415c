// The verbs about what the bot knows and does not know. Who may which: access.ts.
import type { Officer } from '../contract/conversation.ts';
import type { FactUses, KnownIntent, LabelView, UnansweredList } from '../contract/knowledge.ts';
import type { Result } from './result.ts';

export interface KnowledgeVerbs {
  /** The facts the knowledge asks for, with how often; and the answers that are overdue. */
  factUses(by: Officer): Promise<Result<FactUses>>;
  /** What citizens asked and the bot did not know, in groups of the same words. */
  unanswered(by: Officer): Promise<Result<UnansweredList>>;
  /** Every intent by title, for picking one. */
  intents(by: Officer): Promise<Result<{ intents: KnownIntent[] }>>;
  /**
   * @param messageId the bot's reply, or the citizen's message itself. What this officer may not read is `not-found`
   */
  labelOf(by: Officer, messageId: string): Promise<Result<LabelView>>;
  /** Says what the message asked; takes the place of an earlier label. `invalid`: no such intent, or nothing to label. */
  label(by: Officer, messageId: string, intent: string | null): Promise<Result<LabelView>>;
  /** Takes the label back. Also `ok` when there is none. */
  unlabel(by: Officer, messageId: string): Promise<Result<LabelView>>;
}
