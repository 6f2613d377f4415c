// `npm run store:copy -- --from sqlite:DATA_DIR --to mongodb://…` and back: everything, resumable, checked by counts and hashes. Stop every node first.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadEnvFile } from '../src/config.ts';
import type { CopyEnd } from '../src/store/copy/copyPort.ts';
import { copyStore } from '../src/store/copy/copyStore.ts';
import { type DataKey, loadDataKeys } from '../src/store/dataKeys.ts';
import { openMongoEnd } from '../src/store/mongo/copyEnd.ts';
import { openSqliteEnd } from '../src/store/sqlite/copyEnd.ts';

const usage = 'Usage: npm run store:copy -- --from sqlite:DATA_DIR --to mongodb://… (or the other way round)';

async function main(): Promise<void> {
  loadEnvFile();
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  const ends = [values.from ?? '', values.to ?? ''];
  const folder = ends.find((end) => end.startsWith('sqlite:'))?.slice('sqlite:'.length);
  if (!folder || ends.filter((end) => /^mongodb(\+srv)?:\/\//.test(end)).length !== 1) throw new Error(usage);
  // The same keys on both ends: encrypted fields go over as they are.
  const keys = loadDataKeys({ dataDir: path.resolve(folder), env: process.env });
  const from = await open(ends[0] ?? '', keys);
  try {
    const to = await open(ends[1] ?? '', keys);
    try {
      // Without what follows the scheme of a MongoDB address: it may hold a password.
      const source = ends[0]?.startsWith('sqlite:') ? `sqlite:${path.resolve(folder)}` : 'mongodb';
      await copyStore({ from, to, source, tell: (line) => console.log(line) });
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
  console.log('Copied, and equal. Keep DATA_KEYS (or DATA_DIR/keys): both stores need the same.');
}

async function open(end: string, keys: readonly DataKey[]): Promise<CopyEnd> {
  return end.startsWith('sqlite:') ? openSqliteEnd(path.resolve(end.slice('sqlite:'.length)), keys) : openMongoEnd(end, keys);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
