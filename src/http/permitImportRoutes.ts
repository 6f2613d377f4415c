// The routes of importing permit files, of their settings and connectors. The desk says who may which.
import { z } from 'zod';
import { batchesQuery, importFileHeaders, permitSettingsBody, previewBody, runBody } from '../contract/permitImport.ts';
import { parse } from './errors.ts';
import type { HttpOptions } from './options.ts';
import { type Route, route } from './route.ts';
import { createUploads } from './uploads.ts';

const nothing = z.object({});
/** An export of 100,000 rows has 15 to 20 MB as CSV. Bytes. */
export const maxExport = 30_000_000;

/** @returns these routes, in the order of the documentation */
export function createPermitImportRoutes({ desk }: Pick<HttpOptions, 'desk'>): Route[] {
  const { permitImports: imports, permitOffice: office } = desk;
  const uploads = createUploads({ maxBytes: maxExport });
  return [
    route('post', '/permits/files', 'officer', 'Bring an export: the body is the file (supervisor)', nothing, ({ by, req }) => {
      // Nothing is read before the desk knows that the caller may.
      const read = async () => {
        const { 'x-file-name': name, 'x-file-time': madeAt = null } = parse(importFileHeaders, req.headers);
        return { name, madeAt, bytes: await uploads.read(req) };
      };
      return imports.uploadPermits(by, read);
    }),
    route('get', '/permits/imports', 'officer', 'Exports in hand (supervisor)', nothing, ({ by }) => imports.permitImports(by)),
    route('get', '/permits/imports/:id', 'officer', 'How far one is (supervisor)', nothing, ({ by, id }) =>
      imports.permitImport(by, id),
    ),
    route('delete', '/permits/imports/:id', 'officer', 'Let go of one (supervisor)', nothing, ({ by, id }) =>
      imports.dropPermits(by, id),
    ),
    route('post', '/permits/imports/:id/preview', 'officer', 'Look at one (supervisor)', previewBody, ({ by, id, input }) =>
      imports.previewPermits(by, id, input),
    ),
    route('post', '/permits/imports/:id/run', 'officer', 'Check or import it (supervisor)', runBody, ({ by, id, input }) =>
      imports.runPermits(by, id, input),
    ),
    route('get', '/permits/batches', 'officer', 'Imports on record (supervisor)', batchesQuery, ({ by, input }) =>
      imports.permitBatches(by, input.limit),
    ),
    route('post', '/permits/batches/:id/undo', 'officer', 'Take an import back (supervisor)', nothing, ({ by, id }) =>
      imports.undoPermits(by, id),
    ),
    route('get', '/permits/settings', 'officer', 'Settings of permit status', nothing, ({ by }) => office.permitSettings(by)),
    route('put', '/permits/settings', 'officer', 'Replace them (admin)', permitSettingsBody, ({ by, input }) =>
      office.putPermitSettings(by, input.settings, input.version),
    ),
    route('get', '/permits/connectors', 'officer', 'How other systems answer (supervisor)', nothing, ({ by }) =>
      office.permitConnectors(by),
    ),
  ];
}
