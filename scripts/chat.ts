// `npm run -s chat [-- --json] [--permits FILE.csv]`: the same desk in the terminal, on a throw-away data folder; the file goes through
// the import as the office runs it. Piped input: exactly one line out per line in.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createShellChannel } from '../src/channels/shell/shell.ts';
import type { Message } from '../src/contract/message.ts';
import { createDesk } from '../src/desk/desk.ts';
import { createLog } from '../src/log.ts';
import { openNlu } from '../src/nlu/nlu.ts';
import { loadDataKeys } from '../src/store/dataKeys.ts';
import { openStore } from '../src/store/openStore.ts';

const root = path.join(import.meta.dirname, '..');
const { values: flags } = parseArgs({ options: { json: { type: 'boolean', default: false }, permits: { type: 'string' } } });
const isPiped = !process.stdin.isTTY;
/** Piped lines come as fast as they are answered; to the guards against floods they are a person's, so far apart. */
const LINE_MS = 31_000;
let shift = 0;
/** The last message of the bot: its buttons can be pressed. */
let shown: Message | null = null;

async function main(): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'loket-chat-'));
  const opened = openStore({ dataDir, keys: loadDataKeys({ dataDir, env: {} }) });
  const { store, files } = opened;
  if (flags.permits !== undefined && !imports(flags.permits, dataDir)) process.exitCode = 1;
  let heard: Message[] = [];
  const shell = createShellChannel(({ message }) => {
    heard.push(message);
    shown = message;
    if (!isPiped) show(message);
  });
  const desk = createDesk({
    store,
    files,
    nlu: openNlu({ intentsDir: path.join(root, 'intents'), cacheDir: path.join(root, '.cache', 'nlu'), learnHere: true }),
    realtime: { changed() {}, status() {}, place() {}, typing() {}, duty() {}, alarms() {}, cut() {} },
    channels: [shell],
    clock: { now: () => Date.now() + shift },
    log: createLog('warn'),
    meter: { message() {}, answered() {}, delivered() {} },
    timeZone: 'Asia/Jakarta',
    nodeId: 'chat',
    isOnlyNode: true,
    uploadMaxBytes: 0,
  });
  // A piped line is a whole turn: nothing more will follow, so nothing is waited for.
  if (isPiped) {
    const audit = { id: 'chat', at: Date.now(), actor: 'system', action: 'settings', subject: 'office', detail: null };
    await store.settings.put('office', { rules: { greetingWaitMs: 0 } }, 0, audit);
  }
  await desk.start();

  for await (const line of createInterface({ input: process.stdin, terminal: false })) {
    heard = [];
    if (isPiped) shift += LINE_MS;
    const id = await shell.type(line, pressed(line));
    if (isPiped) process.stdout.write(`${await answer(id)}\n`);
  }
  await desk.stop(2000);
  await opened.close();
  rmSync(dataDir, { recursive: true, force: true });

  /** Waits until the line's turn is over: a reply was delivered, or a person's turn keeps the bot silent. */
  async function answer(id: string): Promise<string> {
    for (;;) {
      await desk.idle();
      const message = await store.messages.get(id);
      const seat = message && (await store.conversations.get(message.conversationId));
      const isDelivered = heard.some((one) => one.id === message?.coveredBy);
      // Left to a person, unless its answer waits for a slot.
      const isTheirs = seat?.conversation.state !== 'bot' && seat?.conversation.timers.reply === undefined;
      const isLeft = message?.coveredBy === 'none' || (message?.coveredBy === null && isTheirs);
      if (seat && (isDelivered || isLeft))
        return flags.json
          ? json(heard, seat.conversation.state)
          : heard
              .map(({ text, buttons }) => [text, ...buttons.map(({ label }) => `[${label}]`)].join('\n'))
              .join('\n\n')
              .replaceAll('\n', '\\n');
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}

/** Runs `permits:import` on the chat's folder; what it says about rows goes to standard error. */
function imports(file: string, dataDir: string): boolean {
  const command = ['--import', 'tsx', path.join(root, 'scripts', 'permitsImport.ts'), path.resolve(file)];
  const env = { ...process.env, DATA_DIR: dataDir, DATA_KEYS: '' };
  return spawnSync(process.execPath, command, { cwd: root, env, stdio: ['ignore', 2, 2] }).status === 0;
}

function json(messages: Message[], owner: string): string {
  const last = messages.at(-1);
  return JSON.stringify({
    text: messages.map(({ text }) => text).join('\n\n'),
    buttons: last?.buttons ?? [],
    intent: last?.reason?.intent ?? null,
    decision: last?.reason?.decision ?? 'silent',
    owner,
  });
}

function show(message: Message): void {
  const buttons = message.buttons.map(({ label }, i) => `[${i + 1}] ${label}`).join('   ');
  process.stdout.write(`\n${message.text}\n${buttons === '' ? '' : `${buttons}\n`}\n`);
}

/** The words of a button press it; in a terminal its number does too. */
function pressed(line: string): string | undefined {
  const words = line.trim().toLowerCase();
  const isIt = (label: string, i: number) => label.toLowerCase() === words || (!isPiped && words === String(i + 1));
  return shown?.buttons.find(({ label }, i) => isIt(label, i))?.id;
}

await main();
