// The same talks in the terminal: `npm run -s chat -- --permits FILE`, the way whoever works on the bot tries them.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expectAnswered, numberOf, stateTalks, type Talk, writeExport, writeOldExport, wrongTurns } from './permitTalks.ts';

const root = path.join(import.meta.dirname, '..', '..');
/** So many talks of one person stay below the tries of a day. */
const TALKS = 4;
/** So many people at once. */
const PEOPLE = 4;

const all: Talk[] = [...stateTalks, ...wrongTurns];
const together = all.filter(({ isAlone }) => !isAlone);
/** The talks of one person, one after another. */
const groups: Talk[][] = [
  ...Array.from({ length: Math.ceil(together.length / TALKS) }, (_, n) => together.slice(n * TALKS, (n + 1) * TALKS)),
  ...all.filter(({ isAlone }) => isAlone).map((talk) => [talk]),
];

let dir = '';
const outcomes = new Map<string, Promise<string[]>>();
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'loket-permit-chat-'));
  writeExport(path.join(dir, 'ekspor.csv'));
  writeOldExport(path.join(dir, 'lama.csv'));
  const ends: Promise<unknown>[] = [];
  for (const [n, group] of groups.entries()) {
    const held = (ends[n - PEOPLE] ?? Promise.resolve()).then(() =>
      chat(
        group.flatMap(({ lines }) => lines.map(([says]) => says)),
        group.some(({ isOld }) => isOld) ? 'lama.csv' : 'ekspor.csv',
      ),
    );
    ends.push(held.catch(() => {}));
    let at = 0;
    for (const { name, lines } of group) {
      const from = at;
      at += lines.length;
      const heard = held.then((answers) => answers.slice(from, from + lines.length));
      heard.catch(() => {});
      outcomes.set(name, heard);
    }
  }
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** @returns one answer a line, as a channel without buttons would show it; '' where none is due */
async function chat(lines: readonly string[], file = 'ekspor.csv'): Promise<string[]> {
  const command = ['--import', 'tsx', 'scripts/chat.ts', '--permits', path.join(dir, file)];
  const run = spawn(process.execPath, command, { cwd: root, stdio: ['pipe', 'pipe', 'ignore'], timeout: 230_000 });
  run.stdin.end(lines.map((line) => `${line}\n`).join(''));
  let out = '';
  for await (const chunk of run.stdout.setEncoding('utf8')) out += chunk;
  if (run.exitCode === null) await new Promise((resolve) => run.once('exit', resolve));
  expect(run.exitCode).toBe(0);
  const buttons = /(?:\\n\[[^\]]*\])+$/;
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => line.replace(buttons, '').replaceAll('\\n', '\n'));
}

it.each(all)('When there is $name, then each line is answered as it must be', async (talk) => {
  const answers = (await outcomes.get(talk.name)) ?? [];
  talk.lines.forEach(([, hears], n) => {
    if (hears === null) expect(answers[n]).toBe('');
  });
  expectAnswered(
    talk,
    answers.filter((_, n) => talk.lines[n]?.[1] !== null),
  );
});

it('When the digits come after the time is over, then the number is asked for again', async () => {
  // Each piped line is half a minute after the one before; the dialogue waits a quarter of an hour.
  const pause = Array.from({ length: 30 }, () => 'apa itu NIB?');
  const heard = await chat([numberOf(0), ...pause, '5678']);
  expect(heard.at(-1)).toMatch(/^Waktu pengecekan tadi sudah habis\. Kirim lagi nomor permohonannya\./);
});
