// Shared by the matcher's tests: the real intents folder, and the tables of test/fixtures/nlu.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const intentsDir = join(import.meta.dirname, '../../intents');

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

/** Runs `use` on a copy of the real folder in which some files are written anew. */
export function withFolder(files: Record<string, string>, use: (dir: string) => void): void {
  const dir = mkdtempSync(join(tmpdir(), 'loket-intents-'));
  try {
    cpSync(intentsDir, dir, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text);
    use(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
