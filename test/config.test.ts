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
