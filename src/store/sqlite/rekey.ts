// SQLite as a store whose encrypted fields are written anew; the place of a run lies beside the database.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LoketError } from '../../contract/errors.ts';
import type { DataKey } from '../dataKeys.ts';
import { createFieldCrypto, type FieldCrypto } from '../fieldCrypto.ts';
import { placeSchema, type RekeyEnd } from '../rekey.ts';
import { type Connection, openConnection } from './connection.ts';
import { createPermitUpkeep } from './permitUpkeep.ts';

/**
 * @param keys the new key first, every older one after it; the running server must have them in the same order
 * @throws LoketError `not-found` without a database
 */
export function openSqliteRekey(dataDir: string, keys: readonly DataKey[]): RekeyEnd {
  const file = path.join(dataDir, 'loket.db');
  if (!existsSync(file)) throw new LoketError('not-found', `There is no database in ${dataDir}: set DATA_DIR.`);
  const fields = createFieldCrypto(keys);
  const connection = openConnection({ file, fields });
  const placeFile = path.join(dataDir, 'rekey.json');
  const { rekey } = createPermitUpkeep(connection);
  return {
    async known() {
      try {
        return placeSchema.parse(JSON.parse(readFileSync(placeFile, 'utf8')));
      } catch {
        return null; // none, or half of one: the beginning is always right
      }
    },
    async keep(place) {
      if (place === null) rmSync(placeFile, { force: true });
      else writeFileSync(placeFile, JSON.stringify(place), { mode: 0o600 });
    },
    contacts: createContactStep(connection),
    async permits(after, limit) {
      const last = await rekey(after ?? 0, limit);
      return last === null ? null : { last, changed: countBetween(connection, after ?? 0, last) };
    },
    finish: async () => countLeft(connection, fields),
    close: () => connection.close(),
  };
}

interface ContactColumns {
  n: number;
  name: string | null;
  phone: string | null;
  phoneIndex: string | null;
}

function createContactStep({ db, fields, write }: Connection): RekeyEnd['contacts'] {
  const after = db.prepare<[number, number], ContactColumns>(
    'SELECT n, name, phone, phoneIndex FROM contacts WHERE n > ? ORDER BY n LIMIT ?',
  );
  const reseal = db.prepare('UPDATE contacts SET name = ?, phone = ?, phoneIndex = ?, tokensVersion = 0 WHERE n = ?');

  return (from, limit) =>
    write(() => {
      const found = after.all(Number(from ?? 0), limit);
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
    ['permit_watches', 'ended'],
    ...(['sealed', 'note'] as const).map((column): [string, string] => ['permit_events', column]),
  ];
  return columns.reduce((sum, [table, column]) => sum + count(table, column), 0);
}
