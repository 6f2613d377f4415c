// The verbs of running the office: people, teams, ways in, the trail. Who may which: access.ts.
import type { Officer, Role, Team } from '../contract/conversation.ts';
import type { SessionView } from '../contract/people.ts';
import type { Result } from './result.ts';
import type { AuditEntry, Invitation } from './storePort.ts';

/** Every change is written with its audit entry. A right taken away holds at once: sessions end, sockets are cut. */
export interface AdminVerbs {
  /** @param passwordHash made only once the caller is known to be allowed: hashing is dear */
  addOfficer(
    by: Officer,
    officer: { name: string; email: string; role: Role; teamIds: string[] },
    passwordHash: () => Promise<string>,
  ): Promise<Result<{ officer: Officer }>>;
  /** `conflict` for taking one's own rights away, and when no admin would remain. */
  changeOfficer(
    by: Officer,
    officerId: string,
    patch: { name?: string; role?: Role; disabled?: boolean; teamIds?: string[] },
  ): Promise<Result<{ officer: Officer }>>;
  addTeam(by: Officer, team: { name: string }): Promise<Result<{ team: Team }>>;
  /** `officerIds`: exactly these become its members. */
  changeTeam(by: Officer, teamId: string, patch: { name?: string; officerIds?: string[] }): Promise<Result<{ team: Team }>>;

  /** @returns the secret of the one-time link, told only now; a new invitation to an e-mail ends the one before. */
  invite(
    by: Officer,
    invitation: { email: string; role: Role; teamIds: string[] },
  ): Promise<Result<{ invitation: Invitation; token: string }>>;
  invitations(by: Officer): Promise<Result<{ invitations: Invitation[] }>>;
  withdraw(by: Officer, invitationId: string): Promise<Result<object>>;

  /** @param current SHA-256 of the secret this request came with */
  mySessions(by: Officer, current: string | null): Promise<Result<{ sessions: SessionView[] }>>;
  endMySession(by: Officer, sessionId: string): Promise<Result<object>>;
  sessionsOf(by: Officer, officerId: string): Promise<Result<{ sessions: SessionView[] }>>;
  endSession(by: Officer, officerId: string, sessionId: string): Promise<Result<object>>;

  /** Who did what, newest first; ids only. */
  audit(by: Officer, limit: number): Promise<Result<{ entries: AuditEntry[] }>>;
}

/** What somebody may do who holds an invitation and is nobody yet. */
export interface EntryVerbs {
  /** `gone` when the link was used, withdrawn, replaced or is past its time. */
  look(token: string): Promise<Result<{ email: string; role: Role; expiresAt: number }>>;
  accept(form: { token: string; name: string; passwordHash: string }): Promise<Result<{ officer: Officer }>>;
}
