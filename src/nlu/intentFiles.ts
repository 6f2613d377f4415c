// The only reader of intents/: loads answers, examples, background lines and word lists, and refuses the folder when one is wrong.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { LoketError } from '../contract/errors.ts';
import type { Button, Language } from '../contract/message.ts';
import { type IntentFile, intentSchema, type OfficeFile, officeSchema, type TopicsFile, topicsSchema } from './intentSchema.ts';
import { type Lexicon, parseLexicon } from './lexicon.ts';

export interface IntentFolder {
  intents: Map<string, IntentFile>;
  /** Lines that no intent answers. */
  background: string[];
  topics: TopicsFile;
  /** What the office must confirm before it is told: proposals, by key. */
  office: OfficeFile;
  slang: Lexicon;
  sundanese: Lexicon;
  english: Lexicon;
}

const officeFile = 'office.yaml';
/** Told from the office's opening hours, not from a fact of its own. */
const hoursFact = 'kantor.jam';

/** Buttons that are commands of the desk, not intents. */
const commandLabels: Record<string, Record<Language, string>> = {
  'cmd:officer': { id: 'Chat petugas', su: 'Chat petugas', en: 'Chat with officer' },
  'cmd:legal': { id: 'Dasar hukum', su: 'Dasar hukum', en: 'Legal basis' },
  'cmd:cancel': { id: 'Batal antre', su: 'Batal antre', en: 'Leave the queue' },
};

/**
 * @param dir the folder intents/
 * @throws LoketError `invalid`, with every problem of every file, one a line, as `intents/file:line path: problem`
 */
export function readIntentFolder(dir: string): IntentFolder {
  const problems: string[] = [];
  const read = (file: string): string => {
    try {
      return readFileSync(join(dir, file), 'utf8');
    } catch {
      problems.push(`intents/${file}:1 file: cannot be read`);
      return '';
    }
  };
  const lexicon = (file: string): Lexicon => {
    const parsed = parseLexicon(read(file));
    problems.push(...parsed.problems.map((problem) => `intents/${file}: ${problem}`));
    return parsed.lexicon;
  };

  const intents = new Map<string, IntentFile>();
  for (const file of intentFileNames(dir, problems)) {
    const intent = parseYaml(file, read(file), intentSchema, problems);
    if (!intent) continue;
    if (`${intent.id}.yaml` !== file) problems.push(`intents/${file}:1 id: must be the file name without .yaml`);
    intents.set(intent.id, intent);
  }
  const topics = parseYaml('lexicon/topics.yaml', read('lexicon/topics.yaml'), topicsSchema, problems);
  const office = parseYaml(officeFile, read(officeFile), officeSchema, problems);
  const folder = {
    intents,
    background: read('_background.txt')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#')),
    slang: lexicon('lexicon/slang.txt'),
    sundanese: lexicon('lexicon/su.txt'),
    english: lexicon('lexicon/en.txt'),
  };
  if (topics && office) problems.push(...crossProblems(intents, topics, office));
  if (intents.size === 0) problems.push('intents: there is no intent file');
  if (!topics || !office || problems.length > 0)
    throw new LoketError('invalid', `The intents folder has problems:\n${problems.join('\n')}`);
  return { ...folder, topics, office };
}

/** @returns the button's label: a command's, or the label of the intent it leads to. */
export function buttonFor(intents: ReadonlyMap<string, IntentFile>, id: string, language: Language): Button {
  const label = commandLabels[id]?.[language] ?? intents.get(id)?.label?.[language === 'en' ? 'en' : 'id'];
  return { id, label: label ?? id.slice(0, 20) };
}

function intentFileNames(dir: string, problems: string[]): string[] {
  try {
    return readdirSync(dir)
      .filter((file) => file.endsWith('.yaml') && file !== officeFile)
      .sort();
  } catch {
    problems.push('intents: the folder cannot be read');
    return [];
  }
}

interface Schema<T> {
  safeParse(
    value: unknown,
  ): { success: true; data: T } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } };
}

/** @returns the checked value; null after adding every problem as `intents/file:line path: what to mend`. */
function parseYaml<T>(file: string, text: string, schema: Schema<T>, problems: string[]): T | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) {
    const { line } = lines.linePos(broken.pos[0]);
    problems.push(`intents/${file}:${line} not readable as YAML: ${broken.message.split('\n')[0]}`);
    return null;
  }
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues)
    problems.push(`intents/${file}:${lineOf(document, path, lines)} ${path.join('.') || 'file'}: ${message}`);
  return null;
}

/** The line of the deepest part of the path that is there: what is missing is to be added below it. */
function lineOf(document: Document.Parsed, path: PropertyKey[], lines: LineCounter): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
    if (Array.isArray(range) && typeof range[0] === 'number') return lines.linePos(range[0]).line;
  }
  return 1;
}

/** What only the whole folder can tell: targets of buttons, names of topics, one phrase claimed by two intents. */
function crossProblems(intents: ReadonlyMap<string, IntentFile>, topics: TopicsFile, office: OfficeFile): string[] {
  const problems: string[] = [];
  const claimed = new Map<string, string>();
  for (const [id, intent] of intents) {
    for (const target of intent.buttons) {
      if (target in commandLabels) continue;
      if (!intents.get(target)?.label)
        problems.push(`intents/${id}.yaml:1 buttons: ${target} is no command and no intent with a label`);
    }
    for (const fact of intent.facts) {
      if (fact !== hoursFact && !(fact in office)) problems.push(`intents/${id}.yaml:1 facts: ${fact} is not in office.yaml`);
    }
    for (const topic of [...intent.about, ...intent.covers]) {
      const [group, name] = topic.split(':') as ['izin' | 'lain' | 'hal', string];
      if (name !== '*' && !topics[group][name])
        problems.push(`intents/${id}.yaml:1 covers: topic ${topic} is not in lexicon/topics.yaml`);
    }
    for (const example of [intent.examples.id, intent.examples.su, intent.examples.en].flat()) {
      const phrase = example.trim().toLowerCase();
      const owner = claimed.get(phrase);
      if (owner) problems.push(`intents/${id}.yaml:1 examples: "${phrase}" is also an example of ${owner}`);
      claimed.set(phrase, id);
    }
  }
  return problems;
}
