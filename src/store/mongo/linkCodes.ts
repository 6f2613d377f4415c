// Codes of the sub-port of names: kept as keyed hashes, used once, wrong guesses counted.
import type { ClientSession } from 'mongoose';
import type { IdentityStore } from '../../desk/identityPort.ts';
import { ruleOnCode } from '../../desk/linkCodeRule.ts';
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
    redeemCode: (given) =>
      atomic(async (session) => {
        const { contactId, externalId, day, audit } = given;
        const hashes = fields.blindIndexes(codeText(given.code));
        const kept = await linkCodes.findOne({ _id: oneOf(hashes) }, null, { session }).lean();
        const today = await linkTries.findOne({ _id: contactId, day }, null, { session }).lean();
        const ruling = ruleOnCode(given, kept, today);
        if (ruling.do === 'tell') return ruling.answer;
        if (!(await isThere(contactId, session))) return { kind: 'wrong' };
        if (ruling.do === 'count') {
          const tried = { day, count: ruling.count, lastIn: externalId };
          await linkTries.updateOne({ _id: contactId }, { $set: tried }, { session, upsert: true });
          return { kind: 'wrong' };
        }
        const giver = ruling.kept.contactId;
        await together(contactId, giver, session);
        await linkCodes.updateOne({ _id: ruling.kept._id }, { $set: { usedBy: contactId, usedIn: externalId } }, { session });
        await trail.audit([{ ...audit, detail: giver }], session);
        return { kind: 'linked', contactId: giver };
      }),
    pruneCodes: (now, day) =>
      atomic(async (session) => {
        await linkTries.deleteMany({ day: lt(day) }, { session });
        return (await linkCodes.deleteMany({ expiresAt: lte(now) }, { session })).deletedCount;
      }),
  };
}
