// The built server as a process of its own, to be killed: for the fault tests.
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { Telegram } from './telegramStandin.ts';
import { until } from './until.ts';

const root = path.join(import.meta.dirname, '..', '..');
export const faultSecret = 'fault-secret-fault-secret';
const children = new Set<ChildProcess>();

export const isGone = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** @param more settings beside the usual, and `FAIL_AT` and `FAIL_AFTER` of faultServer.mjs @returns once it is ready, or dead (then `url` is empty) */
export async function startServer(
  dataDir: string,
  telegram: Telegram,
  more: Record<string, string> = {},
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['test/support/faultServer.mjs'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'fatal',
      ...more,
      TELEGRAM_API_ROOT: telegram.url,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_WEBHOOK_SECRET: faultSecret,
    },
  });
  children.add(child);
  let output = '';
  child.stdout?.on('data', (data) => {
    output += String(data);
  });
  await until('the server is ready or gone', () => output.includes('Widget: ') || isGone(child));
  return { child, url: /Widget: (http:\/\/[^/]+)\//.exec(output)?.[1] ?? '' };
}

/** Ends whatever a test left running. */
export function killAll(): void {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
}
