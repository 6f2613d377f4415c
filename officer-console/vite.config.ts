// Builds the officers' console to dist/officer-console; the server serves it with CSP `default-src 'self'`, so nothing may be inlined.
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  base: './',
  plugins: [preact()],
  build: {
    outDir: '../dist/officer-console',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // For `vite` beside a running server: its API and socket under the console's own origin, so the session cookie fits.
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:3000',
      '/socket.io': { target: 'http://127.0.0.1:3000', ws: true },
    },
  },
});
