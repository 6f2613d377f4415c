import { readFileSync } from 'node:fs';
import path from 'node:path';
import { envExample } from '../scripts/envExample.ts';
import { readConfig } from '../src/config.ts';

describe('settings', () => {
  it('When nothing is set, then every default holds', () => {
    const read = readConfig({});
    expect(read).toMatchObject({
      ok: true,
      config: { HOST: '127.0.0.1', PORT: 3000, OFFICE_TIMEZONE: 'Asia/Jakarta', WIDGET_ORIGINS: [], UPLOAD_MAX_MB: 10 },
    });
  });

  it('When several settings are bad, then all of them are named at once', () => {
    const read = readConfig({
      PORT: 'many',
      OFFICE_TIMEZONE: 'Bandung',
      TELEGRAM_BOT_TOKEN: 'no token',
      MONGODB_URI: 'postgres://127.0.0.1',
      OFFICER_ADMIN_EMAIL: 'a@example.go.id',
    });
    expect(read.ok).toBe(false);
    const problems = read.ok ? [] : read.problems;
    for (const name of ['PORT', 'OFFICE_TIMEZONE', 'TELEGRAM_BOT_TOKEN', 'MONGODB_URI']) {
      expect(problems.filter((line) => line.startsWith(`${name}:`))).toHaveLength(1);
    }
  });

  it.each([
    ['PORT', '70000', 'must be a whole number from 0 to 65535'],
    ['PORT', '80.5', 'must be a whole number from 0 to 65535'],
    ['TRUST_PROXY', 'yes', 'must be a whole number from 0 to 10'],
    ['LOG_LEVEL', 'loud', 'must be one of silent, fatal, error, warn, info, debug'],
    ['UPLOAD_MAX_MB', '0', 'must be a number of MB above 0, at most 50'],
    ['OFFICER_ADMIN_EMAIL', 'admin', 'must be an e-mail address'],
    ['TELEGRAM_API_ROOT', 'telegram', 'must be a URL'],
  ])('When %s is %s, then the problem says what it must be', (name, value, sentence) => {
    const read = readConfig({ [name]: value });
    expect(read.ok ? [] : read.problems).toContain(`${name}: ${sentence}`);
  });

  it('When only one of the first officer’s two settings is given, then the other is asked for', () => {
    const read = readConfig({ OFFICER_ADMIN_EMAIL: 'a@example.go.id' });
    expect(read).toMatchObject({ ok: false, problems: [expect.stringContaining('OFFICER_ADMIN_PASSWORD')] });
  });

  it('When widget origins are listed, then they are origins without paths', () => {
    expect(readConfig({ WIDGET_ORIGINS: 'https://a.example, https://b.example:8443' })).toMatchObject({
      ok: true,
      config: { WIDGET_ORIGINS: ['https://a.example', 'https://b.example:8443'] },
    });
    expect(readConfig({ WIDGET_ORIGINS: 'https://a.example/page' }).ok).toBe(false);
  });

  it('When the schema changed, then .env.example must be made again', () => {
    const committed = readFileSync(path.join(import.meta.dirname, '..', '.env.example'), 'utf8');
    expect(committed).toBe(envExample());
  });
});
