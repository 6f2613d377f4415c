// Reading and writing rows of contacts inside a command: shared by receive, the outbox and the contacts sub-port.
import type { Database } from 'better-sqlite3';
import type { Contact } from '../../contract/conversation.ts';
import type { ContactKey, OpenRequest } from '../../desk/storePort.ts';
import type { FieldCrypto } from '../fieldCrypto.ts';
import { contactRecord, toContact } from './records.ts';

export interface ContactRows {
  get(id: string): Contact | null;
  find(key: ContactKey): Contact | null;
  /** Writes name, phone, reachability and block; what finds the contact is made again. */
  save(contact: Contact): void;
  /** Makes the contact, or writes what is new about it; null leaves the known value alone. */
  learn(request: OpenRequest, known: Contact | null): Contact;
}

/** @returns prepared statements over the table of contacts; name and phone are encrypted, the phone also indexed blindly. */
export function createContactRows(db: Database, fields: FieldCrypto): ContactRows {
  const byId = db.prepare<[string], string>(`SELECT ${contactRecord} FROM contacts p WHERE id = ?`).pluck();
  const byKey = db
    .prepare<[string, string, string], string>(
      `SELECT ${contactRecord} FROM contacts p WHERE channel = ? AND accountId = ? AND externalId = ?`,
    )
    .pluck();
  const insert = db.prepare(
    `INSERT INTO contacts (id, channel, accountId, externalId, name, phone, phoneIndex, unreachable, createdAt)
     VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)`,
  );
  const update = db.prepare(
    'UPDATE contacts SET name = ?, phone = ?, phoneIndex = ?, unreachable = ?, blocked = ?, tokensVersion = 0 WHERE id = ?',
  );

  const indexOf = (phone: string | null) => (phone === null ? null : (fields.blindIndexes(phone)[0] ?? null));
  const shown = (record: string | undefined) => (record === undefined ? null : toContact(record, fields));

  function save({ id, name, phone, unreachable, blocked }: Contact): void {
    update.run(fields.encrypt(name), fields.encrypt(phone), indexOf(phone), unreachable ? 1 : 0, blocked ? 1 : 0, id);
  }

  function learn({ contact: key, newContactId: id, now }: OpenRequest, known: Contact | null): Contact {
    const { channel, accountId, externalId, name, phone } = key;
    if (known === null) {
      insert.run(id, channel, accountId, externalId, fields.encrypt(name), fields.encrypt(phone), indexOf(phone), now);
      return { id, channel, accountId, externalId, name, phone, unreachable: false, blocked: false, createdAt: now };
    }
    const learnt = { ...known, name: name ?? known.name, phone: phone ?? known.phone };
    if (learnt.name !== known.name || learnt.phone !== known.phone) save(learnt);
    return learnt;
  }

  return {
    get: (id) => shown(byId.get(id)),
    find: ({ channel, accountId, externalId }) => shown(byKey.get(channel, accountId, externalId)),
    save,
    learn,
  };
}
