// The process itself, with a small script in place of the child: what it may know of us, and that its last words are heard.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawnFrom } from '../../../src/channels/whatsappWeb/childProcess.ts';
import type { FromChild } from '../../../src/channels/whatsappWeb/protocol.ts';
import { tempDir } from '../../support/tempStore.ts';
import { until } from '../../support/until.ts';

describe('the child process', () => {
  const { dir, remove } = tempDir();
  afterAll(remove);

  /** @param then runs at once, before anything can be heard */
  async function run(script: string, then: () => void = () => {}): Promise<string[]> {
    const file = path.join(dir, `child${Date.now()}.mjs`);
    writeFileSync(file, script);
    const heard: string[] = [];
    const said = (word: FromChild) => void heard.push(word.kind === 'note' ? word.detail : word.kind);
    const start = { kind: 'start' as const, profileDir: dir, browserPath: null, pageFile: null };
    const babbled = () => void heard.push('babble');
    spawnFrom({ file, execArgv: [] }, start, { said, babbled, gone: () => void heard.push('gone') });
    then();
    await until('it is gone', () => heard.includes('gone'));
    // Nothing may follow.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return heard;
  }
  const say = (detail: string) => `process.send({ kind: 'note', detail: ${detail} });`;

  it('When it is started, then it knows where programs are and nothing that is secret', async () => {
    const secrets = ['WHATSAPP_CLOUD_TOKEN', 'TELEGRAM_TOKEN', 'DATA_KEY', 'NODE_OPTIONS'];
    const before = { ...process.env };
    for (const name of secrets) process.env[name] = '';
    try {
      const names = `Object.keys(process.env).filter((name) => ${JSON.stringify([...secrets, 'PATH'])}.includes(name)).join()`;
      expect(await run(`${say(names)} process.disconnect();`)).toEqual(['PATH', 'gone']);
    } finally {
      process.env = before;
    }
  });

  it('When it says much and ends at once, then all of it is heard before it is gone, and it is gone once', async () => {
    const WORDS = 500;
    const done = path.join(dir, 'done');
    const script = `
      import { writeFileSync } from 'node:fs';
      let left = ${WORDS};
      const end = () => --left === 0 && (writeFileSync(${JSON.stringify(done)}, ''), process.exit(0));
      for (let n = 0; n < ${WORDS}; n++) process.send({ kind: 'note', detail: n + ' '.repeat(250) }, end);`;
    // We are busy until it has ended: more lies in the pipe than one look takes out.
    const sleep = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    const beBusy = () => {
      for (let looks = 0; looks < 2000 && !existsSync(done); looks++) sleep(5);
      sleep(300);
    };
    const heard = await run(script, beBusy);
    expect(heard.map((word) => word.trim())).toEqual([...Array.from({ length: WORDS }, (_, n) => String(n)), 'gone']);
  });
});
