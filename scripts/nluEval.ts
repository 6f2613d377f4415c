// `npm run -s nlu:eval -- --train A.jsonl --test B.jsonl [--lang id|su|en|auto] [--out P.jsonl] [--json]`: the matcher's flat model on any rows.
// Rows: {"text": "…", "intent": "…" or null}; null is out of scope, in training rows background for the gate.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type FlatRow, trainFlat } from '../src/nlu/flat.ts';
import { pack } from '../src/nlu/model/pack.ts';
import { guessLanguage } from '../src/nlu/wordChain.ts';
import { figuresOf } from './nluFigures.ts';
import { readWordMaps } from './wordMaps.ts';

const usage = 'npm run -s nlu:eval -- --train A.jsonl --test B.jsonl [--lang id|su|en|auto] [--out P.jsonl] [--json]';

const rowSchema = z.object({
  text: z.string('"text" must be a string'),
  intent: z.union([z.string().min(1), z.null()], '"intent" must be a name, or null for out of scope'),
});
const languageSchema = z.enum(['id', 'su', 'en', 'auto']);

class InputError extends Error {}

/** @throws InputError naming file and line of the first row that is wrong */
function readRows(file: string): FlatRow[] {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  const rows: FlatRow[] = [];
  for (const [index, line] of content
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (line.trim() === '') continue;
    const at = `${file}:${index + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new InputError(`${at}: not JSON; write {"text": "…", "intent": "…"} on one line`);
    }
    const parsed = rowSchema.safeParse(value);
    if (!parsed.success) throw new InputError(`${at}: ${parsed.error.issues[0]?.message ?? 'wrong row'}`);
    rows.push(parsed.data);
  }
  if (rows.length === 0) throw new InputError(`${file}: holds no row`);
  return rows;
}

function readArguments(): { train: string; test: string; lang: z.infer<typeof languageSchema>; out?: string; json: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        train: { type: 'string' },
        test: { type: 'string' },
        lang: { type: 'string', default: 'auto' },
        out: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    if (!values.train || !values.test) throw new Error('--train and --test are needed');
    const lang = languageSchema.safeParse(values.lang);
    if (!lang.success) throw new Error('--lang is id, su, en or auto');
    return { train: values.train, test: values.test, lang: lang.data, json: values.json, ...(values.out && { out: values.out }) };
  } catch (error) {
    throw new InputError(`${(error as Error).message}\nUsage: ${usage}`);
  }
}

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;

function main(): void {
  const options = readArguments();
  const training = readRows(options.train);
  const test = readRows(options.test);
  if (!training.some((row) => row.intent !== null)) throw new InputError(`${options.train}: no row has an intent`);
  const maps = readWordMaps();
  const language =
    options.lang === 'auto'
      ? guessLanguage(
          training.map((row) => row.text),
          maps,
        )
      : options.lang;

  const start = performance.now();
  const matcher = trainFlat(training, { language, maps });
  const trainMs = performance.now() - start;
  const micros: number[] = [];
  const matches = test.map((row) => {
    const before = performance.now();
    const match = matcher.match(row.text);
    micros.push((performance.now() - before) * 1000);
    return match;
  });
  micros.sort((a, b) => a - b);

  const figures = {
    ...figuresOf(matches.map((match, at) => ({ ...match, expected: test[at]?.intent ?? null }))),
    trainMs: Math.round(trainMs),
    p50Us: Math.round(quantile(micros, 0.5)),
    p95Us: Math.round(quantile(micros, 0.95)),
    modelBytes: pack(matcher.model).length,
    language,
  };
  if (options.out) {
    try {
      writeFileSync(options.out, matches.map((match) => `${JSON.stringify(match)}\n`).join(''));
    } catch (error) {
      throw new InputError(`${options.out}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    }
  }
  if (options.json) console.log(JSON.stringify(figures));
  else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(14)}${shown(name, value)}`);
}

const counted = new Set(['trainMs', 'p50Us', 'p95Us', 'modelBytes']);
function shown(name: string, value: string | number | null): string {
  if (value === null) return 'not told by this test';
  return typeof value === 'number' && !counted.has(name) ? `${(value * 100).toFixed(1)} %` : String(value);
}

try {
  main();
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
