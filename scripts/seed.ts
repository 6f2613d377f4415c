// `npm run seed [-- --many N] [--force]`: example data in an empty DATA_DIR, or an empty database of MONGODB_URI: a story in twelve conversations, and N more without one.
import { existsSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LoketError } from '../src/contract/errors.ts';
import { indexContacts, indexMessages } from '../src/desk/searchIndex.ts';
import { createStemmer } from '../src/nlu/stem.ts';
import { openTool, toolConfig } from './openTool.ts';
import { fillStore } from './seed/many.ts';
import { password, people } from './seed/story.ts';
import { hire, tell } from './seed/tell.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { many: { type: 'string' }, force: { type: 'boolean', default: false } } });
  const many = Number(values.many ?? 0);
  if (!Number.isInteger(many) || many < 0 || many > 1_000_000)
    throw new LoketError('invalid', 'Usage: npm run seed -- [--many <how many conversations>] [--force]');
  const config = toolConfig();
  const { DATA_DIR: dataDir, MONGODB_URI: uri } = config;
  const where = uri === undefined ? dataDir : 'the database of MONGODB_URI';
  const refusal = new LoketError(
    'conflict',
    `${where} is not empty: example data does not belong among real data. --force adds it all the same.`,
  );
  if (!values.force && uri === undefined && existsSync(dataDir) && readdirSync(dataDir).length > 0) throw refusal;

  const { store, files, close } = await openTool(config, { isNew: true, maxQueue: 100_000 });
  try {
    if (!values.force && uri !== undefined && (await store.officers.list()).length > 0) throw refusal;
    // A story is told once; what --force adds to it are the many.
    const isTold = (await store.officers.byEmail(people.rina.email)) !== null;
    if (!isTold) await tell({ store, files, now: Date.now() });
    if (many > 0) {
      const officers = await hire(store, Date.now());
      const officerIds = [officers.budi.id, officers.dewi.id];
      await fillStore(store, { conversations: many, messagesEach: 4, now: Date.now(), officerIds });
      const { stem } = createStemmer({ protectedWords: new Set() });
      await indexMessages({ store, stem });
      await indexContacts({ store });
    }
  } finally {
    await close();
  }
  const emails = Object.values(people).map(({ email, role }) => `  ${email} (${role})`);
  process.stdout.write(`Example data in ${where}: 12 conversations${many > 0 ? ` and ${many} more` : ''}.\n`);
  process.stdout.write(`Password of all: ${password}\n${emails.join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof LoketError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
