// `npm run -s permits:import FILE [--map M.yaml] [--dry-run] [--undo BATCH]`: an export in CSV into the store, beside the running server.
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse as yaml } from 'yaml';
import { LoketError } from '../src/contract/errors.ts';
import { loadPermitSettings } from '../src/desk/permitSettings.ts';
import { importCsv, undoImport } from '../src/permits/import/csvImport.ts';
import { mappingSchema, standardMapping } from '../src/permits/import/mapping.ts';
import { offsetOf, withStore } from './permitsTool.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { map: { type: 'string' }, 'dry-run': { type: 'boolean', default: false }, undo: { type: 'string' } },
});

function readMapping(file: string | undefined) {
  if (file === undefined) return standardMapping;
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
    process.stdout.write(`${await undoImport(store.permits, batch, 'system', now)} entries taken back.\n`);
    return;
  }
  const [file] = positionals;
  if (file === undefined) throw new LoketError('invalid', 'Usage: npm run -s permits:import -- FILE [--map M.yaml] [--dry-run]');
  const { value: settings } = await loadPermitSettings(store.settings);
  const frame = {
    mapping: readMapping(values.map),
    patterns: settings.patterns,
    reasons: new Set(settings.reasons.map(({ key }) => key)),
    fetchedAt: Math.min(now, Math.round(statSync(file).mtimeMs)),
    offsetMinutes: offsetOf(timeZone, now),
  };
  const done = await importCsv(createReadStream(file), frame, {
    permits: values['dry-run'] ? null : store.permits,
    by: 'system',
    now,
  });
  for (const { line, column, problem } of done.problems) process.stderr.write(`line ${line}, column "${column}": ${problem}\n`);
  const { problems: _, ...counts } = done;
  process.stdout.write(`${JSON.stringify(counts)}\n`);
});
