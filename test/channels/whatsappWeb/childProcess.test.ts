// The process itself, with a small script in place of the child: what it may know of us.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawnFrom } from '../../../src/channels/whatsappWeb/childProcess.ts';
import type { FromChild } from '../../../src/channels/whatsappWeb/protocol.ts';
import { tempDir } from '../../support/tempStore.ts';
import { until } from '../../support/until.ts';

const secrets = ['WHATSAPP_CLOUD_TOKEN', 'TELEGRAM_BOT_TOKEN', 'DATA_KEYS', 'NODE_OPTIONS'];

describe('the child process', () => {
  const { dir, remove } = tempDir();
  const before = secrets.map((name) => [name, process.env[name]] as const);
  beforeAll(() => {
    for (const name of secrets) process.env[name] = '';
  });
  afterAll(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    remove();
  });

  it('When it is started, then it knows where programs are and nothing that is secret', async () => {
    const file = path.join(dir, 'child.mjs');
    const asked = JSON.stringify([...secrets, 'PATH']);
    writeFileSync(
      file,
      `const names = ${asked}.filter((name) => name in process.env);
      process.send({ kind: 'note', detail: names.join() });
      process.disconnect();`,
    );
    const heard: string[] = [];
    const said = (word: FromChild) => void heard.push(word.kind === 'note' ? word.detail : word.kind);
    const start = { kind: 'start' as const, profileDir: dir, browserPath: null, pageFile: null };
    const babbled = () => void heard.push('babble');
    spawnFrom({ file, execArgv: [] }, start, { said, babbled, gone: () => void heard.push('gone') });
    await until('it is gone', () => heard.includes('gone'));
    expect(heard).toEqual(['PATH', 'gone']);
  });
});
