// What the permit commands share: the store beside a running server, and who is asking.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadEnvFile, readConfig } from '../src/config.ts';
import { LoketError } from '../src/contract/errors.ts';
import type { Store } from '../src/desk/ports.ts';
import { loadDataKeys } from '../src/store/dataKeys.ts';
import { openStore } from '../src/store/openStore.ts';

/** Opens the store as a tool, runs, closes. Errors become one sentence on standard error and exit code 1. */
export async function withStore(run: (store: Store, timeZone: string) => Promise<void>): Promise<void> {
  try {
    loadEnvFile();
    const read = readConfig(process.env);
    if (!read.ok) throw new LoketError('invalid', read.problems.map((problem) => `Setting ${problem}`).join('\n'));
    const { DATA_DIR: dataDir, OFFICE_TIMEZONE } = read.config;
    if (!existsSync(path.join(dataDir, 'loket.db')))
      throw new LoketError('not-found', `There is no database in ${dataDir}: set DATA_DIR.`);
    const { store, close } = openStore({ dataDir, keys: loadDataKeys({ dataDir, env: read.config }), role: 'tool' });
    try {
      await run(store, OFFICE_TIMEZONE);
    } finally {
      await close();
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
