// Officers' ways in as browsers see them: sessions and invitations.

/** One browser that is signed in. */
export interface SessionView {
  /** Names the session; opens nothing. */
  id: string;
  createdAt: number;
  lastSeenAt: number;
  /** `Chrome · Windows`; null when the browser did not say. */
  device: string | null;
  /** The one this list was asked from. */
  isCurrent: boolean;
}

/** Who did what to which thing; ids only. */
export interface AuditEntryView {
  id: string;
  at: number;
  /** Officer id, `bot`, `system` or `visitor`. */
  actor: string;
  action: string;
  subject: string;
  detail: string | null;
}

/** An open way in for somebody who is no officer yet. */
export interface InvitationView {
  id: string;
  email: string;
  role: 'officer' | 'supervisor' | 'admin';
  teamIds: string[];
  /** Officer id. */
  invitedBy: string;
  createdAt: number;
  expiresAt: number;
}
