// Codes of the sub-port of names: kept as keyed hashes, used once, wrong guesses counted.
import type { IdentityStore } from '../../desk/identityPort.ts';
import { type KeptCode, ruleOnCode } from '../../desk/linkCodeRule.ts';
import { codeText } from '../aliasText.ts';
import type { Connection } from './connection.ts';
import { createContactRows } from './contactRows.ts';
import { createTrail } from './trail.ts';

interface CodeRow extends KeptCode {
  hash: string;
}

/** @param together puts two contacts together, inside a write */
export function createLinkCodes(
  { db, fields, write }: Connection,
  together: (contactId: string, otherId: string) => void,
): Pick<IdentityStore, 'issueCode' | 'redeemCode' | 'pruneCodes'> {
  const contacts = createContactRows(db, fields);
  const trail = createTrail(db);
  const byHash = db.prepare<[string], CodeRow>('SELECT * FROM linkCodes WHERE hash IN (SELECT value FROM json_each(?)) LIMIT 1');
  const forget = db.prepare<[string]>('DELETE FROM linkCodes WHERE contactId = ?');
  const insert = db.prepare<[string, string, number]>('INSERT INTO linkCodes (hash, contactId, expiresAt) VALUES (?, ?, ?)');
  const use = db.prepare<[string, string, string]>('UPDATE linkCodes SET usedBy = ?, usedIn = ? WHERE hash = ?');
  const tries = db.prepare<[string, string], { count: number; lastIn: string }>(
    'SELECT count, lastIn FROM linkTries WHERE contactId = ? AND day = ?',
  );
  const count = db.prepare<[string, string, number, string]>(
    'INSERT OR REPLACE INTO linkTries (contactId, day, count, lastIn) VALUES (?, ?, ?, ?)',
  );
  const prune = db.prepare<[number]>('DELETE FROM linkCodes WHERE expiresAt <= ?');
  const pruneTries = db.prepare<[string]>('DELETE FROM linkTries WHERE day < ?');

  return {
    issueCode: (contactId, code, expiresAt) =>
      write(() => {
        if (contacts.get(contactId) === null) return false;
        forget.run(contactId);
        insert.run(fields.blindIndexes(codeText(code))[0] ?? '', contactId, expiresAt);
        return true;
      }),
    redeemCode: (given) =>
      write(() => {
        const { contactId, externalId, day, audit } = given;
        const kept = byHash.get(JSON.stringify(fields.blindIndexes(codeText(given.code)))) ?? null;
        const ruling = ruleOnCode(given, kept, tries.get(contactId, day) ?? null);
        if (ruling.do === 'tell') return ruling.answer;
        if (contacts.get(contactId) === null) return { kind: 'wrong' };
        if (ruling.do === 'count') {
          count.run(contactId, day, ruling.count, externalId);
          return { kind: 'wrong' };
        }
        const giver = ruling.kept.contactId;
        together(contactId, giver);
        use.run(contactId, externalId, ruling.kept.hash);
        trail.audit([{ ...audit, detail: giver }]);
        return { kind: 'linked', contactId: giver };
      }),
    pruneCodes: (now, day) =>
      write(() => {
        pruneTries.run(day);
        return prune.run(now).changes;
      }),
  };
}
