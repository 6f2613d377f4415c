// What a new report changes about a permit file: pure, shared by every store so that all agree on what is news.
import type { PermitFile, PermitPerson, PermitStatus } from '../contract/permit.ts';
import type { PermitReport } from './permitPort.ts';

export type Merged =
  | { outcome: 'older' | 'same'; file: PermitFile; moved: false }
  /** `moved`: the citizen would see another position. */
  | { outcome: 'added' | 'changed'; file: PermitFile; moved: boolean };

/**
 * @param known the file as it is, or null
 * @param knownNote free text of its newest entry: telling it again is no news
 * @returns the file as it is after the report; nothing is inferred from what a report leaves out. An older report moves nothing, but
 *   what nobody has told yet is taken from it: a push of OSS names no person, and the export that does may be older
 */
export function mergeReport(known: PermitFile | null, report: PermitReport, knownNote: string | null): Merged {
  const { system, number, otherNumbers, service, person, status, submittedAt, fetchedAt } = report;
  if (known === null) {
    const file = { id: '', system, number, otherNumbers, service, person, status, submittedAt, fetchedAt };
    return { outcome: 'added', file, moved: true };
  }
  if (isOlder(known, report)) {
    const file: PermitFile = {
      ...known,
      otherNumbers: union(known.otherNumbers, otherNumbers),
      service: known.service ?? service,
      person: firstKnown(known.person, person),
      submittedAt: known.submittedAt ?? submittedAt,
    };
    const isFuller = JSON.stringify(file) !== JSON.stringify(known);
    return isFuller ? { outcome: 'changed', file, moved: false } : { outcome: 'older', file: known, moved: false };
  }
  const moved = positionOf(status) !== positionOf(known.status);
  const file: PermitFile = {
    ...known,
    otherNumbers: union(known.otherNumbers, otherNumbers),
    service: service ?? known.service,
    person: firstKnown(person, known.person),
    // A feed without dates says the same position again: since when stays what it was.
    status: { ...status, since: status.since ?? (moved ? null : known.status.since) },
    submittedAt: submittedAt ?? known.submittedAt,
    fetchedAt,
  };
  const isNoteKnown = report.note === null || report.note === knownNote;
  const isSame = isNoteKnown && JSON.stringify({ ...file, fetchedAt: 0 }) === JSON.stringify({ ...known, fetchedAt: 0 });
  return isSame ? { outcome: 'same', file, moved: false } : { outcome: 'changed', file, moved };
}

/** @returns whether something newer is known, by when the source was asked or by its own date. */
export const isOlder = (known: PermitFile, { fetchedAt, status }: PermitReport): boolean =>
  fetchedAt < known.fetchedAt || (status.since !== null && known.status.since !== null && status.since < known.status.since);

const union = (numbers: string[], more: string[]): string[] => [...new Set([...numbers, ...more])];

const firstKnown = (first: PermitPerson, second: PermitPerson): PermitPerson => ({
  name: first.name ?? second.name,
  phone: first.phone ?? second.phone,
  nikTail: first.nikTail ?? second.nikTail,
});

/** Digits of a phone that any spelling shares: Indonesian numbers are written with 0, 62 or +62. */
export const phoneKey = (phone: string): string => phone.replace(/\D/g, '').replace(/^(?:62|0)/, '');

/** @returns what tells whose file this is, for a store to hash with its key. */
export const holderOf = ({ id, person: { phone, nikTail } }: Pick<PermitFile, 'id' | 'person'>): string =>
  `holder:${id}:${phone === null ? `nik ${nikTail}` : phoneKey(phone)}`;

/** @returns whether who proved the file before has to prove it again: the phone is another one, or, without one, the NIK is. */
export function isSomebodyElse(before: PermitPerson, after: PermitPerson): boolean {
  if (before.phone !== null) return after.phone === null || phoneKey(before.phone) !== phoneKey(after.phone);
  return before.nikTail !== after.nikTail;
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
