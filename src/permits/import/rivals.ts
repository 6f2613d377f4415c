// One number in several rows of an export: the newest date says which of them holds. Where no date decides, none of them may be told.
import type { PermitReport } from '../../desk/permitPort.ts';

interface Newest {
  position: string;
  /** Of the newest row so far; null when it has none. */
  since: number | null;
  /** Up to this date rows contradict each other, infinite when one of them has no date; null: they do not. */
  unclearUntil: number | null;
}

export interface Rivals {
  see(report: PermitReport): void;
  /** Of a number whose rows were all seen. */
  isUnclear(number: string): boolean;
}

export function createRivals(): Rivals {
  const byNumber = new Map<string, Newest>();

  return {
    see({ number, status: { since, stage, turn, reason, codeRaw, textRaw } }) {
      const position = JSON.stringify([stage, turn, reason, stage === null ? [codeRaw, textRaw] : null]);
      const known = byNumber.get(number);
      if (known === undefined) {
        byNumber.set(number, { position, since, unclearUntil: null });
        return;
      }
      if (position !== known.position) {
        if (since === null || known.since === null) known.unclearUntil = Number.POSITIVE_INFINITY;
        else if (since === known.since) known.unclearUntil = Math.max(known.unclearUntil ?? since, since);
      }
      if (since !== null && (known.since === null || since > known.since)) Object.assign(known, { position, since });
    },
    isUnclear(number) {
      const { unclearUntil = null, since = null } = byNumber.get(number) ?? {};
      return unclearUntil !== null && unclearUntil >= (since ?? 0);
    },
  };
}

export const UNCLEAR =
  'nomor ini ada di beberapa baris dengan status berbeda, dan tanggalnya tidak menunjukkan mana yang terbaru';
