// Finding contacts by name and number: names are encrypted, so the index holds keyed hashes of the desk's tokens.
import type { ContactStore } from '../../desk/storePort.ts';
import type { MongoConnection } from './connection.ts';
import { isSet, lt, oneOf } from './filters.ts';
import { teamFilter } from './lists.ts';
import { toContact } from './records.ts';

/** Rows of one write. */
const CHUNK = 50;
/** Contacts looked at in one go. */
const BATCH = 50;
/** 66 bits of the hash: enough that two words never meet, and half the index. Characters. */
const hashLength = 11;

/** @returns the part of the contacts sub-port that keeps and asks the index of names. */
export function createContactIndex({ models, fields, run }: MongoConnection): Pick<ContactStore, 'stale' | 'index' | 'search'> {
  const { contacts, conversations } = models;
  const blind = (token: string): string[] => fields.blindIndexes(`token:${token}`).map((hash) => hash.slice(0, hashLength));

  return {
    stale: (version, limit) =>
      run(async () => {
        const old = await contacts
          .find({ tokensVersion: lt(version) })
          .sort({ tokensVersion: 1, n: 1 })
          .limit(limit)
          .lean();
        return old.map((doc) => toContact(doc, fields)).map(({ id, name, phone }) => ({ id, name, phone }));
      }),
    index: (rows) =>
      run(async () => {
        for (let from = 0; from < rows.length; from += CHUNK)
          await contacts.bulkWrite(
            rows.slice(from, from + CHUNK).map(({ id, version: tokensVersion, tokens }) => ({
              updateOne: {
                filter: { _id: id },
                update: { $set: { tokensVersion, tokens: [...new Set(tokens.map((token) => blind(token)[0] ?? ''))] } },
              },
            })),
            { ordered: false },
          );
      }),
    search: (tokens, teamIds, limit) =>
      run(async () => {
        if (tokens.length === 0) return [];
        const words = { $and: tokens.map((token) => ({ tokens: oneOf(blind(token)) })) };
        const found = [];
        for (let before = Number.MAX_SAFE_INTEGER; found.length < limit; ) {
          const batch = await contacts
            .find({ ...words, n: lt(before) })
            .sort({ n: -1 })
            .limit(BATCH)
            .lean();
          const theirs = { contactId: oneOf(batch.map(({ _id }) => _id)), lastInboundAt: isSet(), ...teamFilter(teamIds) };
          const readable = new Set((await conversations.find(theirs, { contactId: 1 }).lean()).map(({ contactId }) => contactId));
          found.push(...batch.filter(({ _id }) => readable.has(_id)));
          if (batch.length < BATCH) break;
          before = batch.at(-1)?.n ?? 0;
        }
        return found.slice(0, limit).map((doc) => toContact(doc, fields));
      }),
  };
}
