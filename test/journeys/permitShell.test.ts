// The same talks in the terminal: `npm run -s chat -- --permits FILE`, the way whoever works on the bot tries them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { numberOf, stateTalks, type Talk, writeExport, wrongTurns } from './permitTalks.ts';

const root = path.join(import.meta.dirname, '..', '..');
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'loket-permit-chat-'));
  writeExport(path.join(dir, 'ekspor.csv'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function chat(lines: readonly string[]): string[] {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/chat.ts', '--permits', path.join(dir, 'ekspor.csv')], {
    cwd: root,
    input: lines.map((line) => `${line}\n`).join(''),
    encoding: 'utf8',
    timeout: 110_000,
  });
  expect(run.status).toBe(0);
  return run.stdout.split('\n').slice(0, -1);
}
const of = (name: string): Talk => {
  const talk = [...stateTalks, ...wrongTurns].find((one) => one.name === name);
  if (talk === undefined) throw new Error(`There is no talk "${name}".`);
  return talk;
};
const introduction = /\\n\\nSaya asisten otomatis.*$/;
const buttons = /(?:\\n\[[^\]]*\])+$/;

it.each([
  ['states', ['a file at Terdaftar', 'a file at Dikembalikan', 'a file at Terbit', 'a file at Proses khusus']],
  [
    'wrong turns',
    [
      'a wrong second fact, then the right one',
      '13 digits that may be a phone',
      'a letter typed for a digit',
      'a question in between',
    ],
  ],
])(
  'When one person holds the talks about %s one after another, then each line is answered as it must be',
  (_, names) => {
    const lines = names.flatMap((name) => of(name).lines);
    const heard = chat(lines.map(([says]) => says));
    lines.forEach(([, hears], n) => {
      expect((heard[n] ?? '').replace(introduction, '').replace(buttons, '').replaceAll('\\n', '\n')).toMatch(hears ?? /^$/);
    });
  },
  120_000,
);

it('When the digits come after the time is over, then the number is asked for again', () => {
  // Each piped line is half a minute after the one before; the dialogue waits a quarter of an hour.
  const pause = Array.from({ length: 30 }, () => 'apa itu NIB?');
  const heard = chat([numberOf(0), ...pause, '5678']);
  expect(heard.at(-1)).toMatch(/^Waktu pengecekan tadi sudah habis\. Kirim lagi nomor permohonannya\./);
}, 120_000);
