// `npm run backup -- --to FOLDER [--data DIR]`: copies database and files of a running or stopped Loket into a new folder.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { backUp } from '../src/store/sqlite/backup.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { to: { type: 'string' }, data: { type: 'string' } } });
  if (!values.to) throw new Error('Usage: npm run backup -- --to FOLDER [--data DIR]');
  const to = path.resolve(values.to);
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

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
