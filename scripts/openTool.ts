// What the commands share: the store the settings name, SQLite beside a running server or MongoDB beside running nodes.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Config, loadEnvFile, readConfig } from '../src/config.ts';
import { LoketError } from '../src/contract/errors.ts';
import type { Files, Store } from '../src/desk/ports.ts';
import { loadDataKeys } from '../src/store/dataKeys.ts';
import { openStore } from '../src/store/openStore.ts';

export interface Tool {
  store: Store;
  files: Files;
  close(): Promise<void>;
}

/** @returns the settings, from `.env` and the environment. @throws LoketError `invalid` with a line for each that is wrong */
export function toolConfig(): Config {
  loadEnvFile();
  const read = readConfig(process.env);
  if (!read.ok) throw new LoketError('invalid', read.problems.map((problem) => `Setting ${problem}`).join('\n'));
  return read.config;
}

/**
 * Opening would make a new, empty database: a wrong folder must not look like one where nobody is known.
 * @returns the database's file. @throws LoketError `not-found`
 */
export function databaseIn(dataDir: string): string {
  const file = path.join(dataDir, 'loket.db');
  if (!existsSync(file)) throw new LoketError('not-found', `There is no database in ${dataDir}: set DATA_DIR, or MONGODB_URI.`);
  return file;
}

/**
 * Opens the store of `MONGODB_URI`, else the database in `DATA_DIR`. A tool is no node: it does not beat, and holds nothing.
 * @param options `isNew`: there need not be a database yet; `maxQueue`: writes that may wait
 * @throws LoketError with one sentence: nothing there, other keys, out of reach
 */
export async function openTool(config: Config, options: { isNew?: boolean; maxQueue?: number } = {}): Promise<Tool> {
  const { DATA_DIR: dataDir, MONGODB_URI: uri } = config;
  const { isNew = false, maxQueue } = options;
  if (uri !== undefined) {
    const { openMongoTool } = await import('../src/store/mongo/openMongo.ts');
    return openMongoTool({ uri, keys: loadDataKeys({ dataDir, env: config }), maxQueue });
  }
  if (!isNew) databaseIn(dataDir);
  const keys = loadDataKeys({ dataDir, env: config });
  return openStore({ dataDir, keys, ...(maxQueue !== undefined && { maxQueue }), ...(!isNew && { role: 'tool' }) });
}
