// The sub-port of settings and of the audit trail.
import type { ClientSession } from 'mongoose';
import type { AuditEntry, SettingStore } from '../../desk/storePort.ts';
import type { MongoConnection } from './connection.ts';
import { Overtaken } from './errors.ts';
import { createTrail } from './trail.ts';

/** @returns the settings of the port. Values are kept as JSON: their keys are the desk's, and may be any text. */
export function createSettings(connection: MongoConnection): SettingStore {
  const { models, run, atomic } = connection;
  const { settings } = models;
  const trail = createTrail(connection);
  return {
    get: (key) =>
      run(async () => {
        const doc = await settings.findById(key).lean();
        return doc && { value: JSON.parse(doc.value) as unknown, version: doc.version };
      }),
    put: (key, value, version, entry) => atomic((session) => put({ key, value, version, entry }, session), `setting:${key}`),
    audit: (limit) =>
      run(async () => {
        const found = await models.audit.find().sort({ n: -1 }).limit(limit).lean();
        return found.map(({ _id: id, n: _, ...entry }) => ({ id, ...entry }));
      }),
  };

  async function put(change: Change, session: ClientSession): Promise<{ version: number } | 'conflict'> {
    const { key, value, version, entry } = change;
    const known = await settings.findById(key, { version: 1 }, { session }).lean();
    if ((known?.version ?? 0) !== version) return 'conflict';
    const next = { value: JSON.stringify(value), version: version + 1 };
    if (known === null) await settings.insertMany([{ _id: key, ...next }], { session, lean: true });
    else {
      const written = await settings.updateOne({ _id: key, version }, { $set: next }, { session });
      if (written.matchedCount !== 1) throw new Overtaken();
    }
    await trail.audit([entry], session);
    return { version: next.version };
  }
}

interface Change {
  key: string;
  value: unknown;
  version: number;
  entry: AuditEntry;
}
