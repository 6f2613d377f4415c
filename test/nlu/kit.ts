// Shared by the matcher's tests: the real intents folder, and the tables of test/fixtures/nlu.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenNlu, openNlu } from '../../src/nlu/nlu.ts';

const root = join(import.meta.dirname, '../..');
export const intentsDir = join(root, 'intents');

/** The product's own knowledge; learned once by whichever test comes first. */
export const openOwn = (): OpenNlu => openNlu({ intentsDir, cacheDir: join(root, '.cache/nlu'), learnHere: true });

/** Rows of a table: tab-separated, `#` starts a comment. */
export function table(name: string): { text: string; second: string }[] {
  return readFileSync(join(import.meta.dirname, '../fixtures/nlu', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [text = '', second = ''] = line.split('\t');
      return { text, second };
    });
}

/** A copy of the real folder in which some files are written anew. */
export function copyOfFolder(files: Record<string, string> = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'loket-intents-'));
  cpSync(intentsDir, dir, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text);
  return dir;
}

/** Runs `use` on such a copy. */
export function withFolder(files: Record<string, string>, use: (dir: string) => void): void {
  const dir = copyOfFolder(files);
  try {
    use(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
