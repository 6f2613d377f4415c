// `npm run -s permits:import FILE [--map M.yaml] [--dry-run] [--undo BATCH]`: an export in CSV or XLSX into the store, beside the running server.
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse as yaml } from 'yaml';
import { LoketError } from '../src/contract/errors.ts';
import { mappingSchema } from '../src/contract/permitImport.ts';
import { offsetOf } from '../src/desk/permitImports.ts';
import { loadPermitSettings } from '../src/desk/permitSettings.ts';
import { createImporter } from '../src/permits/import/importRows.ts';
import { withStore } from './permitsTool.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { map: { type: 'string' }, 'dry-run': { type: 'boolean', default: false }, undo: { type: 'string' } },
});

const importer = createImporter();

function readMapping(file: string | undefined) {
  if (file === undefined) return null;
  const parsed = mappingSchema.safeParse(yaml(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new LoketError(
    'invalid',
    parsed.error.issues.map((issue) => `${file}: ${issue.path.join('.')}: ${issue.message}`).join('\n'),
  );
}

await withStore(async (store, timeZone) => {
  const now = Date.now();
  if (values.undo !== undefined) {
    const batch = (await store.permits.batches(1000)).find(({ id }) => id === values.undo);
    if (batch === undefined) throw new LoketError('not-found', `There is no import ${values.undo}.`);
    process.stdout.write(`${await importer.undo(store.permits, batch, 'system', now)} entries taken back.\n`);
    return;
  }
  const [file] = positionals;
  if (file === undefined) throw new LoketError('invalid', 'Usage: npm run -s permits:import -- FILE [--map M.yaml] [--dry-run]');
  const { value: settings } = await loadPermitSettings(store.settings);
  const madeAt = Math.min(now, Math.round(statSync(file).mtimeMs));
  const frame = {
    patterns: settings.patterns,
    reasons: new Set(settings.reasons.map(({ key }) => key)),
    fetchedAt: madeAt,
    offsetMinutes: offsetOf(timeZone, madeAt),
  };
  const bytes = readFileSync(file);
  const mapping = readMapping(values.map) ?? (await importer.look(bytes, { mapping: null, sheet: null }, frame)).mapping;
  if (mapping === null)
    throw new LoketError('invalid', `${file}: no column looks like the number of a file: write a mapping (--map).`);
  const permits = values['dry-run'] ? null : store.permits;
  const done = await importer.run(bytes, { mapping, frame, permits, by: 'system', now });
  for (const { line, column, problem } of done.problems) process.stderr.write(`line ${line}, column "${column}": ${problem}\n`);
  const { problems: _, ...counts } = done;
  process.stdout.write(`${JSON.stringify(counts)}\n`);
});
