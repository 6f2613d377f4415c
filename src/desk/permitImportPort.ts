// What the desk needs of whoever reads exports (permits/import): tell the format, look, run, take back.
import type { ImportPreview, Mapping, PermitImport } from '../contract/permitImport.ts';
import type { NumberPattern } from './permitPattern.ts';
import type { PermitBatch, PermitStore } from './permitPort.ts';

/** What stays the same for all rows of a file. */
export interface ImportFrame {
  patterns: readonly NumberPattern[];
  /** Keys of the office's standard return reasons. */
  reasons: ReadonlySet<string>;
  /** When the export was made; epoch ms. */
  fetchedAt: number;
  /** Minutes the office's clock is ahead of UTC. */
  offsetMinutes: number;
}

export type ImportCounts = Pick<PermitImport, 'batch' | 'rows' | 'added' | 'changed' | 'same' | 'older' | 'refused' | 'problems'>;

export interface ImportRun {
  mapping: Mapping;
  frame: ImportFrame;
  /** Null: a dry run, nothing is written. */
  permits: PermitStore | null;
  /** Officer id, or `system`. */
  by: string;
  now: number;
  /** Ends it after the lot in hand; what is written stays. */
  signal?: AbortSignal;
  /** Called after every lot with the counts so far. */
  onProgress?: (counts: ImportCounts) => void;
}

/** All but `formatOf` let messages through while they work. Each throws LoketError `invalid` with a sentence for the officer. */
export interface PermitImporter {
  formatOf(bytes: Uint8Array): PermitImport['format'];
  /** The first rows; with no mapping one is proposed: the first of `known` whose columns are all there, else by their names. */
  look(
    bytes: Uint8Array,
    wish: { mapping: Mapping | null; sheet: string | null; known?: readonly Mapping[] },
    frame: ImportFrame,
  ): Promise<ImportPreview>;
  run(bytes: Uint8Array, run: ImportRun): Promise<ImportCounts>;
  /** @returns how many entries went */
  undo(permits: PermitStore, batch: PermitBatch, by: string, now: number): Promise<number>;
}
