// The sub-port of ways in: sessions as lists, and invitations.
import type { Invitation, LoginStore } from '../../desk/storePort.ts';
import type { MongoConnection } from './connection.ts';
import { gt, lt, lte } from './filters.ts';
import { guardOfficers, newOfficer } from './officers.ts';
import { createTrail } from './trail.ts';

type InvitationDoc = Omit<Invitation, 'id'> & { _id: string; hash: string; n: number };
const toInvitation = ({ _id: id, hash: _, n: __, ...rest }: InvitationDoc): Invitation => ({ id, ...rest });

/** @returns the ways in of the port. */
export function createLogins(connection: MongoConnection): LoginStore {
  const { models, run, atomic, order } = connection;
  const { sessions, invitations, officers } = models;
  const trail = createTrail(connection);
  return {
    sessions: (officerId) =>
      run(async () => {
        const found = await sessions.find({ officerId }).sort({ lastSeenAt: -1, _id: 1 }).lean();
        return found.map(({ _id: hash, ...rest }) => ({ hash, ...rest }));
      }),
    touch: (hash, at) => run(async () => void (await sessions.updateOne({ _id: hash }, { $set: { lastSeenAt: at } }))),
    clean: ({ lastSeenBefore, createdBefore, now }) =>
      run(async () => {
        const unused = await sessions.deleteMany({ lastSeenAt: lt(lastSeenBefore) });
        const old = await sessions.deleteMany({ createdAt: lt(createdBefore) });
        const over = await invitations.deleteMany({ expiresAt: lte(now) });
        return unused.deletedCount + old.deletedCount + over.deletedCount;
      }),
    invite: ({ id, ...invitation }, hash, audit) =>
      atomic(async (session) => {
        await guardOfficers(models, session);
        if ((await officers.exists({ email: invitation.email }).session(session)) !== null) return 'duplicate';
        await invitations.deleteMany({ email: invitation.email }, { session });
        await invitations.insertMany([{ _id: id, ...invitation, hash, n: order() }], { session, lean: true });
        await trail.audit([audit], session);
        return 'ok';
      }),
    invitations: (now) =>
      run(async () => {
        const open = await invitations.find({ expiresAt: gt(now) }).lean();
        return open.sort((a, b) => b.createdAt - a.createdAt || b.n - a.n).map(toInvitation);
      }),
    invitation: (hash, now) =>
      run(async () => {
        const doc = await invitations.findOne({ hash, expiresAt: gt(now) }).lean();
        return doc && toInvitation(doc);
      }),
    withdraw: (invitationId, audit) =>
      atomic(async (session) => {
        if ((await invitations.deleteOne({ _id: invitationId }, { session })).deletedCount === 0) return false;
        await trail.audit([audit], session);
        return true;
      }),
    redeem: (hash, { id, name, passwordHash }, now, audit) =>
      atomic(async (session) => {
        await guardOfficers(models, session);
        const doc = await invitations.findOne({ hash, expiresAt: gt(now) }, null, { session }).lean();
        if (doc === null) return 'gone';
        const { email, role, teamIds } = doc;
        if ((await officers.exists({ email }).session(session)) !== null) return 'duplicate';
        const { id: _id, ...made } = newOfficer({ id, name, email, role, teamIds });
        await officers.insertMany([{ _id, ...made, passwordHash, createdAt: now, n: order() }], { session, lean: true });
        await invitations.deleteOne({ _id: doc._id }, { session });
        await trail.audit([audit], session);
        return { id, ...made };
      }, 'officers'),
  };
}
