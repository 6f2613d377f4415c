// Files on a real disk whose message was never written: gone after a day, never one that a message names, never a young one.
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createKit } from '../support/deskKit.ts';
import { openTempStore } from '../support/tempStore.ts';
import { until } from '../support/until.ts';

const day = 86_400_000;
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100, 1)]);

describe('files without a message', () => {
  let opened: ReturnType<typeof openTempStore>;
  beforeEach(() => {
    opened = openTempStore();
  });
  afterEach(() => opened.close());
  const folder = () => path.join(opened.dir, 'files');
  const onDisk = () =>
    (existsSync(folder()) ? readdirSync(folder(), { recursive: true, encoding: 'utf8' }) : [])
      .filter((name) => statSync(path.join(folder(), name)).isFile())
      .map((name) => path.basename(name))
      .sort();
  const fileOf = (key: string) => path.join(folder(), key.slice(0, 2), key);
  const age = (file: string, ms: number) => utimesSync(file, new Date(), new Date(Date.now() - ms));
  async function saved(): Promise<{ key: string; mime: string; size: number }> {
    const file = await opened.files.save(png);
    if (file === 'refused') throw new Error('refused');
    return file;
  }

  it('When the night comes, then only old ones that no message names are removed', async () => {
    const dying = await createKit({ store: opened.store, files: opened.files, startAt: Date.now() });
    const visitor = { channel: 'shell', accountId: 'a', externalId: 'warga' } as const;
    await dying.says('apa itu nib');
    // The process dies between the file and its message.
    const { receive } = opened.store.conversations;
    let isDead = false;
    opened.store.conversations.receive = () => {
      isDead = true;
      return new Promise(() => {});
    };
    const sent = { clientMessageId: 'c-00000001', name: 'ktp.png', isVoice: false, bytes: png };
    void dying.desk.visitor.sendFile(visitor, sent);
    await until('it died', () => isDead);
    const orphan = onDisk()[0]!;
    opened.store.conversations.receive = receive;
    const kit = await createKit({ store: opened.store, files: opened.files, startAt: Date.now() });

    const [named, young, edge, stray] = [await saved(), await saved(), await saved(), await saved()];
    const file = { id: 'f1', name: 'a.png', ...named, state: 'stored' as const, ref: null };
    const message = await kit.says('ini berkasnya', { from: 'lain' });
    await opened.store.conversations.revise({ find: { id: message.id }, attachments: [file] }, kit.now());
    writeFileSync(`${fileOf(stray.key)}.part`, 'half');
    writeFileSync(path.join(path.dirname(fileOf(stray.key)), 'README'), 'not ours');
    for (const old of [orphan, named.key, stray.key, `${stray.key}.part`]) age(fileOf(old), 2 * day);
    age(path.join(path.dirname(fileOf(stray.key)), 'README'), 2 * day);
    age(fileOf(edge.key), day - 60_000);

    await kit.desk.sweep();
    expect(onDisk()).toEqual([named.key, young.key, edge.key, 'README'].sort());
    expect(await opened.files.read(named.key)).toEqual(png);
    expect(await opened.store.settings.audit(1)).toMatchObject([
      { action: 'upkeep', detail: 'permits 0, persons 0, audit 0, files 3, codes 0' },
    ]);
  });

  it('When the store cannot tell which files are named, then none is removed', async () => {
    const kit = await createKit({ store: opened.store, files: opened.files, startAt: Date.now() });
    const { key } = await saved();
    age(fileOf(key), 2 * day);
    opened.store.attachments.keys = () => Promise.reject(new Error('away'));
    await expect(kit.desk.sweep()).rejects.toThrow('away');
    expect(onDisk()).toEqual([key]);
  });
});
