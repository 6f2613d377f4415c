// The sub-port of officers, their sessions and teams.
import type { ClientSession } from 'mongoose';
import type { Officer } from '../../contract/conversation.ts';
import type { OfficerStore } from '../../desk/storePort.ts';
import type { MongoConnection } from './connection.ts';
import type { Models } from './models.ts';
import { given } from './records.ts';
import { createTrail } from './trail.ts';

type OfficerDoc = Omit<Officer, 'id'> & { _id: string; passwordHash: string; n: number; createdAt: number };

export const toOfficer = ({ _id: id, passwordHash: _, n: __, createdAt: ___, ...rest }: OfficerDoc): Officer => ({ id, ...rest });

/** @returns an officer as one begins. */
export function newOfficer(officer: Pick<Officer, 'id' | 'name' | 'email' | 'role' | 'teamIds'>): Officer {
  const { id, name, email, role, teamIds } = officer;
  return { id, name, email, role, disabled: false, duty: 'off', lastInputAt: 0, lastSeenAt: 0, teamIds };
}

/** Whoever makes an officer changes this first: two who are both the first collide, and the slower one sees the other. */
export async function guardOfficers({ counters }: Models, session: ClientSession): Promise<void> {
  await counters.updateOne({ _id: 'officers' }, { $inc: { value: 1 } }, { upsert: true, session });
}

/** @returns the officers of the port. */
export function createOfficers(connection: MongoConnection): OfficerStore {
  const { models, run, atomic, order } = connection;
  const { officers, sessions, teams } = models;
  const trail = createTrail(connection);
  return {
    create: ({ passwordHash, now: createdAt, ...officer }, onlyFirst, audit) =>
      atomic(async (session) => {
        await guardOfficers(models, session);
        if (onlyFirst && (await officers.findOne({}, { _id: 1 }, { session }).lean()) !== null) return 'conflict';
        if ((await officers.exists({ email: officer.email }).session(session)) !== null) return 'duplicate';
        const { id: _id, ...made } = newOfficer(officer);
        await officers.insertMany([{ _id, ...made, passwordHash, createdAt, n: order() }], { session, lean: true });
        await trail.audit([audit], session);
        return { id: _id, ...made };
      }, 'officers'),
    get: (id) =>
      run(async () => {
        const doc = await officers.findById(id).lean();
        return doc && toOfficer(doc);
      }),
    byEmail: (email) =>
      run(async () => {
        const doc = await officers.findOne({ email }).lean();
        return doc && { officer: toOfficer(doc), passwordHash: doc.passwordHash };
      }),
    list: () => run(async () => (await officers.find().sort({ name: 1, n: 1 }).lean()).map(toOfficer)),
    update: (id, patch, audit) =>
      atomic(async (session) => {
        const doc = await officers.findById(id, null, { session }).lean();
        if (doc === null) return null;
        const set = given(patch);
        if (Object.keys(set).length > 0) await officers.updateOne({ _id: id }, { $set: set }, { session });
        await trail.audit([audit], session);
        return toOfficer({ ...doc, ...set });
      }),
    putSession: (hash, session) =>
      run(async () => void (await sessions.updateOne({ _id: hash }, { $set: { ...session } }, { upsert: true }))),
    session: (hash) =>
      run(async () => {
        const doc = await sessions.findById(hash).lean();
        if (doc === null) return null;
        const { officerId, createdAt, lastSeenAt, device } = doc;
        return { officerId, createdAt, lastSeenAt, device };
      }),
    endSessions: (which, audit) =>
      atomic(async (session) => {
        const filter = 'hash' in which ? { _id: which.hash } : { officerId: which.officerId };
        await sessions.deleteMany(filter, { session });
        await trail.audit([audit], session);
      }),
    teams: () => run(async () => (await teams.find().sort({ name: 1 }).lean()).map(({ _id: id, name }) => ({ id, name }))),
    putTeam: ({ id, name }, audit) =>
      atomic(async (session) => {
        const other = await teams.findOne({ name }, { _id: 1 }, { session }).lean();
        if (other !== null && other._id !== id) return 'duplicate';
        await teams.updateOne({ _id: id }, { $set: { name } }, { upsert: true, session });
        await trail.audit([audit], session);
        return { id, name };
      }),
  };
}
