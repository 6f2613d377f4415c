// Starting and stopping the built product: what it prints, and one clear sentence for each thing that can be wrong.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { until } from './support/until.ts';

const root = path.join(import.meta.dirname, '..');
const entry = path.join(root, 'dist', 'main.js');

function environment(dataDir: string, env: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'info', ...env };
}

function runToEnd(dataDir: string, env: Record<string, string> = {}): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [entry], {
    cwd: tmpdir(),
    env: environment(dataDir, env),
    encoding: 'utf8',
    timeout: 120_000,
  });
}

describe('the product as a process', () => {
  let dataDir = '';
  let children: ChildProcess[] = [];
  beforeAll(() => {
    if (!existsSync(entry)) throw new Error('Build first: npm run build.');
  });
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'loket-main-'));
  });
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    children = [];
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function serve(env: Record<string, string> = {}): Promise<{ child: ChildProcess; out: () => string; err: () => string }> {
    const child = spawn(process.execPath, [entry], { cwd: tmpdir(), env: environment(dataDir, env) });
    children.push(child);
    const text = { out: '', err: '' };
    child.stdout?.on('data', (data) => {
      text.out += String(data);
    });
    child.stderr?.on('data', (data) => {
      text.err += String(data);
    });
    await until('it is ready', () => text.out.includes('Console: ') || child.exitCode !== null);
    return { child, out: () => text.out, err: () => text.err };
  }

  it('When it starts for the first time, then standard output is three addresses and nothing else; SIGTERM ends it with 0', async () => {
    const { child, out, err } = await serve();
    expect(out()).toMatch(
      /^Widget: http:\/\/127\.0\.0\.1:\d+\/widget\/\nConsole: http:\/\/127\.0\.0\.1:\d+\/console\/\nSetup: http:\S+setup\?token=\S{16,}\n$/,
    );
    expect(statSync(path.join(dataDir, 'keys')).mode & 0o777).toBe(0o600);
    const url = /Widget: (\S+)\/widget\//.exec(out())?.[1] ?? '';
    for (const page of ['/health', '/metrics', '/widget/', '/console/', '/api/openapi.json'])
      expect((await fetch(url + page)).status).toBe(200);
    child.kill('SIGTERM');
    await until('it ended', () => child.exitCode !== null, 10_000);
    expect(child.exitCode).toBe(0);
    expect(err()).toContain('"msg":"ready"');
  });

  it('When npm started it and ends, then it ends too', async () => {
    const run = `${JSON.stringify(process.execPath)} ${JSON.stringify(entry)} & echo "pid $!"; wait`;
    const shell = spawn('sh', ['-c', run], { cwd: tmpdir(), env: environment(dataDir, { npm_lifecycle_event: 'start' }) });
    children.push(shell);
    let out = '';
    shell.stdout?.on('data', (data) => {
      out += String(data);
    });
    await until('it is ready', () => out.includes('Console: '));
    const pid = Number(/pid (\d+)/.exec(out)?.[1]);
    const isAlive = () => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    expect(isAlive()).toBe(true);
    shell.kill('SIGKILL');
    await until('it ended', () => !isAlive(), 12_000);
  });

  it('When an officer exists, then there is no setup address', async () => {
    const { out } = await serve({ OFFICER_ADMIN_EMAIL: 'a@example.go.id', OFFICER_ADMIN_PASSWORD: 'kata-sandi-panjang' });
    expect(out()).not.toContain('Setup:');
  });

  it('When settings are bad, then every one of them is a sentence and it ends with 1', () => {
    const run = runToEnd(dataDir, { PORT: 'seribu', TELEGRAM_BOT_TOKEN: 'x', MONGODB_URI: 'http://127.0.0.1' });
    expect(run.status).toBe(1);
    expect(run.stdout).toBe('');
    expect(run.stderr.trim().split('\n')).toHaveLength(3);
    expect(run.stderr).toMatch(/MONGODB_URI: must begin with mongodb/);
  });

  it('When the port is in use, then one sentence says so', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await until('the port is taken', () => server.listening);
    const { port } = server.address() as AddressInfo;
    const run = runToEnd(dataDir, { PORT: String(port) });
    server.close();
    expect(run.status).toBe(1);
    expect(run.stderr.trim()).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use`));
  });

  it('When the folder is served already, then one sentence says so and the first goes on', async () => {
    const { child } = await serve();
    const run = runToEnd(dataDir);
    expect(run.status).toBe(1);
    expect(run.stderr.trim()).toMatch(/^The data directory .+ is already served by another Loket/);
    expect(child.exitCode).toBeNull();
  });

  it('When the folder cannot be one, then one sentence says so', () => {
    const file = path.join(dataDir, 'file');
    writeFileSync(file, '');
    const run = runToEnd(path.join(file, 'data'));
    expect(run.status).toBe(1);
    expect(run.stderr.trim().split('\n')).toHaveLength(1);
    expect(run.stderr).toMatch(/^The data directory .+ cannot be/);
  });

  it('When the database is newer than the program, then one sentence says so and nothing is touched', async () => {
    const { child } = await serve();
    child.kill('SIGTERM');
    await until('it ended', () => child.exitCode !== null, 10_000);
    const db = new Database(path.join(dataDir, 'loket.db'));
    db.pragma('user_version = 999');
    db.close();
    const run = runToEnd(dataDir);
    expect(run.status).toBe(1);
    expect(run.stderr.trim().split('\n')).toHaveLength(1);
    expect(run.stderr).toMatch(/newer/);
  });

  it('When the modules are only loaded, then nothing is printed, opened or kept running', () => {
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', `await import(${JSON.stringify(entry)})`], {
      cwd: dataDir,
      encoding: 'utf8',
      timeout: 120_000,
      env: { PATH: process.env.PATH },
    });
    expect({ status: run.status, out: run.stdout, err: run.stderr }).toEqual({ status: 0, out: '', err: '' });
  });
});
