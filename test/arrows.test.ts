// The arrows of the house are checked by dependency-cruiser; here forbidden imports are planted and each must be caught.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const folders = ['src', 'web-widget', 'officer-console'];

function check(cwd: string): { ok: boolean; output: string } {
  const bin = path.join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const tsx = path.join(root, 'scripts', 'swcTsx.cjs');
  const run = spawnSync(process.execPath, ['--require', tsx, bin, ...folders, '--config', '.dependency-cruiser.cjs'], {
    cwd,
    encoding: 'utf8',
  });
  return { ok: run.status === 0, output: `${run.stdout}${run.stderr}` };
}

const planted: [rule: string, file: string, line: string][] = [
  ['contract-imports-zod-only', 'src/contract/planted.ts', "import '../desk/ids.ts';"],
  ['desk-imports-contract-only', 'src/desk/planted.ts', "import '../http/errors.ts';"],
  ['desk-imports-contract-only', 'src/desk/planted2.ts', "import 'express';"],
  [
    'http-knows-no-side-room',
    'src/http/planted.ts',
    "import type { NewMessage } from '../store/openStore.ts';\nexport type A = NewMessage;",
  ],
  ['channels-knows-no-side-room', 'src/channels/planted.ts', "import '../realtime/publish.ts';"],
  ['browsers-import-contract-only', 'officer-console/planted.ts', "import '../src/desk/ids.ts';"],
  ['widget-and-console-are-siblings', 'officer-console/planted2.ts', "import '../web-widget/strings.ts';"],
  ['no-cycles', 'src/desk/plantedA.ts', "import './plantedB.ts';"],
  [
    'browsers-import-contract-only',
    'officer-console/planted3.tsx',
    "import { newId } from '../src/desk/ids.ts';\nexport const A = () => <b>{newId('x')}</b>;",
  ],
  ['natural-by-deep-import-in-nlu', 'src/desk/planted3.ts', "import 'natural';"],
  ['sqlite-behind-the-store', 'src/http/planted3.ts', "import 'better-sqlite3';"],
  ['mongoose-behind-the-store', 'src/http/planted4.ts', "import 'mongoose';"],
];

/** Where only types may be imported: [files, what they import]. The bundles stay free of zod, the rooms free of the process's settings. */
const typesOnly: [files: RegExp, target: RegExp][] = [
  [/^(web-widget|officer-console)\//, /src\/contract\//],
  [/^src\/(contract|desk|nlu|channels|permits|store|http|realtime)\//, /\.\.\/(config|log|main)\.ts$/],
];

function valueImports(tree: string): string[] {
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(tree, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
  );
  return files.flatMap((file) => {
    const targets = typesOnly.filter(([files]) => files.test(file)).map(([, target]) => target);
    if (targets.length === 0 || !/\.tsx?$/.test(file)) return [];
    const statements = readFileSync(path.join(tree, file), 'utf8').matchAll(
      /^(?:import|export)\s+(?!type\b)[^;]*?from\s+'([^']+)'/gm,
    );
    return [...statements]
      .filter(([, from]) => targets.some((target) => target.test(from ?? '')))
      .map(([, from]) => `${file} → ${from}`);
  });
}

describe('arrows between folders', () => {
  let copy = '';
  beforeAll(() => {
    copy = mkdtempSync(path.join(tmpdir(), 'loket-arrows-'));
    for (const name of [...folders, '.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
      cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('When nothing is planted, then the house is clean', () => {
    const { ok, output } = check(copy);
    expect(output).toContain('no dependency violations');
    expect(ok).toBe(true);
  });

  it('When only types may cross, then no value does, and a planted one is caught', () => {
    expect(valueImports(copy)).toEqual([]);
    const bad = [
      ['web-widget/planted.ts', "import { widgetSendSchema } from '../src/contract/events.ts';"],
      ['src/http/planted2.ts', "import { readConfig } from '../config.ts';"],
    ];
    for (const [file, line] of bad) writeFileSync(path.join(copy, file ?? ''), `${line}\n`);
    expect(valueImports(copy)).toHaveLength(bad.length);
    for (const [file] of bad) rmSync(path.join(copy, file ?? ''));
  });

  it('When forbidden imports are planted, then each is caught by its rule', () => {
    mkdirSync(path.join(copy, 'src/desk'), { recursive: true });
    for (const [, file, line] of planted) writeFileSync(path.join(copy, file), `${line}\n`);
    writeFileSync(path.join(copy, 'src/desk/plantedB.ts'), "import './plantedA.ts';\n");
    const { ok, output } = check(copy);
    expect(ok).toBe(false);
    for (const [rule, file] of planted) expect(output).toContain(`${rule}: ${file}`);
  });
});
