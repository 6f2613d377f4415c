// Builds the widget into dist/web-widget in one run: the panel and the demo page, then loader.js, which must be a single plain script.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, defineConfig, type InlineConfig } from 'vite';

const root = import.meta.dirname;
const outDir = resolve(root, '../dist/web-widget');
/** Cheap phones of 2020 still get it. */
const target = 'chrome80';

/** Beside each text file a `.br` and a `.gz`, compressed once as hard as it goes: the server hands them out as they are. */
function compressAll(): void {
  for (const name of readdirSync(outDir, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(js|css|html)$/.test(name)) continue;
    const file = resolve(outDir, name);
    const bytes = readFileSync(file);
    writeFileSync(`${file}.br`, brotliCompressSync(bytes));
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

const loader: InlineConfig = {
  root,
  configFile: false,
  publicDir: false,
  clearScreen: false,
  build: {
    outDir,
    emptyOutDir: false,
    target,
    lib: { entry: resolve(root, 'loader.ts'), formats: ['iife'], name: 'loketLoader', fileName: () => 'loader.js' },
  },
};

export default defineConfig({
  root,
  base: './',
  clearScreen: false,
  build: {
    outDir,
    emptyOutDir: true,
    target,
    modulePreload: false,
    rolldownOptions: { input: resolve(root, 'panel.html') },
  },
  plugins: [
    {
      name: 'loader-after-panel',
      apply: 'build',
      async closeBundle() {
        await build(loader);
        compressAll();
      },
    },
  ],
});
