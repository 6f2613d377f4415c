// The real intents folder keeps the dialogue's rules, and a wrong file is refused with every problem named.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LoketError } from '../../src/contract/errors.ts';
import { buttonSchema } from '../../src/contract/message.ts';
import { contractIds } from '../../src/nlu/contractIds.ts';
import { buttonFor, parseIntents, readIntentFolder, readSources } from '../../src/nlu/intentFiles.ts';
import { reviewKnowledge } from '../../src/nlu/review.ts';
import { intentsDir, withFolder } from './kit.ts';

const folder = readIntentFolder(intentsDir);
const files = [...folder.intents.values()];
const texts = files.flatMap((file) =>
  [file.answer, file.unconfirmed].flatMap((each) =>
    each ? Object.entries(each).map(([language, text]) => ({ id: file.id, language, text })) : [],
  ),
);

const problemsOf = (change: Record<string, string>): string => {
  let message = '';
  withFolder(change, (dir) => {
    try {
      readIntentFolder(dir);
    } catch (error) {
      expect(error).toBeInstanceOf(LoketError);
      message = (error as Error).message;
    }
  });
  return message;
};
const fileText = (id: string) => readFileSync(join(intentsDir, `${id}.yaml`), 'utf8');

describe('the intents folder', () => {
  it('When it is read, then every intent that reports and tests rely on is there', () => {
    expect(contractIds.filter((id) => !folder.intents.has(id))).toEqual([]);
    expect(folder.background.length).toBeGreaterThanOrEqual(150);
  });

  it.each(texts)('When $id answers in $language, then the text is short, calm and plain', ({ text }) => {
    expect(text.length).toBeLessThanOrEqual(420);
    expect(text).not.toMatch(/[!]|\p{Extended_Pictographic}|ketidaknyamanan|Sumber:|https?:\/\/|[*_#]/u);
    expect(text).not.toMatch(/\bAnda\b/);
  });

  it('When an answer states facts, then it names a checked source; small talk, hand-overs and answers that state none do not', () => {
    const without = files.filter((file) => !file.source).map((file) => file.id);
    expect(without.sort()).toEqual([
      'bantuan',
      'lain.instansi',
      'marah',
      'minta-petugas',
      'oss.lkpm',
      'pamit',
      'penelitian.izin',
      'sapa',
      'siapa-bot',
      'terima-kasih',
    ]);
  });

  it('When buttons are shown in any language, then each fits the channels', () => {
    for (const file of files) {
      for (const language of ['id', 'su', 'en'] as const) {
        for (const id of file.buttons) expect(buttonSchema.safeParse(buttonFor(folder.intents, id, language)).success).toBe(true);
      }
    }
  });

  it('When rules were superseded, then no answer repeats the old ones', () => {
    const all = texts.map(({ text }) => text).join('\n');
    expect(all).not.toMatch(/PP 5\/2021|3-7 hari|Perda 4\/2012|KBLI 2020|rekomendasi (IDI|PPNI)|tetap berlaku|stays valid/i);
    expect(JSON.stringify(files)).not.toMatch(/PP 5\/2021/);
  });

  it('When an example is doubled, a contract id is missing and a date is over, then each is named', () => {
    const few = ['oss.nib-apa', 'pbg.biaya', 'kantor.jam', 'sapa'];
    const intents = new Map([...folder.intents].filter(([id]) => few.includes(id)));
    const nib = intents.get('oss.nib-apa')!;
    const source = { ...nib.source!, reviewBy: '2026-01-01' };
    const doubled = [...nib.examples.id, folder.intents.get('pbg.biaya')!.examples.id[0]!.toUpperCase()];
    intents.set('oss.nib-apa', { ...nib, source, examples: { ...nib.examples, id: doubled } });
    const { errors, warnings } = reviewKnowledge({ ...folder, intents }, '2026-11-25');
    expect(errors).toContainEqual(expect.stringContaining('survei.skm.yaml:1 file: is missing'));
    expect(errors.filter((error) => !error.includes('is missing'))).toEqual([expect.stringMatching(/examples: .* is also in/)]);
    expect(warnings).toContainEqual(expect.stringContaining('oss.nib-apa.yaml:1 source.reviewBy: was due on 2026-01-01'));
  });
});

it('When a folder is older than the list of synonyms, then it is read without one', () => {
  const sources = new Map(readSources(intentsDir));
  expect(sources.delete('lexicon/synonyms.txt')).toBe(true);
  const { folder: older, problems } = parseIntents(sources);
  expect(problems).toEqual([]);
  expect(older?.synonyms.phrases.size).toBe(0);
  expect(folder.synonyms.phrases.size).toBeGreaterThan(100);
});

describe('a wrong intents folder', () => {
  it('When several files are wrong, then one message names every file, place and problem', () => {
    const message = problemsOf({
      'pbg.apa.yaml': fileText('pbg.apa')
        .replace('id: pbg.apa', 'id: pbg.lain')
        .replace(/^buttons: \[.*$/m, 'buttons: [tidak.ada, cmd:legal, cmd:officer]'),
      'sapa.yaml': fileText('sapa').replace('Mau tanya izin apa?', 'Mau tanya izin apa!'),
      'kantor.jam.yaml': fileText('kantor.jam').replace('facts: [kantor.jam]', 'facts: []'),
      'gampil.apa.yaml': 'id: [',
      'lexicon/slang.txt': 'bukan baris yang benar',
      'lexicon/synonyms.txt': 'lihat',
    });
    expect(message).toMatch(/intents\/pbg\.apa\.yaml:1 id: must be the file name/);
    expect(message).toMatch(/pbg\.lain\.yaml:1 buttons: tidak\.ada is no command/);
    expect(message).toMatch(/intents\/sapa\.yaml:\d+ answer\.id: no exclamation marks/);
    expect(message).toMatch(/kantor\.jam\.yaml:\d+ answer\.id: the \{placeholders\} must be exactly the facts/);
    expect(message).toMatch(/kantor\.jam\.yaml:\d+ unconfirmed: needed when/);
    expect(message).toMatch(/gampil\.apa\.yaml:1 not readable as YAML/);
    expect(message).toMatch(/lexicon\/slang\.txt: line 1/);
    expect(message).toMatch(/lexicon\/synonyms\.txt: line 1/);
  });

  it.each([
    ['a single source is not named', 'ho.dihapus', 'Menurut berita', 'Dari berita', /answer\.id: a single source is named/],
    ['the date is no date', 'pbg.apa', '2026-11-25', '25/11/2026', /source\.checked: write the date/],
    ['a service has no names', 'pbg.apa', 'service: pbg', 'service: entah', /service: entah is not under layanan/],
    ['a question has a service only', 'pbg.apa', 'aspect: apa\n', '', /aspect: a permit question has both/],
    ['a label is too long', 'pbg.apa', 'Apa itu PBG,', 'Apa itu PBG dan apa itu IMB,', /label\.id: a button label/],
    ['the legal button has no legal basis', 'pbg.apa', '  legal: PP 16/2021\n', '', /buttons: cmd:legal stands exactly/],
    ['an id does not fit into a button', 'pbg.apa', 'id: pbg.apa', `id: pbg.${'a'.repeat(51)}`, /id: an id is at most 54/],
    ['a Sundanese text was checked by nobody', 'sapa', /^languageCheckedBy:.*\n/m, '', /languageCheckedBy/],
    ['a field is unknown', 'sapa', 'smalltalk: true', 'smalltalk: true\nwarna: biru', /Unrecognized key/],
  ])('When %s, then the folder is refused', (_, id, from, to, problem) => {
    const text = fileText(id).replace(from, to);
    expect(text).not.toBe(fileText(id));
    expect(problemsOf({ [`${id}.yaml`]: text })).toMatch(problem);
  });

  it('When the folder is missing, then the message says so', () => {
    expect(() => readIntentFolder(join(intentsDir, 'nowhere'))).toThrow(/the folder cannot be read/);
  });
});
