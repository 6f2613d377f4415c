// Who writes: one person on one channel may come with a number, a business-scoped id or both, and may change them. The rules stand here;
// the store only knows which name belongs to whom.
import type { Contact } from '../contract/conversation.ts';
import type { AliasKind, ChannelName, InboundMessage } from '../contract/message.ts';
import { change } from './change.ts';
import { botMessage } from './compose.ts';
import type { DeskContext } from './context.ts';
import type { Alias, IdentityChange } from './identityPort.ts';
import { newId } from './ids.ts';

/** Names that say for sure who it is, the strongest first. A user name can be given up and taken by others: it finds nobody. */
const telling: AliasKind[] = ['bsuid', 'lid', 'phone'];
/** Ids of the provider for one person: whoever has one is nobody else, even with the same number. */
const personal: AliasKind[] = ['bsuid', 'lid'];

/**
 * @returns the message under the address of the contact these names belong to, so that it lands in their conversation; and what to
 *   write down once it is stored
 */
export async function identify(
  desk: DeskContext,
  inbound: InboundMessage,
): Promise<{ inbound: InboundMessage; learn: (contact: Contact) => Promise<void> }> {
  const names = aliasesOf(inbound, inbound.from.aliases ?? []);
  if (names.length === 0) return { inbound, learn: async () => {} };
  const known = await desk.store.identities.find(names);
  const owner = await ownerOf(desk, inbound, names, known);
  return {
    inbound: owner === null ? inbound : { ...inbound, from: { ...inbound.from, externalId: owner.externalId } },
    async learn(contact) {
      const isNew = (name: Alias) => !known.some((one) => isSame(one, name) && one.contactId === contact.id && !one.isOld);
      const fresh = names.filter(isNew);
      if (fresh.length === 0) return;
      await desk.store.identities.give(contact.id, fresh);
      // Replies go to the person, not to whoever has the number next.
      const strong = names.find(({ kind }) => personal.includes(kind));
      if (strong === undefined || contact.externalId === strong.value || strong.value !== inbound.from.externalId) return;
      await desk.store.identities.move(contact.id, strong.value, auditOf(desk, contact.id));
    },
  };
}

const aliasesOf = (of: { channel: ChannelName; accountId: string }, names: { kind: AliasKind; value: string }[]): Alias[] =>
  names.map(({ kind, value }) => ({ channel: of.channel, accountId: of.accountId, kind, value }));

const isSame = (a: Alias, b: Alias): boolean => a.kind === b.kind && a.value === b.value;

/** The contact the names belong to; null for a person not seen before. */
async function ownerOf(
  desk: DeskContext,
  { channel, accountId, externalId }: { channel: ChannelName; accountId: string; externalId?: string | undefined },
  names: Alias[],
  known: (Alias & { contactId: string })[],
): Promise<Contact | null> {
  const hasPersonal = names.some(({ kind }) => personal.includes(kind));
  for (const kind of telling) {
    const found = known.find((one) => one.kind === kind);
    const contact = found === undefined ? null : await desk.store.contacts.get(found.contactId);
    if (contact !== null && (personal.includes(kind) || !hasPersonal || !(await isSomebody(desk, contact)))) return contact;
  }
  // Stored before names were: by the address itself.
  const phone = names.find(({ kind }) => kind === 'phone')?.value.replace(/^\+/, '');
  for (const address of [externalId, phone]) {
    const contact = address === undefined ? null : await desk.store.contacts.find({ channel, accountId, externalId: address });
    if (contact !== null && (address === externalId || !(await isSomebody(desk, contact)))) return contact;
  }
  return null;
}

/** Known by an id of the provider already: then a message with another id and the same number is from somebody else. */
async function isSomebody(desk: DeskContext, contact: Contact): Promise<boolean> {
  return (await desk.store.identities.kindsOf(contact.id)).some((kind) => personal.includes(kind));
}

/** A changed number: the conversation stays, replies go to the new address, officers read it in a note. Idempotent. */
export async function moveIdentity(desk: DeskContext, told: IdentityChange): Promise<void> {
  const from = aliasesOf(told, told.from);
  const contact = await ownerOf(desk, told, from, await desk.store.identities.find(from));
  if (contact === null) return;
  const to = aliasesOf(told, told.to);
  const known = await desk.store.identities.find(to);
  if (contact.externalId === told.externalId && known.length === to.length) return;
  const moved = await desk.store.identities.move(contact.id, told.externalId, auditOf(desk, contact.id));
  // Under the new number the person wrote before we were told: two conversations, for an officer to link by hand.
  if (moved === null || moved === 'taken') return;
  await desk.store.identities.give(contact.id, to);
  if (told.phone !== null) await desk.store.contacts.update(contact.id, { phone: told.phone });
  await noteDown(desk, { ...moved, phone: told.phone ?? moved.phone });
}

async function noteDown(desk: DeskContext, contact: Contact): Promise<void> {
  const { rows } = await desk.store.contacts.conversations(contact.id, null, 1);
  const seat = rows[0] === undefined ? null : await desk.store.conversations.get(rows[0].id);
  if (seat === null) return;
  const text = 'Warga mengganti nomor. Percakapan ini tetap miliknya; balasan dikirim ke nomor baru.';
  await desk.serial.run(seat.conversation.id, () =>
    change(desk, seat.conversation, contact, () => ({
      messages: [{ ...botMessage({ text, ruleId: 'note:moved' }), direction: 'note', state: 'noted', ruleId: null }],
    })),
  );
}

const auditOf = (desk: DeskContext, contactId: string) => ({
  id: newId('a'),
  at: desk.clock.now(),
  actor: 'system',
  action: 'identity-moved',
  subject: contactId,
  detail: null,
});
