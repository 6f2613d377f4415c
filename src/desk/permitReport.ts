// What a new report changes about a permit file: pure, shared by every store so that all agree on what is news.
import type { PermitFile, PermitStatus } from '../contract/permit.ts';
import type { PermitReport } from './permitPort.ts';

export type Merged =
  | { outcome: 'older' | 'same'; file: PermitFile; moved: false }
  /** `moved`: the citizen would see another position. */
  | { outcome: 'added' | 'changed'; file: PermitFile; moved: boolean };

/**
 * @param known the file as it is, or null
 * @returns the file as it is after the report; nothing is inferred from what a report leaves out
 */
export function mergeReport(known: PermitFile | null, report: PermitReport): Merged {
  const { system, number, otherNumbers, service, person, status, submittedAt, fetchedAt } = report;
  if (known === null) {
    const file = { id: '', system, number, otherNumbers, service, person, status, submittedAt, fetchedAt };
    return { outcome: 'added', file, moved: true };
  }
  const isOlder =
    fetchedAt < known.fetchedAt || (status.since !== null && known.status.since !== null && status.since < known.status.since);
  if (isOlder) return { outcome: 'older', file: known, moved: false };
  const moved = positionOf(status) !== positionOf(known.status);
  const file: PermitFile = {
    ...known,
    otherNumbers: [...new Set([...known.otherNumbers, ...otherNumbers])],
    service: service ?? known.service,
    person: {
      name: person.name ?? known.person.name,
      phone: person.phone ?? known.person.phone,
      nikTail: person.nikTail ?? known.person.nikTail,
    },
    // A feed without dates says the same position again: since when stays what it was.
    status: { ...status, since: status.since ?? (moved ? null : known.status.since) },
    submittedAt: submittedAt ?? known.submittedAt,
    fetchedAt,
  };
  const isSame = report.note === null && JSON.stringify({ ...file, fetchedAt: 0 }) === JSON.stringify({ ...known, fetchedAt: 0 });
  return isSame ? { outcome: 'same', file, moved: false } : { outcome: 'changed', file, moved };
}

/** What a citizen would be told: another code with the same meaning is no move, another text of an unknown code is one. */
function positionOf({ stage, turn, codeRaw, textRaw, reason, since }: PermitStatus): string {
  return JSON.stringify([
    stage,
    turn,
    reason,
    stage === null ? [codeRaw, textRaw] : null,
    stage === 'dikembalikan' ? since : null,
  ]);
}
