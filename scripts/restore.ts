// `npm run restore -- --from FOLDER [--data DIR] [--force]`: puts a backup back; nobody may serve the directory meanwhile.
// Where MONGODB_URI is set: into that database, which must be empty.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadEnvFile } from '../src/config.ts';
import { restore } from '../src/store/sqlite/restore.ts';
import { runCopy } from './copyTool.ts';

async function main(): Promise<void> {
  loadEnvFile();
  const { values } = parseArgs({
    options: { from: { type: 'string' }, data: { type: 'string' }, force: { type: 'boolean', default: false } },
  });
  if (!values.from) throw new Error('Usage: npm run restore -- --from FOLDER [--data DIR] [--force]');
  const { MONGODB_URI: uri, DATA_KEYS } = process.env;
  if (uri && values.data === undefined) {
    if (!DATA_KEYS) throw new Error('Set DATA_KEYS of the time of the backup.');
    await runCopy(`sqlite:${path.resolve(values.from)}`, uri);
    return console.log(
      'Restored into the MongoDB database, equal by counts and hashes. Start the nodes with the same DATA_KEYS.',
    );
  }
  const dataDir = path.resolve(values.data ?? process.env.DATA_DIR ?? 'data');
  const { manifest, aside } = await restore({ from: path.resolve(values.from), dataDir, force: values.force, now: Date.now() });
  const { counts, madeAt } = manifest;
  console.log(
    `Restored ${counts.conversations} conversations and ${counts.messages} messages, as of ${new Date(madeAt).toISOString()}.`,
  );
  if (aside !== null) console.log(`What was there before lies in ${aside}.`);
  console.log('The keys were not in the backup: put the file keys (or DATA_KEYS) back before you start, else a new key is made.');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
