// Two nodes on one MongoDB: a citizen on one, an officer on the other; a rolling restart under writers; kill -9 of either node, and of the database.
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { io, type Socket } from 'socket.io-client';
import type { WidgetMessage } from '../../src/contract/events.ts';
import { copyOfFolder } from '../nlu/kit.ts';
import { openOffice, signIn } from '../support/consoleKit.ts';
import { isGone } from '../support/faultProcess.ts';
import { admin, type Loket, startLoket } from '../support/loket.ts';
import { describeMongo, type MongoServer, startMongoServer } from '../support/mongoServer.ts';
import { DATA_KEYS, type Node, type NodesRig, startNodesRig } from '../support/nodesRig.ts';
import { until } from '../support/until.ts';

/** `npm run test:nodes` sets them; too long for every `npm test`. */
const CYCLES = Number(process.env.KILL_CYCLES ?? 0);
const STORE_CYCLES = Number(process.env.STORE_KILL_CYCLES ?? 0);
const describeKill = CYCLES + STORE_CYCLES > 0 ? describeMongo : describe.skip;

describeMongo('two nodes, one citizen, one officer', () => {
  let server: MongoServer;
  let nodes: Loket[] = [];
  const sockets: Socket[] = [];
  /** Each node has its intents on a disk of its own. */
  const folders = [copyOfFolder(), copyOfFolder()];
  beforeAll(async () => {
    server = await startMongoServer();
    const MONGODB_URI = server.uri();
    // Long polling, both with the token and the server of the first one's stand-in.
    const shared = { MONGODB_URI, DATA_KEYS, TELEGRAM_WEBHOOK_SECRET: undefined };
    const [folderOfA, folderOfB] = folders as [string, string];
    const first = await startLoket(shared, undefined, { intentsDir: folderOfA });
    const second = { ...shared, TELEGRAM_API_ROOT: first.telegram.url };
    nodes = [first, await startLoket(second, undefined, { intentsDir: folderOfB })];
  });
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await nodes[1]?.close();
    await nodes[0]?.close();
    await server.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const connect = (url: string, more: object) => {
    const socket = io(url, { transports: ['websocket'], forceNew: true, ...more });
    sockets.push(socket);
    return socket;
  };

  /** A new citizen at a widget of that node. */
  async function visit(node: Loket) {
    const session = await fetch(`${node.url}/api/widget/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    const { token } = (await session.json()) as { token: string };
    const citizen = connect(`${node.url}/widget`, { auth: { token } });
    const heard: WidgetMessage[] = [];
    citizen.on('message:new', (message: WidgetMessage) => heard.push(message));
    const says = (text: string) => citizen.emitWithAck('message:send', { text, clientMessageId: randomBytes(8).toString('hex') });
    return { citizen, heard, says };
  }

  it('When the citizen writes on A and the officer answers on B, then both see all of it, and settings of B hold on A', async () => {
    const [a, b] = nodes as [Loket, Loket];
    const { rina } = await openOffice(b);
    const inbox: { id: string; state: string }[] = [];
    const officer = connect(`${b.url}/officer`, { extraHeaders: { cookie: rina.cookie, origin: b.url } });
    officer.on('inbox:changed', ({ rows }: { rows: { id: string; state: string }[] }) => inbox.push(...rows));
    await until('the console is connected', () => officer.connected);

    const { citizen, heard, says } = await visit(a);
    const seen: string[] = [];
    citizen.on('conversation:state', ({ officerName }: { officerName: string | null }) => seen.push(officerName ?? ''));
    expect(await says('petugas')).toMatchObject({ ok: true });
    await until('it is queued on B', () => inbox.some(({ state }) => state === 'queued'));
    const { id } = inbox.find(({ state }) => state === 'queued')!;
    await rina.ask('POST', `/api/conversations/${id}/claim`);
    await until('the citizen on A sees who', () => seen.includes('Rina'));
    await officer.emitWithAck('conversation:watch', { conversationId: id, rev: 0 });
    const watched: string[] = [];
    officer.on('conversation:changed', ({ messages }: { messages: { text: string }[] }) =>
      watched.push(...messages.map(({ text }) => text)),
    );
    await officer.emitWithAck('message:send', { conversationId: id, clientMessageId: 'from-b-0001', text: 'Selamat siang.' });
    await until('the citizen on A hears B', () => heard.some(({ text }) => text === 'Selamat siang.'));
    await says('terima kasih bu');
    await until('the officer on B sees A', () => watched.includes('terima kasih bu'));
    expect(heard.filter(({ text }) => text === 'Selamat siang.')).toHaveLength(1);

    type Settings = { office: { rules: { floodPerMinute: number } }; version: number };
    const before = await rina.ask<Settings>('GET', '/api/settings');
    const office = { ...before.office, rules: { ...before.office.rules, floodPerMinute: 33 } };
    await rina.ask('PUT', '/api/settings', { office, version: before.version });
    const onA = async () => {
      const answer = await fetch(`${a.url}/api/settings`, { headers: { cookie: rina.cookie, 'x-loket': '1' } });
      return ((await answer.json()) as Settings).office.rules.floodPerMinute;
    };
    await until('A knows', async () => (await onA()) === 33, 5000);
  });

  it('When a fact of the office is confirmed on A, then B tells it to the next who asks', async () => {
    const [a, b] = nodes as [Loket, Loket];
    const boss = await signIn(a, admin.email, admin.password);
    const address = 'Jalan Percobaan No. 7';
    const askB = async () => {
      const { heard, says } = await visit(b);
      await says('alamat kantor di mana');
      // The knowledge may still be learning.
      await until('B answers', () => heard.some(({ direction }) => direction === 'out'), 60_000);
      return heard.map(({ text }) => text).join(' ');
    };
    expect(await askB()).toContain('Kantor belum memastikan');
    const { version } = await boss.ask<{ version: number }>('GET', '/api/settings');
    await boss.ask('PUT', '/api/settings', {
      office: { facts: { 'kantor.alamat': { value: address, confirm: true } } },
      version,
    });
    await until('B tells it', async () => (await askB()).includes(address), 5000);
  });

  it('When a file of the intents is changed on A, then B answers by it, and still does after a restart', async () => {
    const [a, b] = nodes as [Loket, Loket];
    const ask = async (node: Loket) => {
      const { heard, says } = await visit(node);
      await says('pbg itu apa');
      await until('it answers', () => heard.some(({ direction }) => direction === 'out'), 60_000);
      return heard.map(({ text }) => text).join(' ');
    };
    const file = path.join(folders[0]!, 'pbg.apa.yaml');
    const before = readFileSync(file, 'utf8');
    const changed = before.replace('Membangun gedung perlu PBG', 'Mendirikan gedung perlu PBG');
    const isNew = async (node: Loket) => (await ask(node)).includes('Mendirikan gedung perlu PBG');
    expect(await ask(b)).toContain('Membangun gedung perlu PBG');
    writeFileSync(file, changed);
    await until('A answers by it', () => isNew(a));
    await until('B answers by it', () => isNew(b), 5000);
    await b.restart();
    expect(await isNew(b)).toBe(true);
  });

  it('When the node that polls Telegram stops, then the other goes on, and each message is answered once', async () => {
    const [a] = nodes as [Loket, Loket];
    a.telegram.pushText('NIB itu apa ya?', { id: 42, name: 'Asep' });
    const answers = (chat: string) => a.telegram.sent.filter(({ chatId }) => chatId === chat);
    // The knowledge may still be learning.
    await until('it is answered', () => answers('42').length > 0, 60_000);
    await a.running.stop();
    a.telegram.pushText('apa itu NIB?', { id: 43, name: 'Euis' });
    await until('the other node answers', () => answers('43').length > 0, 60_000);
    expect([answers('42').length, answers('43').length]).toEqual([1, 1]);
  });
});

/** @returns once the node is gone */
async function end(node: Node, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  node.child.kill(signal);
  await until(`it is gone by ${signal}`, () => isGone(node.child));
}

describeMongo('rolling restart', () => {
  let rig: NodesRig;
  beforeAll(async () => {
    rig = await startNodesRig(4);
  });
  afterAll(() => rig.close());

  it('When two nodes are restarted one after the other under writers, then nothing acknowledged is lost or doubled', async () => {
    const names = ['a', 'b'];
    const nodes = await Promise.all(names.map(rig.start));
    let isOver = false;
    const writing = rig.write(nodes, () => isOver, true);
    const exits: (number | null)[] = [];
    for (const [i, name] of names.entries()) {
      const before = rig.acked();
      await until('both take messages', () => rig.acked() >= before + 8);
      await end(nodes[i]!, 'SIGTERM');
      exits.push(nodes[i]!.child.exitCode);
      const alone = rig.acked();
      await until('the other takes what this one would have', () => rig.acked() >= alone + 4);
      nodes[i] = await rig.start(name);
    }
    isOver = true;
    await writing;
    expect(exits).toEqual([0, 0]);
    await rig.judge();
  });
});

describeKill('kill -9', () => {
  let rig: NodesRig;
  beforeEach(async () => {
    rig = await startNodesRig(16);
  });
  afterEach(() => rig.close());

  it(`When one of two nodes dies ${CYCLES} times under 16 writers, then nothing acknowledged is lost or doubled`, async () => {
    const nodes = await Promise.all(['a', 'b'].map(rig.start));
    for (let i = 0; i < CYCLES; i++) {
      const victim = i % 2;
      const life = 1500 + ((i * 137) % 1000);
      const dying = new Promise((resolve) => setTimeout(resolve, life)).then(() => end(nodes[victim]!, 'SIGKILL'));
      const over = Date.now() + life + 300;
      await Promise.all([rig.write(nodes, () => Date.now() > over), dying]);
      nodes[victim] = await rig.start(['a', 'b'][victim]!);
    }
    await rig.judge();
  }, 600_000);

  it(`When the database dies ${STORE_CYCLES} times under 16 writers, then no acknowledgement was false, and writes go on within 10 s`, async () => {
    const nodes = await Promise.all(['a', 'b'].map(rig.start));
    const counts: number[] = [];
    let isOver = false;
    const writing = rig.write(nodes, () => isOver);
    for (let i = 0; i < STORE_CYCLES; i++) {
      await new Promise((resolve) => setTimeout(resolve, 5000));
      await rig.server.kill();
      await rig.server.start();
      const before = rig.acked();
      const since = Date.now();
      await until('writes go on', () => rig.acked() > before, 60_000);
      counts.push(Date.now() - since);
    }
    isOver = true;
    await writing;
    process.stderr.write(`recovery ms: ${counts.join(' ')}\n`);
    await rig.judge();
    expect(counts.filter((ms) => ms > 10_000)).toEqual([]);
  }, 900_000);
});
