// Builds the widget into dist/web-widget in one run: the panel and the demo page, then loader.js, which must be a single plain script.
import { resolve } from 'node:path';
import { build, defineConfig, type InlineConfig } from 'vite';

const root = import.meta.dirname;
const outDir = resolve(root, '../dist/web-widget');
/** Cheap phones of 2020 still get it. */
const target = 'chrome80';

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
      },
    },
  ],
});
