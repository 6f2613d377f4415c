// `npm run -s match`: a message a line on standard input → one JSON object a line: what the matcher makes of it, without conversation.
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Nlu } from '../src/desk/ports.ts';
import { openNlu } from '../src/nlu/nlu.ts';

const root = path.join(import.meta.dirname, '..');

type Decision = 'answer' | 'ask' | 'handoff' | 'notOurs';

/** A message nothing fits is for a person: a hand-over without an intent. */
function match(nlu: Nlu, text: string) {
  const { zone, guesses, language } = nlu.understand(text, { topic: null });
  const [first] = guesses;
  const isNow = zone === 'answer' && first !== undefined && nlu.answer(first.intent, language)?.handoff === 'now';
  const isElsewhere = zone === 'answer' && first?.intent === 'lain.instansi';
  const decision: Decision = isElsewhere ? 'notOurs' : isNow || zone === 'none' ? 'handoff' : zone;
  const isShown = ({ intent }: { intent: string }): boolean => zone === 'answer' || nlu.label(intent, language) !== null;
  const choices = isElsewhere || isNow ? [] : guesses.filter(isShown).map(({ intent }) => intent);
  const confidence = Math.round((first?.score ?? 0) * 1e4) / 1e4;
  return { intent: first?.intent ?? null, confidence, decision, choices, language };
}

const nlu = openNlu({ intentsDir: path.join(root, 'intents'), cacheDir: path.join(root, '.cache', 'nlu'), learnHere: true });
for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY, terminal: false })) {
  if (!process.stdout.write(`${JSON.stringify(match(nlu, line))}\n`)) await once(process.stdout, 'drain');
}
