// What the permit commands share: the store beside running servers.
import type { Store } from '../src/desk/ports.ts';
import { openTool, toolConfig } from './openTool.ts';

/** Opens the store as a tool, runs, closes. Errors become one sentence on standard error and exit code 1. */
export async function withStore(run: (store: Store, timeZone: string) => Promise<void>): Promise<void> {
  try {
    const config = toolConfig();
    const { store, close } = await openTool(config);
    try {
      await run(store, config.OFFICE_TIMEZONE);
    } finally {
      await close();
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
