// What is learnt about a contact: shared by receive, the outbox and the contacts sub-port. Name and phone are encrypted, the phone also indexed blindly.
import type { Contact } from '../../contract/conversation.ts';
import type { OpenRequest } from '../../desk/storePort.ts';
import type { FieldCrypto } from '../fieldCrypto.ts';
import type { ContactDoc } from './models.ts';
import { keyOf } from './records.ts';

export const contactKey = ({ channel, accountId, externalId }: Pick<Contact, 'channel' | 'accountId' | 'externalId'>): string =>
  keyOf(channel, accountId, externalId);

/** @returns the fields to set when a contact's record became this; what finds it is made again. */
export function toContactFields(
  { name, phone, unreachable, blocked }: Pick<Contact, 'name' | 'phone' | 'unreachable' | 'blocked'>,
  fields: FieldCrypto,
) {
  const phoneIndex = phone === null ? null : (fields.blindIndexes(phone)[0] ?? null);
  return {
    name: fields.encrypt(name),
    phone: fields.encrypt(phone),
    phoneIndex,
    unreachable,
    blocked,
    tokens: [],
    tokensVersion: 0,
  };
}

/** @returns a contact as it begins. */
export function newContactDoc(request: OpenRequest, fields: FieldCrypto, n: number): ContactDoc {
  const { channel, accountId, externalId, name, phone } = request.contact;
  const key = contactKey(request.contact);
  const said = toContactFields({ name, phone, unreachable: false, blocked: false }, fields);
  return { _id: request.newContactId, n, key, channel, accountId, externalId, createdAt: request.now, ...said };
}
