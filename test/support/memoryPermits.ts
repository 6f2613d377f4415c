// The part of the memory model that is about permit files: the files, their history, imports, watches and counters.
import { createHash } from 'node:crypto';
import { isFinal, type PermitEvent, type PermitFile } from '../../src/contract/permit.ts';
import {
  FILES_PER_NUMBER,
  type News,
  type PermitBatch,
  type PermitReport,
  undoOf,
  type Watch,
} from '../../src/desk/permitPort.ts';
import { holderOf, isSomebodyElse, mergeReport } from '../../src/desk/permitReport.ts';
import type { AuditEntry, Store } from '../../src/desk/storePort.ts';
import { addOnce, copy } from './memoryOffice.ts';
import { page } from './memoryPage.ts';

type Entry = PermitEvent & { moved: boolean; file: PermitFile };
interface Kept {
  n: number;
  entries: Entry[];
  fetchedAt: number;
}

/** @returns the sub-ports `permits` and `permitWatches` over the given audit trail. */
export function createMemoryPermits(
  audit: AuditEntry[],
  hasContact: (id: string) => boolean,
): Pick<Store, 'permits' | 'permitWatches'> & { noteNews(news: News): boolean } {
  let kept: Kept[] = [];
  let n = 0;
  const batches: PermitBatch[] = [];
  let watches: (Watch & { told: number; overAt: number | null; ended: { number: string; isWrong: boolean } | null })[] = [];
  const tries = new Map<string, { count: number; until: number }>();

  const fileOf = (one: Kept): PermitFile => copy({ ...one.entries.at(-1)!.file, fetchedAt: one.fetchedAt });
  const eventOf = ({ moved: _, file: __, ...event }: Entry): PermitEvent => copy(event);
  const sinceOf = (file: PermitFile) => file.status.since ?? file.fetchedAt;
  const byId = (id: string) => kept.find((one) => fileOf(one).id === id);

  function endWatches(permitId: string, number: string, heard: number | null) {
    for (const w of watches) {
      if (w.permitId !== permitId || w.ended !== null) continue;
      if (heard !== null && w.told > heard) Object.assign(w, { ended: { number, isWrong: true }, overAt: null });
      else if (w.overAt === null) w.ended = { number, isWrong: false };
    }
    watches = watches.filter((w) => w.permitId !== permitId || w.overAt === null);
  }

  function noteNews({ watchId, event, overAt }: News): boolean {
    const w = watches.find(({ id }) => id === watchId);
    if (w === undefined || (event === null) !== (w.ended !== null)) return false;
    if (event === null) {
      watches = watches.filter((one) => one !== w);
      return true;
    }
    const stands = byId(w.permitId)?.entries.some((e) => e.n === event.n && e.batch === event.batch && e.moved) ?? false;
    if (!stands || w.overAt !== null || w.told >= event.n) return false;
    Object.assign(w, { told: event.n, overAt });
    return true;
  }

  function put(id: string, report: PermitReport, batch: string | null) {
    const one = kept.find((known) => fileOf(known).system === report.system && fileOf(known).number === report.number);
    const merged = mergeReport(one === undefined ? null : fileOf(one), report, one?.entries.at(-1)?.note ?? null);
    if (one !== undefined && merged.outcome === 'older') return { id: merged.file.id, outcome: merged.outcome };
    if (one !== undefined && merged.outcome === 'same') {
      one.fetchedAt = report.fetchedAt;
      return { id: merged.file.id, outcome: merged.outcome };
    }
    const file = copy({ ...merged.file, id: one === undefined ? id : merged.file.id });
    n += 1;
    const { note } = report;
    const { fetchedAt } = file;
    const entry = { n, batch, fetchedAt, note, ...file.status, moved: merged.moved, file };
    if (one === undefined) kept.push({ n, entries: [entry], fetchedAt });
    else {
      one.entries.push(entry);
      one.fetchedAt = fetchedAt;
      const before = one.entries.at(-2)!.file;
      if (isSomebodyElse(before.person, file.person)) endWatches(file.id, file.number, null);
    }
    return { id: file.id, outcome: merged.outcome };
  }

  return {
    noteNews,
    permits: {
      put: async (reports, batch) => reports.map(({ id, report }) => put(id, copy(report), batch)),
      async find(number) {
        const found = kept.map(fileOf).filter((file) => [file.number, ...file.otherNumbers].includes(number));
        return found.reverse().slice(0, FILES_PER_NUMBER);
      },
      async get(id, look) {
        if (look !== undefined) addOnce(audit, [look]);
        const one = byId(id);
        if (one === undefined) return null;
        const file = fileOf(one);
        return { file, events: one.entries.map(eventOf), holder: createHash('sha256').update(holderOf(file)).digest('hex') };
      },
      async waiting(cursor, limit) {
        const waits = kept.filter((one) => fileOf(one).status.turn === 'applicant');
        const found = page(waits, (one) => [sinceOf(one.entries.at(-1)!.file), one.n], cursor, limit);
        return { ...found, rows: found.rows.map(fileOf) };
      },
      isEmpty: async () => kept.length === 0,
      async putBatch(batch, entry) {
        const known = batches.find(({ id }) => id === batch.id);
        if (known === undefined) batches.push(copy(batch));
        else Object.assign(known, batch, { at: known.at, by: known.by, system: known.system });
        if (entry !== null) addOnce(audit, [entry]);
      },
      batches: async (limit) => copy(batches.slice().reverse().slice(0, limit)),
      async undo(batch, limit) {
        const brought = kept.flatMap((one) =>
          one.entries.filter((entry) => entry.batch === batch).map((entry) => ({ one, entry })),
        );
        const taken = brought.sort((a, b) => b.entry.n - a.entry.n).slice(0, limit);
        for (const { one, entry } of taken) {
          const { id, number, person } = fileOf(one);
          one.entries = one.entries.filter((other) => other !== entry);
          one.fetchedAt = one.entries.at(-1)?.fetchedAt ?? 0;
          const before = one.entries.at(-1);
          const standing = one.entries.findLast((e) => e.batch !== batch)?.n ?? 0;
          if (before === undefined) endWatches(id, number, 0);
          else if (isSomebodyElse(person, before.file.person)) endWatches(id, number, entry.moved ? standing : null);
          const isWrong = watches.some((w) => w.permitId === id && w.ended === null && before !== undefined && w.told > before.n);
          n += 1;
          if (before && isWrong && entry.moved && before.batch !== batch) {
            const heard = one.entries.findLast(({ moved }) => moved)?.n ?? before.n;
            for (const w of watches) {
              if (w.permitId !== id) continue;
              if (w.told > before.n) w.overAt = null;
              else if (w.told >= heard) w.told = n;
            }
            one.entries.push({ ...copy(before), n, batch: undoOf(batch), moved: true });
          }
        }
        kept = kept.filter((one) => one.entries.length > 0);
        return taken.length;
      },
      async purge(endedBefore, heardBefore, limit) {
        const isOld = (one: Kept) => {
          const file = fileOf(one);
          return (isFinal(file.status.stage) && sinceOf(one.entries.at(-1)!.file) < endedBefore) || file.fetchedAt < heardBefore;
        };
        const gone = kept.filter(isOld).slice(0, limit);
        kept = kept.filter((one) => !gone.includes(one));
        return gone.length;
      },
      rekey: async (after, limit) =>
        kept
          .filter((one) => one.n > after)
          .slice(0, limit)
          .at(-1)?.n ?? null,
    },
    permitWatches: {
      async spend(keys, now) {
        const counts = keys.map(({ key }) => {
          const known = tries.get(key);
          return known !== undefined && known.until > now ? known.count : 0;
        });
        const reached = keys.findIndex(({ limit }, at) => counts[at]! >= limit);
        keys.forEach(({ key, until }, at) => {
          tries.set(key, { count: counts[at]! + (reached === -1 ? 1 : 0), until });
        });
        return reached === -1 ? null : reached;
      },
      async tries(key, now) {
        const known = tries.get(key);
        return known !== undefined && known.until > now ? known.count : 0;
      },
      async watch(watch) {
        const one = byId(watch.permitId);
        const isThis = (w: Watch) => w.contactId === watch.contactId && w.permitId === watch.permitId;
        if (one === undefined || watches.some((w) => isThis(w) && w.overAt === null && w.ended === null)) return;
        watches = [
          ...watches.filter((w) => !isThis(w)),
          { ...copy(watch), told: one.entries.at(-1)!.n, overAt: null, ended: null },
        ];
      },
      watches: async (contactId) =>
        copy(
          watches.filter(
            (w) =>
              w.contactId === contactId && w.overAt === null && w.ended === null && hasContact(contactId) && byId(w.permitId),
          ),
        )
          .map(({ told: _, overAt: __, ended: ___, ...watch }) => watch)
          .sort((a, b) => (a.id < b.id ? -1 : 1)),
      async unwatch(contactId, permitId) {
        const isMeant = (w: Watch) => w.contactId === contactId && (permitId === null || w.permitId === permitId);
        const count = watches.filter((w) => isMeant(w) && w.overAt === null).length;
        watches = watches.filter((w) => !isMeant(w));
        return count;
      },
      async due(after, limit) {
        const due = watches.flatMap(({ told, overAt, ended, ...watch }) => {
          if (overAt !== null || ended !== null) return [];
          const one = byId(watch.permitId);
          const next = one?.entries.find((entry) => entry.n > told && entry.moved);
          const isLater = after === null || watch.id > after;
          return one && next && isLater && hasContact(watch.contactId)
            ? [{ ...watch, event: eventOf(next), file: fileOf(one) }]
            : [];
        });
        return due.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
      },
      async ended(after, limit) {
        const found = watches.flatMap(({ id, contactId, ended }) =>
          ended !== null && hasContact(contactId) && (after === null || id > after) ? [{ id, contactId, ...ended }] : [],
        );
        return found.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
      },
      async watched(after, limit) {
        const found = watches.flatMap(({ id, permitId, contactId, overAt, ended }) => {
          if (overAt !== null || ended !== null) return [];
          const one = byId(permitId);
          return one && (after === null || id > after) && hasContact(contactId) ? [{ id, file: fileOf(one) }] : [];
        });
        return found.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
      },
      async told(id, event, overAt) {
        for (const w of watches) if (w.id === id) Object.assign(w, { told: Math.max(w.told, event), overAt: overAt ?? w.overAt });
      },
      async prune(now, overBefore) {
        for (const w of watches) if (w.ended !== null) w.overAt ??= now;
        watches = watches.filter(({ overAt }) => overAt === null || overAt >= overBefore);
        for (const [key, { until }] of tries) if (until <= now) tries.delete(key);
      },
    },
  };
}
