// `npm run -s permits:status NUMBER --as EMAIL`: what an officer would see of a file; the look is on record under that officer's name.
import { parseArgs } from 'node:util';
import { LoketError } from '../src/contract/errors.ts';
import { newId } from '../src/desk/ids.ts';
import { findNumbers } from '../src/desk/permitNumbers.ts';
import { loadPermitSettings } from '../src/desk/permitSettings.ts';
import { withStore } from './permitsTool.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { as: { type: 'string' } } });

await withStore(async (store) => {
  const [text] = positionals;
  if (text === undefined || values.as === undefined)
    throw new LoketError('invalid', 'Usage: npm run -s permits:status -- NUMBER --as EMAIL');
  const officer = (await store.officers.byEmail(values.as.trim().toLowerCase()))?.officer;
  if (officer === undefined || officer.disabled)
    throw new LoketError('not-found', 'There is no active officer with this e-mail.');
  const { value: settings } = await loadPermitSettings(store.settings);
  const number = findNumbers(text, settings.patterns).found[0]?.number ?? text.toUpperCase();
  const files = await store.permits.find(number);
  const at = Date.now();
  for (const { id, system, status, service, fetchedAt } of files) {
    await store.permits.get(id, { id: newId('a'), at, actor: officer.id, action: 'permit-view', subject: id, detail: 'command' });
    process.stdout.write(`${JSON.stringify({ id, system, service, status, fetchedAt: new Date(fetchedAt).toISOString() })}\n`);
  }
  if (files.length === 0) process.stdout.write('No file is known by this number.\n');
});
