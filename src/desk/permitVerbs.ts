// The verbs of officers about permit files: looking, entering by hand, waiting files, settings. Who may which: access.ts.
import type { Officer } from '../contract/conversation.ts';
import type { AddPermit, MovePermit, PermitRow, PermitView, TalkPermits } from '../contract/permitDesk.ts';
import type { Result } from './result.ts';
import type { Page } from './storePort.ts';

export interface PermitVerbs {
  /** The numbers written in a conversation, and what its contact watches. No look at a file, so nothing is on record. */
  permitsOf(by: Officer, conversationId: string): Promise<Result<TalkPermits>>;
  /**
   * Every file of a number. Each look is in the audit trail before it is answered.
   * @param look `conversationId`: where it is looked at from; drafts are in its language
   */
  findPermits(
    by: Officer,
    look: { number: string; conversationId?: string | undefined },
  ): Promise<Result<{ files: PermitView[] }>>;
  /** One file by its id; on record like `findPermits`. */
  permit(by: Officer, permitId: string, conversationId?: string): Promise<Result<{ file: PermitView }>>;
  /** Files that wait for their applicant, longest first. */
  waitingPermits(by: Officer, cursor: string | null): Promise<Result<Page<PermitRow>>>;
  /** A file nobody has imported. `conflict` when the number is known; `invalid` when its form is not. */
  addPermit(by: Officer, entry: AddPermit): Promise<Result<{ file: PermitView }>>;
  /** A new position of a known file; `conflict` when something newer is known. */
  movePermit(by: Officer, permitId: string, entry: MovePermit): Promise<Result<{ file: PermitView }>>;
  /** Ends the watches of a conversation's contact, as they asked for by other words than "berhenti". */
  endWatches(by: Officer, conversationId: string): Promise<Result<{ ended: number }>>;
}
