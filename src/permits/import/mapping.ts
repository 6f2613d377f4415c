// Which column of an export means what: one small YAML document a source, written once by the office, checked before any row is read.
import { z } from 'zod';
import { permitSystemSchema } from '../../contract/permit.ts';
import { codeTables } from '../timeline/codes.ts';

const column = z.string().trim().min(1).max(80);
const tables = Object.keys(codeTables) as [keyof typeof codeTables, ...(keyof typeof codeTables)[]];

export const mappingSchema = z.strictObject({
  system: permitSystemSchema,
  /** Which table reads the status codes; left out: only words are read. */
  codes: z.enum(tables).nullable().default(null),
  delimiter: z.enum([',', ';', '\t', '|']).default(','),
  /** How dates are written. Times of day are local to the office. */
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

/** The columns of an export nobody has written a mapping for: these names, all but `nomor` may be missing. */
export const standardMapping: Mapping = mappingSchema.parse({
  system: 'GAMPIL',
  columns: {
    number: 'nomor',
    otherNumbers: ['nomor_lain'],
    service: 'layanan',
    statusCode: 'kode_status',
    statusText: 'status',
    reason: 'alasan',
    note: 'catatan',
    since: 'sejak',
    submitted: 'tanggal_daftar',
    name: 'nama',
    phone: 'hp',
    nik: 'nik',
  },
});
