// The only reader of intents/: loads answers, examples, background lines and word lists, and names every problem by file and line.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Document, LineCounter } from 'yaml';
import { LoketError } from '../contract/errors.ts';
import type { Button, Language } from '../contract/message.ts';
import { type IntentFile, intentSchema, type OfficeFile, officeSchema, type TopicsFile, topicsSchema } from './intentSchema.ts';
import { type Lexicon, parseLexicon } from './lexicon.ts';

/** Loaded when a file is parsed: a start from learned knowledge goes without its 8 MB. */
const loadYaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml');

/** The folder as it lies on disk: path inside intents/ → text. */
export type IntentSources = ReadonlyMap<string, string>;

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
  synonyms: Lexicon;
}

const officeFile = 'office.yaml';
const topicsFile = 'lexicon/topics.yaml';
const synonymsFile = 'lexicon/synonyms.txt';
const otherFiles = [
  '_background.txt',
  'lexicon/slang.txt',
  'lexicon/su.txt',
  'lexicon/en.txt',
  synonymsFile,
  topicsFile,
  officeFile,
];
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
 * @returns every file that belongs to the knowledge, in a fixed order; one that cannot be read is left out
 */
export function readSources(dir: string): IntentSources {
  const read = (file: string): [string, string][] => {
    try {
      return [[file, readFileSync(join(dir, file), 'utf8')]];
    } catch {
      return [];
    }
  };
  return new Map([...intentFileNames(dir), ...otherFiles].flatMap(read));
}

/** @returns `onto` with every file that differs between two looks at a folder as it is in the later one, in the order of `readSources` */
export function withChanges(onto: IntentSources, before: IntentSources, after: IntentSources): IntentSources {
  const merged = new Map(onto);
  for (const [file, text] of after) if (before.get(file) !== text) merged.set(file, text);
  for (const file of before.keys()) if (!after.has(file)) merged.delete(file);
  const intents = [...merged.keys()].filter((file) => !otherFiles.includes(file)).sort();
  return new Map(
    [...intents, ...otherFiles].flatMap((file) => {
      const text = merged.get(file);
      return text === undefined ? [] : [[file, text] as const];
    }),
  );
}

/**
 * @param dir the folder intents/
 * @throws LoketError `invalid`, with every problem of every file, one a line, as `intents/file:line path: problem`
 */
export function readIntentFolder(dir: string): IntentFolder {
  const { folder, problems } = parseIntents(readSources(dir));
  if (!folder) throw new LoketError('invalid', `The intents folder has problems:\n${problems.join('\n')}`);
  return folder;
}

/** @returns the knowledge, or null with every problem of every file as `intents/file:line path: what to mend`. */
export function parseIntents(sources: IntentSources): { folder: IntentFolder | null; problems: string[] } {
  const problems: string[] = [];
  const text = (file: string): string => {
    const found = sources.get(file);
    if (found === undefined) problems.push(`intents/${file}:1 file: cannot be read`);
    return found ?? '';
  };
  const lexicon = (file: string): Lexicon => {
    const parsed = parseLexicon(text(file));
    problems.push(...parsed.problems.map((problem) => `intents/${file}: ${problem}`));
    return parsed.lexicon;
  };

  const intents = new Map<string, IntentFile>();
  for (const [file, content] of sources) {
    if (otherFiles.includes(file)) continue;
    const intent = parseYaml(file, content, intentSchema, problems);
    if (!intent) continue;
    if (`${intent.id}.yaml` !== file) problems.push(`intents/${file}:1 id: must be the file name without .yaml`);
    intents.set(intent.id, intent);
  }
  if (intents.size === 0) problems.push('intents: the folder cannot be read, or there is no intent file in it');
  const topics = parseYaml(topicsFile, text(topicsFile), topicsSchema, problems);
  const office = parseYaml(officeFile, text(officeFile), officeSchema, problems);
  const background = text('_background.txt')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const slang = lexicon('lexicon/slang.txt');
  const sundanese = lexicon('lexicon/su.txt');
  const english = lexicon('lexicon/en.txt');
  // Folders from before this list have none.
  const synonyms = sources.has(synonymsFile) ? lexicon(synonymsFile) : parseLexicon('').lexicon;
  if (topics && office) problems.push(...crossProblems(intents, topics, office));
  if (!topics || !office || problems.length > 0) return { folder: null, problems };
  return { folder: { intents, background, topics, office, slang, sundanese, english, synonyms }, problems };
}

/** @returns the button's label: a command's, or the label of the intent it leads to. */
export function buttonFor(intents: ReadonlyMap<string, IntentFile>, id: string, language: Language): Button {
  const label = commandLabels[id]?.[language] ?? intents.get(id)?.label?.[language === 'en' ? 'en' : 'id'];
  return { id, label: label ?? id.slice(0, 20) };
}

function intentFileNames(dir: string): string[] {
  try {
    return readdirSync(dir)
      .filter((file) => file.endsWith('.yaml') && file !== officeFile)
      .sort();
  } catch {
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
  const { LineCounter, parseDocument } = loadYaml();
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

/** What only the whole folder can tell: targets of buttons, names of services, facts. */
function crossProblems(intents: ReadonlyMap<string, IntentFile>, topics: TopicsFile, office: OfficeFile): string[] {
  const problems: string[] = [];
  const pairs = new Map<string, string>();
  for (const [id, { buttons, facts, service, aspect, covers }] of intents) {
    const problem = (text: string) => problems.push(`intents/${id}.yaml:1 ${text}`);
    for (const target of buttons) {
      if (target in commandLabels || intents.get(target)?.label) continue;
      problem(`buttons: ${target} is no command and no intent with a label`);
    }
    for (const fact of facts) {
      if (fact !== hoursFact && !(fact in office)) problem(`facts: ${fact} is not in office.yaml`);
    }
    if ((service === undefined) !== (aspect === undefined)) problem('aspect: a permit question has both service and aspect');
    for (const name of covers) if (!topics.layanan[name]) problem(`covers: ${name} is not under layanan in lexicon/topics.yaml`);
    if (service === undefined) continue;
    if (!topics.layanan[service]) problem(`service: ${service} is not under layanan in lexicon/topics.yaml`);
    const pair = `${service} ${aspect}`;
    const owner = pairs.get(pair);
    if (owner) problem(`aspect: ${owner} has the same service and aspect`);
    pairs.set(pair, id);
  }
  return problems;
}
