// Shared by the matcher's tests: the real intents folder, and the tables of test/fixtures/nlu.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenNlu, openNlu } from '../../src/nlu/nlu.ts';

const root = join(import.meta.dirname, '../..');
export const intentsDir = join(root, 'intents');
export const cacheDir = join(root, '.cache/nlu');

/** The product's own knowledge; learned once, in a process of its own because that is many times slower inside jest. */
export function openOwn(): OpenNlu {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/match.ts'], { cwd: root, input: '' });
  return openNlu({ intentsDir, cacheDir, learnHere: true });
}

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

/** A handful of intents learns in a moment. */
const few = ['sapa', 'oss.nib-apa', 'oss.nib-cara', 'pbg.apa', 'pbg.biaya', 'kantor.jam', 'lain.instansi', 'minta-petugas'];

/** A copy with those intents only. */
export function fewIntents(): string {
  const dir = copyOfFolder();
  for (const file of readdirSync(dir).filter((name) => name.endsWith('.yaml') && name !== 'office.yaml')) {
    if (!few.includes(file.replace('.yaml', ''))) rmSync(join(dir, file));
    else
      writeFileSync(
        join(dir, file),
        readFileSync(join(dir, file), 'utf8').replace(/^buttons: \[(.*)\]$/m, (_, list: string) => {
          const kept = list.split(', ').filter((id) => id.startsWith('cmd:') || few.includes(id));
          return `buttons: [${kept.join(', ')}]`;
        }),
      );
  }
  return dir;
}
