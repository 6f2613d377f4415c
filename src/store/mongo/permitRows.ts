// Permit files and their history as documents: sealing, blind indexes, and the records they make. Everything personal passes through `fields`.
import { isFinal, type PermitEvent, type PermitFile, type PermitPerson, type PermitStatus } from '../../contract/permit.ts';
import type { FieldCrypto } from '../fieldCrypto.ts';
import type { PermitDoc, PermitEventDoc } from './models.ts';

/** What is encrypted of a file, as one field. */
export interface Sealed {
  number: string;
  others: string[];
  person: PermitPerson;
  /** As they were from this entry on, for undo; entries written by an older program lack them. */
  service?: string | null;
  submittedAt?: number | null;
}

export interface PermitRows {
  seal(sealed: Sealed): string;
  open(field: string): Sealed;
  /** The same, never remembered: a file looked up before costs as much as a decoy. */
  openAnew(field: string): Sealed;
  toFile(doc: PermitDoc, sealed?: Sealed): PermitFile;
  toEvent(doc: PermitEventDoc): PermitEvent;
  /** Keyed hashes of a number, first key first. */
  hashes(number: string): string[];
  /** What leads to this file. */
  numbersOf(sealed: Sealed): Pick<PermitDoc, 'main' | 'numbers'>;
}

export const statusOf = ({ stage, turn, codeRaw, textRaw, reason, since }: PermitStatus): PermitStatus => ({
  ...{ stage, turn, codeRaw, textRaw, reason, since },
});

/** The position of a file, with what lists and retention look at. */
export function positionOf(status: PermitStatus, fetchedAt: number) {
  const place = status.since ?? fetchedAt;
  return { ...statusOf(status), fetchedAt, place, endedAt: isFinal(status.stage) ? place : null };
}

export function createPermitRows(fields: FieldCrypto): PermitRows {
  const hashes = (number: string) => fields.blindIndexes(`permit:${number}`);
  const open = (field: string) => JSON.parse(fields.decrypt(field) ?? 'null') as Sealed;
  return {
    seal: (sealed) => fields.encrypt(JSON.stringify(sealed)),
    open,
    openAnew: (field) => JSON.parse(fields.decryptAnew(field)) as Sealed,
    hashes,
    toFile(doc, sealed = open(doc.sealed)) {
      const { _id: id, system, service, submittedAt, fetchedAt } = doc;
      const { number, others: otherNumbers, person } = sealed;
      return { id, system, number, otherNumbers, service, person, status: statusOf(doc), submittedAt, fetchedAt };
    },
    toEvent: ({ _id: n, batch, fetchedAt, note, ...status }) => ({
      ...{ n, batch, ...statusOf(status), fetchedAt, note: fields.decrypt(note) },
    }),
    numbersOf({ number, others }) {
      const main = hashes(number)[0] ?? '';
      return { main, numbers: [...new Set([main, ...others.map((other) => hashes(other)[0] ?? '')])] };
    },
  };
}
