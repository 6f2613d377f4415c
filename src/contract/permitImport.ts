// The import of permit files as server and console know it: which column means what, a first look at a file, how far a run is.
import { z } from 'zod';
import { type PermitSystem, permitSystemSchema } from './permit.ts';
import { fileNameHeader } from './workplace.ts';

/** Names of the tables that read status codes (permits/timeline/codes.ts). */
const codeTableNames = ['oss', 'oss-simbg', 'simbg'] as const;
export type CodeTable = (typeof codeTableNames)[number];

const column = z.string().trim().min(1).max(80);

/** Which column of an export means what, written once by the office for each source. */
export const mappingSchema = z.strictObject({
  system: permitSystemSchema,
  /** Which table reads the status codes; left out: only words are read. */
  codes: z.enum(codeTableNames).nullable().default(null),
  /** Of a CSV; a workbook has none. */
  delimiter: z.enum([',', ';', '\t', '|']).default(','),
  /** Of a workbook: the sheet's name; null is the first one. */
  sheet: z.string().min(1).max(60).nullable().default(null),
  /** How dates are written. Times of day are local to the office. Date cells of a workbook need no spelling. */
  dates: z.enum(['YYYY-MM-DD', 'DD/MM/YYYY', 'DD-MM-YYYY']).default('YYYY-MM-DD'),
  /** Service for every row, when no column tells it. */
  service: z.string().trim().max(60).nullable().default(null),
  columns: z.strictObject({
    number: column,
    otherNumbers: z.array(column).max(4).default([]),
    service: column.optional(),
    statusCode: column.optional(),
    statusText: column.optional(),
    /** Key of a standard return reason. */
    reason: column.optional(),
    note: column.optional(),
    since: column.optional(),
    submitted: column.optional(),
    name: column.optional(),
    phone: column.optional(),
    nik: column.optional(),
  }),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** One thing that is wrong with a row. Never quotes what stood there. */
export interface RowProblem {
  /** Of the file, the header is line 1. */
  line: number;
  column: string;
  problem: string;
}

/** A first look at a file: what its columns are called and hold, what they probably mean, and what is wrong with its first rows. */
export interface ImportPreview {
  /** Names of the sheets; empty for a CSV. */
  sheets: string[];
  headers: string[];
  /** The first rows by column, personal numbers masked. */
  rows: string[][];
  /** As given, else the last one used that fits, else proposed from the names of the columns; null when no column looks like a number of files. */
  mapping: Mapping | null;
  /** Of the first rows only; a check looks at all. */
  problems: RowProblem[];
}

/**
 * `ready`: looked at, nothing done · `checking` → `checked`: a dry run · `running` → `done` · `failed`: `error` says why; what was
 * written before stays, and the same file may be imported again.
 */
export type ImportState = 'ready' | 'checking' | 'checked' | 'running' | 'done' | 'failed';

/** One uploaded file. It lives in the memory of the server, for an hour after it was last used, and is gone after a restart. */
export interface PermitImport {
  id: string;
  by: string;
  name: string;
  format: 'csv' | 'xlsx';
  /** Bytes. */
  size: number;
  state: ImportState;
  /** Rows of the last whole check or run: what `rows` will reach; null before. */
  total: number | null;
  rows: number;
  added: number;
  changed: number;
  same: number;
  older: number;
  refused: number;
  /** The first 200; `refused` counts all rows. */
  problems: RowProblem[];
  /** The batch it wrote, for undo. */
  batch: string | null;
  error: string | null;
}

/** One import on record. `stopped`: the server ended in the middle of it · `undoing`: being taken back. */
export interface PermitBatchView {
  id: string;
  at: number;
  /** Officer id, or `system` for the command. */
  by: string;
  system: PermitSystem | null;
  rows: number;
  added: number;
  changed: number;
  refused: number;
  state: 'running' | 'stopped' | 'done' | 'undoing' | 'undone';
}

/** `POST /api/permits/imports/:id/preview`: with a mapping of one's own, else one is proposed. */
export const previewBody = z.object({ mapping: mappingSchema.optional(), sheet: z.string().min(1).max(60).optional() });
/** `POST /api/permits/imports/:id/run`. */
export const runBody = z.object({ mapping: mappingSchema, dryRun: z.boolean() });
/** `GET /api/permits/batches`. */
export const batchesQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(30) });
/** Headers of `POST /api/permits/files`; the body is the file. The name is percent-encoded; the time is when the export was saved. */
export const importFileHeaders = z.object({
  'x-file-name': fileNameHeader,
  'x-file-time': z.coerce.number().int().nonnegative().optional(),
});
/** `PUT /api/permits/settings`: replaces the whole, compare-and-set on `version`; its parts are checked by the desk. */
export const permitSettingsBody = z.object({
  settings: z.record(z.string(), z.unknown()),
  version: z.number().int().nonnegative(),
});

/** How a connector to another system stands. */
export interface ConnectorView {
  name: string;
  system: PermitSystem;
  /** `ready` · `failing`: the last call failed · `open`: not asked for a while after several failures. */
  state: 'ready' | 'failing' | 'open';
  /** Epoch ms of the last good answer, and of the last failure; null when there was none since the start. */
  goodAt: number | null;
  failedAt: number | null;
  /** What went wrong last: a code, nothing of the answer. */
  problem: string | null;
  /** Since the start. */
  asked: number;
  answered: number;
}
