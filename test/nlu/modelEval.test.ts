// The command nlu:eval on files as people hand them over: what it prints, what it writes, and what it says about wrong input.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'loket-eval-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const file = (name: string, content: string): string => {
  writeFileSync(path.join(dir, name), content);
  return path.join(dir, name);
};
const jsonl = (rows: object[], end = '\n'): string => rows.map((row) => JSON.stringify(row) + end).join('');
function run(...args: string[]): { status: number | null; out: string; err: string } {
  const done = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/nluEval.ts', ...args], { cwd: root, encoding: 'utf8' });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

const rows = [
  ...['berapa biaya izin', 'biaya urus surat berapa', 'bayarnya brp', 'tarif izin berapa'].map((text) => ({
    text,
    intent: 'biaya',
  })),
  ...['kantor buka jam berapa', 'jam buka kantor', 'sabtu buka gak', 'kapan kantor tutup'].map((text) => ({
    text,
    intent: 'jam',
  })),
];

describe('nlu:eval', () => {
  it('When lines end in CRLF, some are empty and one has no intent, then all are matched and the figures leave that one out', () => {
    const train = file('crlf.jsonl', `\uFEFF\r\n${jsonl(rows, '\r\n')}\r\n`);
    const test = file(
      'test.jsonl',
      jsonl([
        { text: 'biayanya brp kak?', intent: 'biaya' },
        { text: 'KANTOR BUKA JAM BRAPA 🙏', intent: 'jam' },
        { text: 'xylofon wqwqwq', intent: null },
        { text: 'téh 東京' },
      ]),
    );
    const out = path.join(dir, 'out.jsonl');
    const done = run('--train', train, '--test', test, '--lang', 'id', '--out', out, '--json');
    expect(done.err).toBe('');
    const figures = JSON.parse(done.out);
    expect(figures).toMatchObject({ accuracy: 1, macroF1: 1, oosAuroc: 1, oosRecallAt5: 1, answeredAt95: 1, language: 'id' });
    for (const name of ['trainMs', 'p50Us', 'p95Us', 'modelBytes']) expect(figures[name]).toBeGreaterThan(0);
    const written = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(written.map((row) => row.intent).slice(0, 2)).toEqual(['biaya', 'jam']);
    expect(written).toHaveLength(4);
    for (const row of written) expect(['answer', 'ask', 'handoff']).toContain(row.decision);
    expect(written[2].confidence).toBeLessThan(written[0].confidence);
  });

  it('When there is one intent and one row, then it still ends, and says what the test cannot tell', () => {
    const train = file('one.jsonl', jsonl([{ text: 'hello there', intent: 'hi' }]));
    const done = run('--train', train, '--test', train, '--json');
    expect(JSON.parse(done.out)).toMatchObject({ accuracy: 1, oosAuroc: null, oosRecallAt5: null });
  });

  it.each([
    ['not json', 'bad.jsonl:2: not JSON'],
    ['{"text":"a"}', 'bad.jsonl:2: "intent" must be a name, or null'],
    ['{"text":5,"intent":"a"}', 'bad.jsonl:2: "text" must be a string'],
  ])('When a training line is %s, then file and line are named', (line, message) => {
    const train = file('bad.jsonl', `${JSON.stringify(rows[0])}\n${line}\n`);
    const done = run('--train', train, '--test', train, '--json');
    expect(done.status).toBe(2);
    expect(done.err).toContain(message);
    expect(done.out).toBe('');
  });

  it('When a file is not there, is empty, or an option is wrong, then it says so', () => {
    const train = file('good.jsonl', jsonl(rows));
    expect(run('--train', path.join(dir, 'none.jsonl'), '--test', train).err).toContain('none.jsonl: cannot be read (ENOENT)');
    expect(run('--train', file('empty.jsonl', '\n'), '--test', train).err).toContain('empty.jsonl: holds no row');
    expect(run('--train', train).err).toContain('--train and --test are needed');
    expect(run('--train', train, '--test', train, '--lang', 'fr').err).toContain('--lang is id, su, en or auto');
  });
});
