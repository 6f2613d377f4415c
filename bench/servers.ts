// Starts what the bench measures, each as a process of its own: the server pinned to one core, the stand-in to the other.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.join(import.meta.dirname, '..');
export const secret = 'bench-secret-bench-secret';
export const admin = { email: 'bench@example.go.id', password: 'bench-password' };

export interface Standin {
  url: string;
  sent(): Promise<number>;
  stop(): void;
}

export async function startStandin(): Promise<Standin> {
  const child = fork(path.join(import.meta.dirname, 'standin.ts'), { execArgv: ['--import', 'tsx'] });
  const ask = <T>(question: string | null): Promise<T> =>
    new Promise((resolve) => {
      child.once('message', (answer) => resolve(answer as T));
      if (question !== null) child.send(question);
    });
  const { url } = await ask<{ url: string }>(null);
  return { url, sent: async () => (await ask<{ sent: number }>('sent')).sent, stop: () => child.kill() };
}

export interface Served {
  url: string;
  /** Milliseconds from the spawn to the first line of standard output. */
  readyMs: number;
  /** User + system CPU seconds so far. */
  cpuSeconds(): Promise<number>;
  /** Resident memory, MB. */
  rssMb(): number;
  stop(): Promise<void>;
}

/** @param args what node runs @param apiRoot the stand-in; null starts without Telegram */
export async function startServer(args: string[], apiRoot: string | null): Promise<Served> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'loket-bench-'));
  const telegram =
    apiRoot === null ? {} : { TELEGRAM_API_ROOT: apiRoot, TELEGRAM_BOT_TOKEN: '111:AAA', TELEGRAM_WEBHOOK_SECRET: secret };
  const began = performance.now();
  const child: ChildProcess = spawn('taskset', ['-c', '0', process.execPath, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...telegram,
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      OFFICER_ADMIN_EMAIL: admin.email,
      OFFICER_ADMIN_PASSWORD: admin.password,
      NODE_ENV: 'production',
    },
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (data) => {
      text += data;
      const found = /^Widget: (http:\/\/[^/]+)\//m.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready.`)));
  });
  const readyMs = performance.now() - began;
  return {
    url,
    readyMs,
    async cpuSeconds() {
      const text = await (await fetch(`${url}/metrics`)).text();
      const value = (name: string) => Number(new RegExp(`^${name} ([\\d.e+-]+)`, 'm').exec(text)?.[1] ?? Number.NaN);
      return value('process_cpu_user_seconds_total') + value('process_cpu_system_seconds_total');
    },
    rssMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    async stop() {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
