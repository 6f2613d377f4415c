// The house keeps its size: small files, and papers that know every door.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /^(src|web-widget|officer-console|test|bench|scripts)\/.*\.(ts|tsx|mjs|cjs)$/.test(file));
const linesOf = (file: string) => readFileSync(path.join(root, file), 'utf8').split('\n').length - 1;

describe('the house', () => {
  it('When files are counted, then none has more than 300 lines and half of the product’s have at most 130', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => linesOf(file) > 300)).toEqual([]);
    const product = files.filter((file) => /^(src|web-widget|officer-console)\//.test(file)).map(linesOf);
    const median = product.sort((a, b) => a - b)[Math.floor(product.length / 2)];
    expect(median).toBeLessThanOrEqual(130);
  });

  it('When a file opens, then its first sentence says where it stands', () => {
    const product = files.filter((file) => /^(src|web-widget|officer-console)\/.*\.tsx?$/.test(file) && !file.endsWith('.d.ts'));
    expect(product.filter((file) => !/^(\/\/|\/\*)/.test(readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
  });

  it('When the protocol’s paper is read, then it names every socket event and every route', () => {
    const paper = readFileSync(path.join(root, 'docs/protocol.md'), 'utf8');
    const events = readFileSync(path.join(root, 'src/contract/events.ts'), 'utf8').matchAll(
      /^ {2}'?([a-z]+(?::[a-z]+)?)'?: \(/gm,
    );
    const tables = files
      .filter((file) => /^src\/http\/\w*[rR]outes\.ts$/.test(file))
      .map((file) => readFileSync(path.join(root, file), 'utf8'));
    const routes = tables.join('\n').matchAll(/route\(\s*'(\w+)',\s*'([^']+)'/g);
    const named = [
      ...[...events].map(([, event]) => `\`${event}`),
      ...[...routes].map(([, method, at]) => `${method?.toUpperCase()} /api${at}`),
    ];
    expect(named.length).toBeGreaterThan(35);
    expect(named.filter((name) => !paper.includes(name))).toEqual([]);
  });
});
