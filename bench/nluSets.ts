// The public sets of the intent benchmark, read from outside the repository: rows to train on and rows to test on.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface TextRow {
  text: string;
  /** null = out of scope. */
  intent: string | null;
}

export interface IntentSet {
  name: string;
  language: 'id' | 'en';
  train: TextRow[];
  test: TextRow[];
}

/**
 * @param dir the folder with the files named below; each file's origin and licence stands in its README
 * @returns the sets; null when the folder is not there
 */
export function readSets(dir: string): IntentSet[] | null {
  if (!existsSync(path.join(dir, 'nlpjs-corpus-id.json'))) return null;
  const read = (file: string): string => readFileSync(path.join(dir, file), 'utf8');
  const xsidTest = conll(read('xsid-0.7-id.test.conll'));
  return [
    corpusId(read('nlpjs-corpus-id.json'), xsidTest),
    { name: 'xSID id', language: 'id', train: conll(read('xsid-0.7-id.valid.conll')), test: xsidTest },
    clinc(read('clinc150-full.json')),
    {
      name: 'BANKING77 full',
      language: 'en',
      train: csv(read('banking77/train.csv')),
      test: csv(read('banking77/test.csv')),
    },
  ];
}

/** 50 intents, 5 rows each to train and to test, without "None"; out of scope: the test sentences of xSID. */
function corpusId(text: string, outside: TextRow[]): IntentSet {
  const { data } = JSON.parse(text) as { data: { intent: string; utterances: string[]; tests: string[] }[] };
  const known = data.filter(({ intent }) => intent !== 'None');
  const rows = (texts: 'utterances' | 'tests'): TextRow[] =>
    known.flatMap((each) => each[texts].map((utterance) => ({ text: utterance, intent: each.intent })));
  return {
    name: 'corpus-id',
    language: 'id',
    train: rows('utterances'),
    test: [...rows('tests'), ...outside.map((row) => ({ ...row, intent: null }))],
  };
}

/** 150 intents; the out-of-scope rows of the training part are not used. */
function clinc(text: string): IntentSet {
  const data = JSON.parse(text) as Record<'train' | 'test' | 'oos_test', [string, string][]>;
  const rows = (part: [string, string][]): TextRow[] => part.map(([utterance, intent]) => ({ text: utterance, intent }));
  return {
    name: 'CLINC150 full',
    language: 'en',
    train: rows(data.train),
    test: [...rows(data.test), ...data.oos_test.map(([utterance]) => ({ text: utterance, intent: null }))],
  };
}

function conll(text: string): TextRow[] {
  return text.split(/\n\s*\n/).flatMap((block) => {
    const utterance = /^# text\s*[=:]\s*(.+)$/m.exec(block)?.[1];
    const intent = /^# intent\s*[=:]\s*(.+)$/m.exec(block)?.[1];
    return utterance && intent ? [{ text: utterance.trim(), intent: intent.trim() }] : [];
  });
}

/** `text,category` with quoted fields; fields may hold line ends and doubled quotes. */
function csv(text: string): TextRow[] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    record.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    if (record.length > 1) records.push(record);
    record = [];
  }
  return records.slice(1).map(([utterance = '', intent = '']) => ({ text: utterance.trim(), intent }));
}
