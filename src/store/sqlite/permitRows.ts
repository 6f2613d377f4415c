// Reading and writing permit files inside a command: sealing, blind indexes, and the record a row makes.
import type { Database } from 'better-sqlite3';
import type { PermitEvent, PermitFile, PermitPerson, PermitStage, PermitSystem, PermitTurn } from '../../contract/permit.ts';
import type { FieldCrypto } from '../fieldCrypto.ts';

/** What is encrypted of a file, as one field. */
export interface Sealed {
  number: string;
  others: string[];
  person: PermitPerson;
  /** As they were from this entry on, for undo; entries written by an older program lack them. */
  service?: string | null;
  submittedAt?: number | null;
}

export interface PermitColumns {
  n: number;
  id: string;
  system: PermitSystem;
  sealed: string;
  service: string | null;
  submittedAt: number | null;
  fetchedAt: number;
  current: number;
  stage: PermitStage | null;
  turn: PermitTurn;
  codeRaw: string | null;
  textRaw: string | null;
  reason: string | null;
  since: number | null;
  /** Encrypted. */
  note: string | null;
}

export const permitColumns = `p.n, p.id, p.system, p.sealed, p.service, p.submittedAt, p.fetchedAt, p.current,
  e.stage, e.turn, e.codeRaw, e.textRaw, e.reason, e.since, e.note`;
export const permitTables = 'permits p JOIN permit_events e ON e.n = p.current';

export interface PermitRows {
  seal(sealed: Sealed): string;
  open(field: string): Sealed;
  /** The same, never remembered: a file looked up before costs as much as a decoy. */
  openAnew(field: string): Sealed;
  toFile(row: PermitColumns, sealed?: Sealed): PermitFile;
  toEvent(row: EventColumns): PermitEvent;
  /** Keyed hashes of a number, first key first, as a JSON list for `json_each`. */
  hashes(number: string): string[];
  /** Writes which numbers lead to this file. */
  index(permit: number, sealed: Sealed): void;
}

export interface EventColumns extends Omit<PermitEvent, 'note'> {
  note: string | null;
}
export const eventColumns = 'n, batch, stage, turn, codeRaw, textRaw, reason, since, fetchedAt, note';

/** @returns helpers over prepared statements; everything personal passes through `fields`. */
export function createPermitRows(db: Database, fields: FieldCrypto): PermitRows {
  const unindex = db.prepare<[number]>('DELETE FROM permit_numbers WHERE permit = ?');
  const addNumber = db.prepare<[string, number, number]>(
    'INSERT INTO permit_numbers (hash, permit, isMain) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const hashes = (number: string) => fields.blindIndexes(`permit:${number}`);
  const open = (field: string) => JSON.parse(fields.decrypt(field) ?? 'null') as Sealed;

  return {
    seal: (sealed) => fields.encrypt(JSON.stringify(sealed)),
    open,
    openAnew: (field) => JSON.parse(fields.decryptAnew(field)) as Sealed,
    hashes,
    toFile(row, sealed = open(row.sealed)) {
      const { stage, turn, codeRaw, textRaw, reason, since } = row;
      return {
        id: row.id,
        system: row.system,
        number: sealed.number,
        otherNumbers: sealed.others,
        service: row.service,
        person: sealed.person,
        status: { stage, turn, codeRaw, textRaw, reason, since },
        submittedAt: row.submittedAt,
        fetchedAt: row.fetchedAt,
      };
    },
    toEvent: (row) => ({ ...row, note: fields.decrypt(row.note) }),
    index(permit, { number, others }) {
      unindex.run(permit);
      addNumber.run(hashes(number)[0] ?? '', permit, 1);
      for (const other of others) addNumber.run(hashes(other)[0] ?? '', permit, 0);
    },
  };
}
