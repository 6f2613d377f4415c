// The thresholds of judge.ts, held against examples the matcher has not seen: each tenth of the rows is left out once.
import { readIntentFolder } from '../../src/nlu/intentFiles.ts';
import { nluOf } from '../../src/nlu/nlu.ts';
import { intentsDir } from './kit.ts';

const parts = 10;

interface Row {
  text: string;
  /** null for a background line. */
  intent: string | null;
}

describe('cross-validation on our own examples', () => {
  it('When rows are left out, then wrong answers stay rare and background lines stay unanswered', () => {
    const folder = readIntentFolder(intentsDir);
    const rows: Row[] = [
      ...[...folder.intents.values()].flatMap((file) =>
        Object.values(file.examples)
          .flat()
          .map((text) => ({ text, intent: file.id })),
      ),
      ...folder.background.map((text) => ({ text, intent: null })),
    ];
    let right = 0;
    let wrong = 0;
    let strangers = 0;
    for (let part = 0; part < parts; part++) {
      const held = rows.filter((_, at) => at % parts === part);
      const out = new Set(held.map((row) => row.text));
      const keep = (texts: string[]) => texts.filter((text) => !out.has(text));
      const intents = new Map(
        [...folder.intents].map(([id, file]) => {
          const { id: indonesian, su, en } = file.examples;
          return [id, { ...file, examples: { id: keep(indonesian), su: keep(su), en: keep(en) } }] as const;
        }),
      );
      const nlu = nluOf({ ...folder, intents, background: keep(folder.background) });
      for (const row of held) {
        const { zone, guesses } = nlu.understand(row.text, { topic: null });
        if (zone !== 'answer') continue;
        if (row.intent === null) strangers += 1;
        else if (guesses[0]?.intent === row.intent) right += 1;
        else wrong += 1;
      }
    }
    const known = rows.filter((row) => row.intent !== null).length;
    const report = { right: right / known, wrong: wrong / known, strangers: strangers / (rows.length - known) };
    expect(report.right).toBeGreaterThan(0.66);
    expect(report.wrong).toBeLessThan(0.015);
    expect(report.strangers).toBeLessThan(0.05);
  });
});
