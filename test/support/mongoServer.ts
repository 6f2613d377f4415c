// A server that speaks MongoDB's protocol, on disk, for tests: secantusdb from PyPI in a virtual environment under .cache, installed when it is missing.
// MONGODB_URI names another one instead. Where neither can be had, CI fails and other machines say aloud what is skipped.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from './until.ts';

const version = '0.7.0b3';
const cache = process.env.LOKET_TEST_CACHE ?? path.join(import.meta.dirname, '..', '..', '.cache');
const home = path.join(cache, `secantusdb-${version}`);
const given = process.env.MONGODB_URI;

/** Whether there is one; installs it at the first question. Test workers ask side by side: each installs aside, the first one counts. */
function isThere(): boolean {
  if (given !== undefined || existsSync(home)) return true;
  const aside = `${home}.${randomBytes(4).toString('hex')}`;
  mkdirSync(cache, { recursive: true });
  const isInstalled =
    spawnSync('python3', ['-m', 'pip', 'install', '-q', '--target', aside, `secantusdb==${version}`]).status === 0;
  try {
    if (isInstalled && !existsSync(home)) renameSync(aside, home);
  } catch {
    // Another worker was quicker.
  }
  rmSync(aside, { recursive: true, force: true });
  return existsSync(home);
}

/** `describe` where there is a server. */
export const describeMongo: jest.Describe = (() => {
  if (isThere()) return describe;
  const told = `no MongoDB-wire server: set MONGODB_URI, or let pip install secantusdb==${version}`;
  if (process.env.CI) throw new Error(told);
  process.stderr.write(`skipped: ${told}\n`);
  return describe.skip;
})();

export interface MongoServer {
  /** The address of a database of its own. */
  uri(database?: string): string;
  /** kill -9; only for a server of our own. */
  kill(): Promise<void>;
  /** The same data, on the same port. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one of our own, on a port of its own, or names the one of MONGODB_URI. @param args more for the server */
export async function startMongoServer(args: string[] = [], mayUseGiven = true): Promise<MongoServer> {
  const database = () => `loket_test_${randomBytes(6).toString('hex')}`;
  if (given !== undefined && mayUseGiven) {
    const uri = (name = database()) => {
      const url = new URL(given);
      url.pathname = `/${name}`;
      return url.href;
    };
    const refuse = () => Promise.reject(new Error('not our server'));
    return { uri, kill: refuse, start: refuse, stop: async () => {} };
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'loket-mongo-'));
  const port = await freePort();
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const run = 'import sys; from secantus.cli import main; sys.exit(main())';
    const options = ['--port', String(port), '--storage-path', folder, '--sync-on-commit', '--log-level', 'ERROR', ...args];
    child = spawn('python3', ['-c', run, ...options], {
      stdio: 'ignore',
      env: { PATH: process.env.PATH, HOME: process.env.HOME, PYTHONPATH: home },
    });
    const started = child;
    process.once('exit', () => started.kill('SIGKILL'));
    await until('the database answers', () => answers(port));
  }
  async function kill(): Promise<void> {
    const dying = child;
    if (dying === null || dying.exitCode !== null || dying.signalCode !== null) return;
    const ended = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill('SIGKILL');
    await ended;
  }
  await start();
  return {
    uri: (name = database()) => `mongodb://127.0.0.1:${port}/${name}`,
    kill,
    start,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
