// Facts and audit entries: written along with other changes, each at most once by its id.
import type { Database } from 'better-sqlite3';
import type { AuditEntry, Fact } from '../../desk/storePort.ts';

export interface Trail {
  facts(facts: readonly Fact[]): void;
  audit(entries: readonly AuditEntry[]): void;
}

/** @returns writers for use inside a write command. */
export function createTrail(db: Database): Trail {
  const addFact = db.prepare('INSERT INTO facts (id, kind, at, value) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING');
  const addEntry = db.prepare(
    'INSERT INTO audit (id, at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  return {
    facts(facts) {
      for (const { id, kind, at, value } of facts) addFact.run(id, kind, at, value);
    },
    audit(entries) {
      for (const { id, at, actor, action, subject, detail } of entries) addEntry.run(id, at, actor, action, subject, detail);
    },
  };
}
