// The part of the memory model that is about names: which contact each belongs to.
import type { Contact } from '../../src/contract/conversation.ts';
import type { Alias, IdentityStore } from '../../src/desk/identityPort.ts';
import { type KeptCode, ruleOnCode } from '../../src/desk/linkCodeRule.ts';
import type { AuditEntry } from '../../src/desk/storePort.ts';
import { addOnce, copy } from './memoryOffice.ts';

export function createMemoryIdentities(kernel: { contacts: () => Contact[]; audit: AuditEntry[] }): IdentityStore {
  const owners = new Map<string, { alias: Alias; contactId: string }>();
  const keyOf = ({ channel, accountId, kind, value }: Alias) => JSON.stringify([channel, accountId, kind, value]);
  const byId = (id: string) => kernel.contacts().find((c) => c.id === id);
  /** Names go with their contact. */
  const ownerOf = (alias: Alias) => {
    const owner = owners.get(keyOf(alias));
    return owner !== undefined && byId(owner.contactId) !== undefined ? owner.contactId : null;
  };
  let persons: string[][] = [];
  const groupOf = (id: string) => persons.find((ids) => ids.includes(id)) ?? [id];
  const together = (a: string, b: string) => {
    const both = [...new Set([...groupOf(a), ...groupOf(b)])];
    persons = [...persons.filter((ids) => !ids.some((id) => both.includes(id))), both];
  };
  let codes: (KeptCode & { code: string })[] = [];
  let tries = new Map<string, { day: string; count: number; lastIn: string }>();
  return {
    async issueCode(contactId, code, expiresAt) {
      if (byId(contactId) === undefined) return false;
      codes = [...codes.filter((one) => one.contactId !== contactId), { code, contactId, expiresAt, usedBy: null, usedIn: null }];
      return true;
    },
    async redeemCode(given) {
      const { contactId, externalId, day, audit } = given;
      const kept = codes.find((one) => one.code === given.code && byId(one.contactId) !== undefined) ?? null;
      const known = tries.get(contactId);
      const ruling = ruleOnCode(given, kept, known?.day === day ? known : null);
      if (ruling.do === 'tell') return ruling.answer;
      if (byId(contactId) === undefined) return { kind: 'wrong' };
      if (ruling.do === 'count') {
        tries.set(contactId, { day, count: ruling.count, lastIn: externalId });
        return { kind: 'wrong' };
      }
      const giver = ruling.kept.contactId;
      together(contactId, giver);
      Object.assign(ruling.kept, { usedBy: contactId, usedIn: externalId });
      addOnce(kernel.audit, [{ ...audit, detail: giver }]);
      return { kind: 'linked', contactId: giver };
    },
    async pruneCodes(now, day) {
      const before = codes.length;
      codes = codes.filter((one) => one.expiresAt > now);
      tries = new Map([...tries].filter(([, one]) => one.day >= day));
      return before - codes.length;
    },
    linked: async (id) =>
      groupOf(id)
        .filter((one) => one !== id && byId(one) !== undefined && byId(id) !== undefined)
        .sort(),
    async link(a, b, entry) {
      if (byId(a) === undefined || byId(b) === undefined) return false;
      together(a, b);
      addOnce(kernel.audit, [entry]);
      return true;
    },
    async unlink(id, entry) {
      if (groupOf(id).filter((one) => byId(one) !== undefined).length < 2) return false;
      persons = persons.map((ids) => ids.filter((one) => one !== id));
      addOnce(kernel.audit, [entry]);
      return true;
    },
    async find(names) {
      return names.flatMap((alias) => {
        const contactId = ownerOf(alias);
        return contactId === null ? [] : { ...alias, contactId };
      });
    },
    async kindsOf(contactId) {
      const theirs = [...owners.values()].filter((one) => one.contactId === contactId && byId(contactId) !== undefined);
      return [...new Set(theirs.map(({ alias }) => alias.kind))].sort();
    },
    async give(contactId, names) {
      if (byId(contactId) !== undefined) for (const alias of names) owners.set(keyOf(alias), { alias: copy(alias), contactId });
    },
    async move(contactId, externalId, entry) {
      const contact = byId(contactId);
      if (contact === undefined) return null;
      if (contact.externalId === externalId) return copy(contact);
      const { channel, accountId } = contact;
      const isThere = (c: Contact) => c.channel === channel && c.accountId === accountId && c.externalId === externalId;
      if (kernel.contacts().some(isThere)) return 'taken';
      contact.externalId = externalId;
      addOnce(kernel.audit, [entry]);
      return copy(contact);
    },
  };
}
