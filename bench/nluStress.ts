// `npx tsx bench/nluStress.ts [--groups N]`: how often a neighbour answers a question whose own intent nobody taught, and what training costs.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { type IntentFolder, parseIntents, readSources } from '../src/nlu/intentFiles.ts';
import { createMatcher } from '../src/nlu/knowledge.ts';
import { learn } from '../src/nlu/training.ts';

const { values } = parseArgs({ options: { groups: { type: 'string', default: '12' } } });
const groups = Number(values.groups);
const { folder, problems } = parseIntents(readSources(path.join(import.meta.dirname, '../intents')));
if (!folder) throw new Error(problems.join('\n'));
const ids = [...folder.intents.keys()];
const elsewhere = 'lain.instansi';

const counts = { questions: 0, answer: 0, ask: 0, elsewhere: 0, none: 0 };
let trainMs = 0;
for (let group = 0; group < groups; group++) {
  const isLeftOut = (id: string): boolean => ids.indexOf(id) % groups === group;
  const rest: IntentFolder = { ...folder, intents: new Map([...folder.intents].filter(([id]) => !isLeftOut(id))) };
  const start = performance.now();
  const understand = createMatcher(rest, learn(rest));
  trainMs += performance.now() - start;
  for (const [id, { examples, smalltalk, handoff }] of folder.intents) {
    // Small talk and calls for a person are no permit questions: a neighbour does no harm there.
    if (!isLeftOut(id) || smalltalk || handoff === 'now' || id === elsewhere) continue;
    for (const text of [...examples.id, ...examples.su, ...examples.en]) {
      const { zone, guesses } = understand(text, { topic: null });
      const isElsewhere = zone === 'answer' && guesses[0]?.intent === elsewhere;
      counts.questions += 1;
      counts[isElsewhere ? 'elsewhere' : zone] += 1;
    }
  }
}
const share = (count: number): string => `${((100 * count) / counts.questions).toFixed(1)} %`;
console.log(`${counts.questions} questions of left-out intents, ${groups} groups`);
for (const zone of ['answer', 'ask', 'elsewhere', 'none'] as const) console.log(`${zone.padEnd(10)} ${share(counts[zone])}`);
console.log(`learning: ${(trainMs / groups / 1000).toFixed(1)} s each`);
