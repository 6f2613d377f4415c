// Writing everything encrypted anew under the first data key, in small steps beside the running server; a run that was cut goes on.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { LoketError } from '../../contract/errors.ts';
import type { DataKey } from '../dataKeys.ts';
import { createFieldCrypto, type FieldCrypto } from '../fieldCrypto.ts';
import { type Connection, openConnection } from './connection.ts';
import { createPermitUpkeep } from './permitUpkeep.ts';

/** Rows of one transaction: the server's writes wait no longer than for these. */
const CHUNK = 200;
const placeSchema = z.object({ key: z.string(), contacts: z.number().int(), permits: z.number().int() });
type Place = z.infer<typeof placeSchema>;

export interface Rekeyed {
  contacts: number;
  permits: number;
  /** Fields that are still under another key: written by a server that does not have the first key yet. */
  left: number;
}

/**
 * Works on contacts and permit files with their histories and blind indexes. Names become findable again by the server's own index,
 * which makes the entries of a changed contact anew.
 *
 * @param keys the new key first, every older one after it; the running server must have them in the same order
 * @param onProgress told after each step, counted from the start of this run
 * @throws LoketError `not-found` without a database, `failed` when a field's key is missing
 */
export async function rekeyFile(options: {
  dataDir: string;
  keys: readonly DataKey[];
  onProgress?: (done: { contacts: number; permits: number }) => void;
}): Promise<Rekeyed> {
  const { dataDir, keys, onProgress } = options;
  const file = path.join(dataDir, 'loket.db');
  if (!existsSync(file)) throw new LoketError('not-found', `There is no database in ${dataDir}: set DATA_DIR.`);
  const fields = createFieldCrypto(keys);
  const connection = openConnection({ file, fields });
  const placeFile = path.join(dataDir, 'rekey.json');
  const place = readPlace(placeFile, keys[0]?.id ?? '');
  const done = { contacts: 0, permits: 0 };
  const keep = () => {
    writeFileSync(placeFile, JSON.stringify(place), { mode: 0o600 });
    onProgress?.(done);
  };
  try {
    const contacts = createContactStep(connection);
    for (let step = await contacts(place.contacts); step !== null; step = await contacts(place.contacts)) {
      place.contacts = step.last;
      done.contacts += step.changed;
      keep();
    }
    const { rekey } = createPermitUpkeep(connection);
    for (let last = await rekey(place.permits, CHUNK); last !== null; last = await rekey(place.permits, CHUNK)) {
      done.permits = done.permits + countBetween(connection, place.permits, last);
      place.permits = last;
      keep();
    }
    rmSync(placeFile, { force: true });
    return { ...done, left: countLeft(connection, fields) };
  } finally {
    await connection.close();
  }
}

/** A place of another key is not this run's. */
function readPlace(file: string, key: string): Place {
  const none = { key, contacts: 0, permits: 0 };
  if (!existsSync(file)) return none;
  try {
    const parsed = placeSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success && parsed.data.key === key ? parsed.data : none;
  } catch {
    return none;
  }
}

interface ContactColumns {
  n: number;
  name: string | null;
  phone: string | null;
  phoneIndex: string | null;
}

function createContactStep({ db, fields, write }: Connection) {
  const after = db.prepare<[number, number], ContactColumns>(
    'SELECT n, name, phone, phoneIndex FROM contacts WHERE n > ? ORDER BY n LIMIT ?',
  );
  const reseal = db.prepare('UPDATE contacts SET name = ?, phone = ?, phoneIndex = ?, tokensVersion = 0 WHERE n = ?');

  return (from: number) =>
    write(() => {
      const found = after.all(from, CHUNK);
      let changed = 0;
      for (const { n, name, phone, phoneIndex } of found) {
        if (fields.isCurrent(name) && fields.isCurrent(phone)) continue;
        const number = fields.decrypt(phone);
        const index = number === null ? phoneIndex : (fields.blindIndexes(number)[0] ?? null);
        reseal.run(fields.encrypt(fields.decrypt(name)), fields.encrypt(number), index, n);
        changed += 1;
      }
      const last = found.at(-1)?.n;
      return last === undefined ? null : { last, changed };
    });
}

const countBetween = ({ db }: Connection, from: number, to: number): number =>
  db.prepare<[number, number], number>('SELECT count(*) FROM permits WHERE n > ? AND n <= ?').pluck().get(from, to) ?? 0;

function countLeft({ db }: Connection, fields: FieldCrypto): number {
  const probe = fields.encrypt('');
  const first = `${probe.slice(0, probe.indexOf(':'))}:%`;
  const count = (table: string, column: string) =>
    db.prepare<[string], number>(`SELECT count(*) FROM ${table} WHERE ${column} NOT LIKE ?`).pluck().get(first) ?? 0;
  const columns: [string, string][] = [
    ...(['name', 'phone'] as const).map((column): [string, string] => ['contacts', column]),
    ['permits', 'sealed'],
    ...(['sealed', 'note'] as const).map((column): [string, string] => ['permit_events', column]),
  ];
  return columns.reduce((sum, [table, column]) => sum + count(table, column), 0);
}
