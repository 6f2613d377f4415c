// Builds the widget into dist/web-widget in one run: the panel and the demo page, then loader.js, which must be a single plain script.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/**
 * Puts the panel's script and style into its page: on a phone line of 400 ms a second request is half a second of waiting.
 * The server allows exactly these two in its content policy, by their hashes.
 */
function inlinePanel(): void {
  const file = resolve(outDir, 'panel.html');
  const take = (name: string): string => {
    const text = readFileSync(resolve(outDir, name), 'utf8');
    rmSync(resolve(outDir, name));
    return text;
  };
  const page = readFileSync(file, 'utf8')
    .replace(/<link rel="stylesheet"[^>]* href="\.\/([^"]+)">/, (_, name: string) => `<style>${take(name)}</style>`)
    .replace(/<script type="module"[^>]* src="\.\/([^"]+)"><\/script>/, (_, name: string) => {
      // Seen from the page, the other chunk lies one folder deeper; nothing in the script may end it early.
      const script = take(name)
        .replace(/import\(`\.\//g, 'import(`./assets/')
        .replace(/<\/(script)/gi, '<\\/$1');
      const socket = /import\(`([^`]+)`\)/.exec(script)?.[1];
      if (socket === undefined) throw new Error('The panel loads no socket client.');
      // Asked for while the page is still coming: it follows in the same stream of bytes, a round trip earlier.
      return `<link rel="modulepreload" href="${socket}"><script type="module">${script}</script>`;
    });
  writeFileSync(file, page);
}

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
        inlinePanel();
        await build(loader);
      },
    },
  ],
});
