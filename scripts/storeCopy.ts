// `npm run store:copy -- --from sqlite:DATA_DIR --to mongodb://…` and back: everything, resumable, checked by counts and hashes. Stop every node first.
import { parseArgs } from 'node:util';
import { loadEnvFile } from '../src/config.ts';
import { runCopy } from './copyTool.ts';

const usage = 'Usage: npm run store:copy -- --from sqlite:DATA_DIR --to mongodb://… (or the other way round)';

async function main(): Promise<void> {
  loadEnvFile();
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  const [from = '', to = ''] = [values.from, values.to];
  const kinds = [from, to].map((end) => /^(sqlite(?=:.)|mongodb(?=(\+srv)?:\/\/))/.exec(end)?.[0]);
  if (kinds.sort().join() !== 'mongodb,sqlite') throw new Error(usage);
  await runCopy(from, to);
  console.log('Copied, and equal. Keep DATA_KEYS (or DATA_DIR/keys): both stores need the same.');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
