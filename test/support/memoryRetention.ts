// The retention part of the store in memory.
import type { RetentionStore } from '../../src/desk/retentionPort.ts';
import type { AuditEntry } from '../../src/desk/storePort.ts';

interface Parts {
  ids(): string[];
  isIdle(contactId: string, before: number): boolean;
  audit: AuditEntry[];
}

export function createMemoryRetention({ ids, isIdle, audit }: Parts): RetentionStore {
  return {
    async idleContacts(before, after, limit) {
      const looked = ids()
        .sort()
        .filter((id) => after === null || id > after)
        .slice(0, limit);
      return { ids: looked.filter((id) => isIdle(id, before)), last: looked.length < limit ? null : (looked.at(-1) ?? null) };
    },
    async forgetAudit(before, limit) {
      const old = audit.slice(0, limit).filter(({ at }) => at < before);
      for (const entry of old) audit.splice(audit.indexOf(entry), 1);
      return old.length;
    },
  };
}
