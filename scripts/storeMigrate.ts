// `npm run store:migrate`: brings the store the settings name to the shape this program wants, as its start would, and says what it did.
import { LoketError } from '../src/contract/errors.ts';
import { lockDataDir } from '../src/store/sqlite/dataDirLock.ts';
import { databaseIn, toolConfig } from './openTool.ts';

/** @returns what was done. Any number may run at once, also beside nodes that start. @throws LoketError with one sentence */
async function migrateMongo(uri: string): Promise<string> {
  const mongo = await import('../src/store/mongo/openMongo.ts');
  const { from, to, isChanged } = await mongo.migrateMongo(uri);
  if (!isChanged) return `MongoDB: shape ${to} with every index already; nothing to do.`;
  return `MongoDB: ${from === null ? 'was empty' : `had shape ${from}`}; now shape ${to}, with every collection and index.`;
}

/** @returns what was done. @throws LoketError with one sentence: no database there, a server works on it */
async function migrateSqlite(dataDir: string): Promise<string> {
  const file = databaseIn(dataDir);
  const unlock = lockDataDir(dataDir);
  try {
    const { migrateFile } = await import('../src/store/sqlite/connection.ts');
    const { from, to } = migrateFile(file);
    return from === to
      ? `SQLite in ${dataDir}: version ${to} already; nothing to do.`
      : `SQLite in ${dataDir}: from version ${from} to ${to}.`;
  } finally {
    unlock();
  }
}

async function main(): Promise<void> {
  const { MONGODB_URI: uri, DATA_DIR: dataDir } = toolConfig();
  process.stdout.write(`${uri === undefined ? await migrateSqlite(dataDir) : await migrateMongo(uri)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof LoketError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
