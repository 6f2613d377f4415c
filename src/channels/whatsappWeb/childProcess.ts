// Starts the process of child.ts and speaks with it. What it says is parsed here; the rest is the supervisor's.
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ChildStart, type FromChild, fromChildSchema, type ToChild } from './protocol.ts';

/** A running child, as the supervisor sees it. */
export interface Child {
  post(order: ToChild): void;
  /** At once and for sure. */
  kill(): void;
}
export interface ChildEvents {
  said(word: FromChild): void;
  /** It said something that is not in the protocol. */
  babbled(): void;
  /** The process is gone; nothing follows. */
  gone(): void;
}
export type SpawnChild = (start: ChildStart, events: ChildEvents) => Child;

interface Entry {
  file: string;
  execArgv: string[];
}

/** The built product is plain JavaScript; from source the child brings the loader that this process may not have. */
function entry(): Entry {
  const built = fileURLToPath(new URL('./child.js', import.meta.url));
  if (existsSync(built)) return { file: built, execArgv: [] };
  return { file: fileURLToPath(new URL('./child.ts', import.meta.url)), execArgv: ['--import', 'tsx'] };
}

/** What the child may know of our environment: where programs are and where to write; no keys, no tokens. */
const passedOn = /^(PATH|HOME|TMPDIR|TMP|TEMP|LANG|LC_.*|TZ|NODE_PATH|XDG_.*|DBUS_.*|SystemRoot|APPDATA|LOCALAPPDATA)$/;

export const spawnChild: SpawnChild = (start, events) => spawnFrom(entry(), start, events);

/** @param from the child's file, and what node needs to run it */
export function spawnFrom({ file, execArgv }: Entry, start: ChildStart, events: ChildEvents): Child {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name)));
  const child = fork(file, [], { execArgv, env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'json' });
  let isGone = false;
  const leave = () => {
    if (isGone) return;
    isGone = true;
    events.gone();
  };
  child.on('message', (raw) => {
    const word = fromChildSchema.safeParse(raw);
    if (word.success) events.said(word.data);
    else events.babbled();
  });
  // Its last words may still be in the pipe when the process is gone.
  child.once('exit', () => (child.connected ? child.once('disconnect', leave) : leave()));
  child.once('error', () => {
    child.kill('SIGKILL');
    leave();
  });
  const post = (order: ToChild) => void (child.connected && child.send(order, () => undefined));
  post(start);
  return { post, kill: () => void child.kill('SIGKILL') };
}
