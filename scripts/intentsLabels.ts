// `npm run intents:labels -- --out FILE [--since YYYY-MM-DD]`: officers' labels as rows for `nlu:eval`, beside the running server.
// Rows: {"text": "…", "intent": "…" or null}; null is a question the bot knows no answer to. The same text and intent is one row.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadEnvFile, readConfig } from '../src/config.ts';
import { LoketError } from '../src/contract/errors.ts';
import { exampleText } from '../src/desk/labels.ts';
import { loadDataKeys } from '../src/store/dataKeys.ts';
import { openMongo } from '../src/store/mongo/openMongo.ts';
import { openStore } from '../src/store/openStore.ts';

const usage = 'Usage: npm run intents:labels -- --out <file> [--since <YYYY-MM-DD>]';
const PAGE = 500;

/** @param since epoch ms @returns the rows, oldest label first */
async function readRows(since: number): Promise<string[]> {
  loadEnvFile();
  const read = readConfig(process.env);
  if (!read.ok) throw new LoketError('invalid', read.problems.map((problem) => `Setting ${problem}`).join('\n'));
  const { DATA_DIR: dataDir, MONGODB_URI: uri } = read.config;
  // Opening would make a new, empty database: a wrong folder must not look like an office without labels.
  if (uri === undefined && !existsSync(path.join(dataDir, 'loket.db')))
    throw new LoketError('not-found', `There is no database in ${dataDir}: set DATA_DIR.`);

  const keys = loadDataKeys({ dataDir, env: read.config });
  const log = { info() {}, warn() {}, error() {} };
  const { store, close } =
    uri === undefined
      ? openStore({ dataDir, keys, role: 'tool' })
      : await openMongo({ uri, keys, nodeId: `intents-labels-${process.pid}`, log });
  try {
    const rows = new Set<string>();
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof store.knowledge.labels>> = await store.knowledge.labels(since, cursor, PAGE);
      for (const { text, intent } of page.rows) {
        const example = exampleText(text);
        if (example !== '') rows.add(JSON.stringify({ text: example, intent }));
      }
      cursor = page.cursor;
    } while (cursor !== null);
    return [...rows];
  } finally {
    await close();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: 'string' }, since: { type: 'string' } } });
  const since = z.iso.date().default('1970-01-01').safeParse(values.since);
  if (values.out === undefined || !since.success) throw new LoketError('invalid', usage);
  const rows = await readRows(Date.parse(`${since.data}T00:00:00Z`));
  // For the owner alone: these are citizens' words.
  writeFileSync(values.out, rows.map((row) => `${row}\n`).join(''), { mode: 0o600 });
  process.stdout.write(
    `${rows.length} rows written. Read them before they leave this machine: names are hidden only after words like "nama saya" and "Pak".\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof LoketError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
