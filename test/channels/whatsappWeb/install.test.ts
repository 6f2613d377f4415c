// What an install brings: whatsapp-web.js depends on puppeteer, whose install script downloads a browser of its own unless it is told not to.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { tempDir } from '../../support/tempStore.ts';

const root = path.join(import.meta.dirname, '../../..');

describe('npm ci', () => {
  it('When puppeteer is installed with nothing set in the environment, then it downloads no browser', () => {
    const { dir, remove } = tempDir();
    const cache = path.join(dir, 'cache');
    // Nobody listens there: a download that is tried fails and says so.
    const nowhere = 'http://127.0.0.1:9';
    const { stdout, stderr, status } = spawnSync(process.execPath, ['install.mjs'], {
      cwd: path.join(root, 'node_modules/puppeteer'),
      encoding: 'utf8',
      env: {
        ...{ PATH: process.env.PATH, HOME: dir, PUPPETEER_CACHE_DIR: cache },
        ...{ PUPPETEER_CHROME_DOWNLOAD_BASE_URL: nowhere, PUPPETEER_CHROME_HEADLESS_SHELL_DOWNLOAD_BASE_URL: nowhere },
      },
    });
    expect([stderr, status]).toEqual(['', 0]);
    expect(stdout).toContain('Skipping downloading browsers as instructed');
    expect(existsSync(cache)).toBe(false);
    remove();
  });

  it('When the image is built, then what forbids the download is there before npm ci runs', () => {
    const [before = ''] = readFileSync(path.join(root, 'Dockerfile'), 'utf8').split(/^RUN npm ci/m);
    expect(before).toMatch(/^COPY .*\.puppeteerrc\.cjs/m);
    const ignored = readFileSync(path.join(root, '.dockerignore'), 'utf8').split('\n');
    expect(ignored).not.toContain('.puppeteerrc.cjs');
  });
});
