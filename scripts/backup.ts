// `npm run backup -- --to FOLDER [--data DIR]`: copies database and files of a running or stopped Loket into a new folder. Where MONGODB_URI is
// set: of the nodes' database, while every node is stopped.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadEnvFile } from '../src/config.ts';
import { backUp } from '../src/store/sqlite/backup.ts';
import { runCopy } from './copyTool.ts';

async function main(): Promise<void> {
  loadEnvFile();
  const { values } = parseArgs({ options: { to: { type: 'string' }, data: { type: 'string' } } });
  if (!values.to) throw new Error('Usage: npm run backup -- --to FOLDER [--data DIR]');
  const to = path.resolve(values.to);
  const { MONGODB_URI: uri } = process.env;
  if (uri && values.data === undefined) return backUpMongo(uri, to);
  const { counts, files } = await backUp({
    dataDir: path.resolve(values.data ?? process.env.DATA_DIR ?? 'data'),
    to,
    now: Date.now(),
  });
  console.log(
    `Backup in ${to}: ${counts.conversations} conversations, ${counts.messages} messages, ${files.length} files; checked.`,
  );
  console.log(
    'The keys are NOT in it. Keep DATA_DIR/keys (or DATA_KEYS) apart: without them names and phone numbers cannot be read.',
  );
}

/** While nodes write, the two ends differ and the copy says so: `mongodump` is for a database in use. */
async function backUpMongo(uri: string, to: string): Promise<void> {
  await runCopy(uri, `sqlite:${to}`);
  console.log(
    `Backup of the MongoDB database in ${to}: equal by counts and hashes. The keys are NOT in it: keep DATA_KEYS apart.`,
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
