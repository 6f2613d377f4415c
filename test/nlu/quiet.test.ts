// Starting the matcher prints nothing, and natural's root (slow, chatty, reads .env files) is never loaded.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheDir, intentsDir } from './kit.ts';

const script = `
import { createRequire } from 'node:module';
import { openNlu } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src/nlu/nlu.ts')).href)};
const before = Object.keys(process.env).length;
openNlu({ intentsDir: process.argv[1], cacheDir: process.argv[2], learnHere: true }).understand('nib itu apa', { topic: null });
const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('/node_modules/natural/'));
console.log(JSON.stringify({ loaded, env: Object.keys(process.env).length - before }));
`;

it('When the matcher starts in a process of its own, then only the stemmer is loaded and nothing else is printed', () => {
  const output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, intentsDir, cacheDir], {
    cwd: join(import.meta.dirname, '../..'),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { loaded, env } = JSON.parse(output) as { loaded: string[]; env: number };
  expect(env).toBe(0);
  expect(loaded.some((file) => file.endsWith('stemmers/indonesian/stemmer_id.js'))).toBe(true);
  expect(loaded.length).toBeLessThan(15);
  expect(loaded.filter((file) => file.endsWith('lib/natural/index.js'))).toEqual([]);
});
