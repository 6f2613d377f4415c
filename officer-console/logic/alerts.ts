// When the console makes itself heard: a new entry in the queue, or an own chat nobody is looking at; one sound in ten seconds at most. No DOM.
import type { ConversationRow, Duty } from '../../src/contract/conversation.ts';

export interface Alert {
  kind: 'queue' | 'own';
  row: ConversationRow;
}

export interface Alerts {
  /**
   * Rows as they are now, by a list or a hint.
   * @param openId the conversation in front of the officer; null when none is, or the tab is not in front
   * @returns what is worth a notification, and whether it may sound
   */
  look(rows: ConversationRow[], openId: string | null, duty: Duty): { alerts: Alert[]; sound: boolean };
  /** Rows of the first page loads: known from now on, and nothing new. */
  learn(rows: ConversationRow[]): void;
}

const GAP_MS = 10_000;

/** @param now epoch ms */
export function createAlerts({ officerId, now }: { officerId: string; now: () => number }): Alerts {
  const queued = new Set<string>();
  const heard = new Map<string, number>();
  let soundedAt = Number.NEGATIVE_INFINITY;
  const isOwn = (row: ConversationRow) => row.state === 'officer' && row.officerId === officerId;

  /** @returns what is new about the row. */
  function note(row: ConversationRow): Alert['kind'] | null {
    const wasQueued = queued.has(row.id);
    const last = heard.get(row.id);
    if (row.state === 'queued') queued.add(row.id);
    else queued.delete(row.id);
    if (isOwn(row)) heard.set(row.id, Math.max(last ?? 0, row.lastInboundAt ?? 0));
    else heard.delete(row.id);
    if (row.state === 'queued' && !wasQueued) return 'queue';
    // One that has just become mine is no news: I took it, or its transfer shows in the list.
    return isOwn(row) && last !== undefined && (row.lastInboundAt ?? 0) > last ? 'own' : null;
  }

  return {
    learn: (rows) => {
      for (const row of rows) note(row);
    },
    look(rows, openId, duty) {
      const alerts = rows.flatMap((row) => {
        const kind = note(row);
        const isHeard = kind === 'queue' ? duty === 'on' : kind === 'own' && row.id !== openId;
        return kind !== null && isHeard ? [{ kind, row }] : [];
      });
      const sound = alerts.length > 0 && now() - soundedAt >= GAP_MS;
      if (sound) soundedAt = now();
      return { alerts, sound };
    },
  };
}
