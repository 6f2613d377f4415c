// Finding contacts by name and number: names are encrypted, so the index holds keyed hashes of the desk's tokens.
import type { ContactStore } from '../../desk/storePort.ts';
import type { FieldCrypto } from '../fieldCrypto.ts';
import type { Connection } from './connection.ts';
import { toContact } from './records.ts';

/** Rows of one write; a larger list is several, so that messages get in between. */
const chunk = 50;
/** 66 bits of the hash: enough that two words never meet, and half the index. Characters. */
const hashLength = 11;

const blind = (fields: FieldCrypto, token: string): string[] =>
  fields.blindIndexes(`token:${token}`).map((hash) => hash.slice(0, hashLength));

/** @returns the part of the contacts sub-port that keeps and asks the index of names. */
export function createContactIndex({
  db,
  fields,
  read,
  writeSoon,
  find,
}: Connection): Pick<ContactStore, 'stale' | 'index' | 'search'> {
  const stale = db.prepare<[number, number], { id: string; name: string | null; phone: string | null }>(
    'SELECT id, name, phone FROM contacts WHERE tokensVersion < ? ORDER BY tokensVersion, n LIMIT ?',
  );
  const mark = db.prepare<[number, string], { n: number }>('UPDATE contacts SET tokensVersion = ? WHERE id = ? RETURNING n');
  const forget = db.prepare<[number]>('DELETE FROM contactTokens WHERE contact = ?');
  const remember = db.prepare<[string, number]>('INSERT OR IGNORE INTO contactTokens (token, contact) VALUES (?, ?)');

  return {
    stale: (version, limit) =>
      read(() =>
        stale.all(version, limit).map(({ id, name, phone }) => ({
          id,
          name: fields.decrypt(name),
          phone: fields.decrypt(phone),
        })),
      ),
    async index(rows) {
      for (let from = 0; from < rows.length; from += chunk) {
        const part = rows
          .slice(from, from + chunk)
          .map((row) => ({ ...row, hashes: row.tokens.map((token) => blind(fields, token)[0] ?? '') }));
        await writeSoon(() => {
          for (const { id, version, hashes } of part) {
            const contact = mark.get(version, id);
            if (contact === undefined) continue;
            forget.run(contact.n);
            for (const hash of hashes) remember.run(hash, contact.n);
          }
        });
      }
    },
    async search(tokens, teamIds, limit) {
      if (tokens.length === 0) return [];
      const records = await find.contacts({ hashes: tokens.map((token) => blind(fields, token)), teamIds, limit });
      return records.map((record) => toContact(record, fields));
    },
  };
}
