// Facts, audit entries and counts: written along with other changes, each at most once by its id.
import type { ClientSession } from 'mongoose';
import type { Asked } from '../../desk/knowledgePort.ts';
import type { AuditEntry, Fact } from '../../desk/storePort.ts';
import type { MongoConnection } from './connection.ts';
import { keyOf } from './records.ts';

export interface Trail {
  facts(facts: readonly Fact[], session: ClientSession): Promise<void>;
  audit(entries: readonly (AuditEntry | undefined)[], session: ClientSession): Promise<void>;
  /** Counts each fact once more. */
  asked(asked: Asked | undefined, session: ClientSession): Promise<void>;
}

/** @returns writers for use inside an atomic command. */
export function createTrail({ models, order }: MongoConnection): Trail {
  const once = <T extends { id: string }>({ id, ...rest }: T) => ({
    updateOne: { filter: { _id: id }, update: { $setOnInsert: { ...rest, n: order() } }, upsert: true },
  });
  return {
    async facts(facts, session) {
      if (facts.length > 0) await models.facts.bulkWrite(facts.map(once), { session });
    },
    async audit(entries, session) {
      const known = entries.filter((entry) => entry !== undefined);
      if (known.length > 0) await models.audit.bulkWrite(known.map(once), { session });
    },
    async asked(asked, session) {
      if (asked === undefined || asked.facts.length === 0) return;
      const { day } = asked;
      await models.asked.bulkWrite(
        asked.facts.map((fact) => ({
          updateOne: {
            filter: { _id: keyOf(day, fact) },
            update: { $inc: { count: 1 }, $setOnInsert: { day, fact } },
            upsert: true,
          },
        })),
        { session },
      );
    },
  };
}
