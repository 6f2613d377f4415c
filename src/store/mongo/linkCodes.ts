// Codes of the sub-port of names: kept as keyed hashes, used once, wrong guesses counted.
import type { ClientSession } from 'mongoose';
import type { IdentityStore } from '../../desk/identityPort.ts';
import { codeText } from '../aliasText.ts';
import type { MongoConnection } from './connection.ts';
import { lt, lte, oneOf } from './filters.ts';
import { createTrail } from './trail.ts';

/** @param together puts two contacts together, inside a transaction */
export function createLinkCodes(
  connection: MongoConnection,
  together: (contactId: string, otherId: string, session: ClientSession) => Promise<void>,
): Pick<IdentityStore, 'issueCode' | 'redeemCode' | 'pruneCodes'> {
  const { models, fields, atomic } = connection;
  const { linkCodes, linkTries, contacts } = models;
  const trail = createTrail(connection);
  const isThere = async (_id: string, session: ClientSession) => (await contacts.exists({ _id }).session(session)) !== null;

  return {
    issueCode: (contactId, code, expiresAt) =>
      atomic(async (session) => {
        if (!(await isThere(contactId, session))) return false;
        const _id = fields.blindIndexes(codeText(code))[0] ?? '';
        await linkCodes.deleteMany({ contactId }, { session });
        const doc = { _id, contactId, expiresAt, usedBy: null, usedIn: null };
        await linkCodes.insertMany([doc], { session, lean: true });
        return true;
      }),
    redeemCode: ({ code, contactId, externalId, day, maxTries, now, audit }) =>
      atomic(async (session) => {
        const hashes = fields.blindIndexes(codeText(code));
        const doc = await linkCodes.findOne({ _id: oneOf(hashes) }, null, { session }).lean();
        if (doc?.usedBy === contactId && doc.usedIn === externalId) return { kind: 'linked', contactId: doc.contactId };
        const today = await linkTries.findOne({ _id: contactId, day }, null, { session }).lean();
        const isRepeat = today?.lastIn === externalId;
        if (today !== null && today.count >= maxTries && !isRepeat) return { kind: 'muted' };
        if (!(await isThere(contactId, session))) return { kind: 'wrong' };
        const isAlive = doc !== null && doc.usedBy === null && doc.expiresAt > now && doc.contactId !== contactId;
        if (isRepeat || !isAlive) {
          const tried = { day, count: (today?.count ?? 0) + 1, lastIn: externalId };
          if (!isRepeat) await linkTries.updateOne({ _id: contactId }, { $set: tried }, { session, upsert: true });
          return { kind: 'wrong' };
        }
        await together(contactId, doc.contactId, session);
        await linkCodes.updateOne({ _id: doc._id }, { $set: { usedBy: contactId, usedIn: externalId } }, { session });
        await trail.audit([{ ...audit, detail: doc.contactId }], session);
        return { kind: 'linked', contactId: doc.contactId };
      }),
    pruneCodes: (now, day) =>
      atomic(async (session) => {
        await linkTries.deleteMany({ day: lt(day) }, { session });
        return (await linkCodes.deleteMany({ expiresAt: lte(now) }, { session })).deletedCount;
      }),
  };
}
