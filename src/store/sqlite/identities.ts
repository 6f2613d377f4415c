// The sub-port of names: each is a keyed hash that leads to one contact, so that the table tells no number.
import type { AliasKind } from '../../contract/message.ts';
import type { Alias, IdentityStore } from '../../desk/identityPort.ts';
import { aliasText } from '../aliasText.ts';
import type { Connection } from './connection.ts';
import { createContactRows } from './contactRows.ts';
import { createLinkCodes } from './linkCodes.ts';
import { createTrail } from './trail.ts';

/** @returns the names of the port. */
export function createIdentities(connection: Connection): IdentityStore {
  const { db, fields, read, write } = connection;
  const contacts = createContactRows(db, fields);
  const trail = createTrail(db);
  const byHash = db.prepare<[string], { hash: string; contactId: string }>(
    'SELECT hash, contactId FROM identities WHERE hash IN (SELECT value FROM json_each(?)) LIMIT 1',
  );
  const kinds = db.prepare<[string], AliasKind>('SELECT DISTINCT kind FROM identities WHERE contactId = ? ORDER BY kind').pluck();
  const forget = db.prepare<[string]>('DELETE FROM identities WHERE hash IN (SELECT value FROM json_each(?))');
  const insert = db.prepare<[string, string, string]>('INSERT INTO identities (hash, kind, contactId) VALUES (?, ?, ?)');
  const address = db.prepare<[string, string]>('UPDATE contacts SET externalId = ? WHERE id = ?');
  const person = db.prepare<[string], string>('SELECT personId FROM persons WHERE contactId = ?').pluck();
  const others = db
    .prepare<[string, string], string>(
      `SELECT contactId FROM persons WHERE personId = (SELECT personId FROM persons WHERE contactId = ?) AND contactId <> ? ORDER BY contactId`,
    )
    .pluck();
  const put = db.prepare<[string, string]>('INSERT OR REPLACE INTO persons (contactId, personId) VALUES (?, ?)');
  const join = db.prepare<[string, string]>('UPDATE persons SET personId = ? WHERE personId = ?');
  const leave = db.prepare<[string]>('DELETE FROM persons WHERE contactId = ?');
  const hashesOf = (name: Alias): string[] => fields.blindIndexes(aliasText(name));

  function together(contactId: string, otherId: string): void {
    // A person is named by the contact it began with.
    const personId = person.get(contactId) ?? contactId;
    const before = person.get(otherId);
    put.run(contactId, personId);
    put.run(otherId, before ?? personId);
    if (before !== undefined) join.run(personId, before);
  }

  return {
    ...createLinkCodes(connection, together),
    find: (names) =>
      read(() =>
        names.flatMap((name) => {
          const hashes = hashesOf(name);
          const found = byHash.get(JSON.stringify(hashes));
          if (found === undefined) return [];
          return { ...name, contactId: found.contactId, ...(found.hash !== hashes[0] && { isOld: true as const }) };
        }),
      ),
    kindsOf: (contactId) => read(() => kinds.all(contactId)),
    give: (contactId, names) =>
      write(() => {
        if (contacts.get(contactId) === null) return;
        for (const name of names) {
          const hashes = hashesOf(name);
          forget.run(JSON.stringify(hashes));
          insert.run(hashes[0] ?? '', name.kind, contactId);
        }
      }),
    linked: (contactId) => read(() => others.all(contactId, contactId)),
    link: (contactId, otherId, audit) =>
      write(() => {
        if (contacts.get(contactId) === null || contacts.get(otherId) === null) return false;
        together(contactId, otherId);
        trail.audit([audit]);
        return true;
      }),
    unlink: (contactId, audit) =>
      write(() => {
        if (others.all(contactId, contactId).length === 0) return false;
        // The name stays with those who remain.
        const [heir] = others.all(contactId, contactId);
        if (person.get(contactId) === contactId && heir !== undefined) join.run(heir, contactId);
        leave.run(contactId);
        trail.audit([audit]);
        return true;
      }),
    move: (contactId, externalId, audit) =>
      write(() => {
        const contact = contacts.get(contactId);
        if (contact === null) return null;
        const other = contacts.find({ ...contact, externalId });
        if (other !== null && other.id !== contactId) return 'taken' as const;
        if (other !== null) return contact;
        address.run(externalId, contactId);
        trail.audit([audit]);
        return { ...contact, externalId };
      }),
  };
}
