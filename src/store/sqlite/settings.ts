// The sub-port of settings and of the audit trail.
import type { AuditEntry, SettingStore } from '../../desk/storePort.ts';
import type { Connection } from './connection.ts';
import { createTrail } from './trail.ts';

/** @returns the settings of the port. Values are kept as JSON. */
export function createSettings({ db, read, write }: Connection): SettingStore {
  const trail = createTrail(db);
  const byKey = db.prepare<[string], { value: string; version: number }>('SELECT value, version FROM settings WHERE key = ?');
  const put = db.prepare<[string, string, number]>('INSERT OR REPLACE INTO settings (key, value, version) VALUES (?, ?, ?)');
  const audit = db.prepare<[number], AuditEntry>(
    'SELECT id, at, actor, action, subject, detail FROM audit ORDER BY n DESC LIMIT ?',
  );
  return {
    get: (key) =>
      read(() => {
        const found = byKey.get(key);
        return found === undefined ? null : { value: JSON.parse(found.value) as unknown, version: found.version };
      }),
    put: (key, value, version, entry) =>
      write(() => {
        if ((byKey.get(key)?.version ?? 0) !== version) return 'conflict';
        put.run(key, JSON.stringify(value), version + 1);
        trail.audit([entry]);
        return { version: version + 1 };
      }),
    audit: (limit) => read(() => audit.all(limit)),
  };
}
