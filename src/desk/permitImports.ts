// The verbs of importing exports: files in hand live in memory, a run goes on by itself, one at a time, and can be taken back.
import type { Officer } from '../contract/conversation.ts';
import { LoketError } from '../contract/errors.ts';
import type { ImportPreview, Mapping, PermitBatchView, PermitImport } from '../contract/permitImport.ts';
import type { DeskContext } from './context.ts';
import { newId } from './ids.ts';
import { inTurn } from './nodes.ts';
import type { ImportFrame, PermitImporter } from './permitImportPort.ts';
import { loadMappings, rememberMapping } from './permitMappings.ts';
import type { PermitBatch } from './permitPort.ts';
import type { Refused, Result } from './result.ts';

export interface PermitImportVerbs {
  /** @param read called only once the caller is known to be allowed. `madeAt`: when the export was saved, epoch ms; null: now */
  uploadPermits(
    by: Officer,
    read: () => Promise<{ name: string; madeAt: number | null; bytes: Uint8Array }>,
  ): Promise<Result<{ import: PermitImport; preview: ImportPreview }>>;
  permitImports(by: Officer): Promise<Result<{ imports: PermitImport[] }>>;
  permitImport(by: Officer, id: string): Promise<Result<{ import: PermitImport }>>;
  previewPermits(
    by: Officer,
    id: string,
    wish: { mapping?: Mapping | undefined; sheet?: string | undefined },
  ): Promise<Result<{ preview: ImportPreview }>>;
  /** Begins a check or a run; `conflict` while another is under way. */
  runPermits(by: Officer, id: string, order: { mapping: Mapping; dryRun: boolean }): Promise<Result<{ import: PermitImport }>>;
  /** Lets go of the file; a run ends after the rows in hand. */
  dropPermits(by: Officer, id: string): Promise<Result<object>>;
  permitBatches(by: Officer, limit: number): Promise<Result<{ batches: PermitBatchView[] }>>;
  /** Begins to take a batch back. */
  undoPermits(by: Officer, id: string): Promise<Result<{ batch: PermitBatchView }>>;
}

interface Held {
  view: PermitImport;
  bytes: Uint8Array;
  madeAt: number;
  usedAt: number;
  abort: AbortController;
}

const HOLD_MS = 3_600_000;
/** All files in hand together. */
const MOST_FILES = 4;
/** Names what one node does at a time. */
const LEASE = 'permit-import';
/** A batch that can be undone is among the newest of these. */
const MOST_BATCHES = 500;
const counts = { rows: 0, added: 0, changed: 0, same: 0, older: 0, refused: 0, problems: [], batch: null, error: null };
const away: Refused = { ok: false, code: 'failed', message: 'Impor tidak tersedia di server ini.' };
const gone: Refused = { ok: false, code: 'not-found', message: 'Berkas ini sudah dilepas. Unggah lagi.' };
const busy: Refused = { ok: false, code: 'conflict', message: 'Impor lain sedang berjalan. Tunggu sampai selesai.' };

type Parts = Pick<DeskContext, 'store' | 'clock' | 'log' | 'permits' | 'timeZone' | 'isOnlyNode' | 'leases'> & {
  importer?: PermitImporter;
};

/** @returns the verbs; `mend` marks imports that died with the last process, `stop` ends a run after the rows in hand */
export function createPermitImports(desk: Parts): PermitImportVerbs & { mend(): Promise<void>; stop(): Promise<void> } {
  const { store, clock, importer } = desk;
  const held = new Map<string, Held>();
  /** What is under way: the id of a file or of a batch that is being undone. */
  let running: { id: string; work: Promise<void> } | null = null;
  /** Aborted when the server stops. */
  const ending = new AbortController();

  function frameFor({ madeAt }: Held): ImportFrame {
    const { patterns, reasons } = desk.permits.settings();
    const keys = new Set(reasons.map(({ key }) => key));
    return { patterns, reasons: keys, fetchedAt: madeAt, offsetMinutes: offsetOf(desk.timeZone, madeAt) };
  }

  /** Lets go of the files nobody used for an hour, and of those that `isOver` names. */
  function letGo(isOver: (one: Held) => boolean = () => false): void {
    for (const [id, one] of held) if (running?.id !== id && (clock.now() - one.usedAt > HOLD_MS || isOver(one))) held.delete(id);
  }

  function find(id: string): Held | undefined {
    letGo();
    const one = held.get(id);
    if (one !== undefined) one.usedAt = clock.now();
    return one;
  }

  /** With several nodes in its turn: what is running when it comes belongs to a node that died. */
  async function alone(work: () => Promise<void>, abort?: AbortController): Promise<void> {
    if (desk.leases === undefined) return work();
    const { signal } = abort ?? ending;
    // Without one it is harmless beside another's.
    return inTurn(desk.leases, LEASE, { signal, lost: () => abort?.abort() }, async () => {
      await markDead();
      await work();
    });
  }

  /** What the command imports beside the server is not this server's to judge. */
  async function markDead(): Promise<void> {
    for (const batch of await store.permits.batches(MOST_BATCHES))
      if (batch.state === 'running' && batch.by !== 'system') await store.permits.putBatch({ ...batch, state: 'stopped' }, null);
  }

  /** Runs one long work; what fails in it is told on the import, and in the log when nobody foresaw it. */
  function begin(id: string, work: () => Promise<void>, failed: (sentence: string) => void): void {
    const done = work().catch((error: unknown) => {
      const isForeseen = error instanceof LoketError;
      if (!isForeseen) desk.log.error({ import: id, cause: error instanceof Error ? error.name : typeof error }, 'import failed');
      failed(isForeseen ? error.message : 'Impor berhenti karena gangguan. Ulangi; baris yang sudah masuk tidak menjadi dua.');
    });
    running = { id, work: done.finally(() => (running = null)) };
  }

  async function run(one: Held, by: Officer, { mapping, dryRun }: { mapping: Mapping; dryRun: boolean }): Promise<void> {
    const { view } = one;
    const result = await (importer as PermitImporter).run(one.bytes, {
      mapping,
      frame: frameFor(one),
      permits: dryRun ? null : store.permits,
      by: by.id,
      now: clock.now(),
      signal: one.abort.signal,
      onProgress: (progress) => Object.assign(view, progress),
    });
    const isCut = one.abort.signal.aborted;
    if (!dryRun) await desk.permits.load();
    if (!dryRun && !isCut) await rememberMapping(store.settings, mapping, by.id, clock.now());
    Object.assign(view, result, { state: isCut ? 'failed' : dryRun ? 'checked' : 'done', total: isCut ? null : result.rows });
    if (isCut) view.error = 'Impor dihentikan. Yang sudah masuk dapat dibatalkan dari daftar impor.';
    one.usedAt = clock.now();
  }

  const showBatch = (batch: PermitBatch): PermitBatchView => (running?.id === batch.id ? { ...batch, state: 'undoing' } : batch);

  return {
    async uploadPermits(by, read) {
      if (importer === undefined) return away;
      letGo(({ view }) => view.by === by.id);
      if (held.size >= MOST_FILES)
        return { ok: false, code: 'overloaded', message: 'Terlalu banyak berkas impor. Lepas salah satu.' };
      const { name, madeAt, bytes: content } = await read();
      const now = clock.now();
      const format = importer.formatOf(content);
      const id = newId('u');
      const about = { id, by: by.id, name, format, size: content.byteLength };
      const view: PermitImport = { ...about, ...counts, state: 'ready', total: null };
      const one: Held = { view, bytes: content, madeAt: Math.min(madeAt ?? now, now), usedAt: now, abort: new AbortController() };
      const known = await loadMappings(store.settings);
      const preview = await importer.look(content, { mapping: null, sheet: null, known }, frameFor(one));
      held.set(id, one);
      return { ok: true, import: view, preview };
    },

    async permitImports(_by) {
      letGo();
      return { ok: true, imports: [...held.values()].map(({ view }) => ({ ...view })) };
    },

    async permitImport(_by, id) {
      const one = find(id);
      return one === undefined ? gone : { ok: true, import: { ...one.view } };
    },

    async previewPermits(_by, id, { mapping = null, sheet = null }: { mapping?: Mapping | null; sheet?: string | null }) {
      const one = find(id);
      if (one === undefined || importer === undefined) return gone;
      const known = await loadMappings(store.settings);
      return { ok: true, preview: await importer.look(one.bytes, { mapping, sheet, known }, frameFor(one)) };
    },

    async runPermits(by, id, order) {
      const one = find(id);
      if (one === undefined || importer === undefined) return gone;
      if (running !== null) return busy;
      Object.assign(one.view, counts, { problems: [], state: order.dryRun ? 'checking' : 'running' });
      begin(
        id,
        () => alone(() => run(one, by, order), one.abort),
        (error) => Object.assign(one.view, { state: 'failed', error }),
      );
      return { ok: true, import: { ...one.view } };
    },

    async dropPermits(_by, id) {
      const one = find(id);
      if (one === undefined) return gone;
      one.abort.abort();
      held.delete(id);
      return { ok: true };
    },

    permitBatches: async (_by, limit) => ({ ok: true, batches: (await store.permits.batches(limit)).map(showBatch) }),

    async undoPermits(by, id) {
      const batch = (await store.permits.batches(MOST_BATCHES)).find((one) => one.id === id);
      if (batch === undefined || importer === undefined)
        return { ok: false, code: 'not-found', message: 'Impor ini tidak ada lagi.' };
      if (running !== null) return busy;
      if (batch.state === 'undone') return { ok: true, batch };
      const undo = async () => {
        await importer.undo(store.permits, batch, by.id, clock.now());
        await desk.permits.load();
      };
      begin(
        id,
        () => alone(undo),
        () => {},
      );
      return { ok: true, batch: showBatch(batch) };
    },

    async mend() {
      if (desk.isOnlyNode) return markDead();
      // Once nobody imports any more; as several nodes see one die, this may be done already.
      if (desk.leases !== undefined) await alone(async () => {});
    },

    async stop() {
      ending.abort();
      for (const { abort } of held.values()) abort.abort();
      await running?.work;
    },
  };
}

/** @returns how far the zone's clock is ahead of UTC at this moment; minutes. */
export function offsetOf(timeZone: string, at: number): number {
  const name =
    new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
