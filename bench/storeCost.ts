// `tsx bench/storeCost.ts [mongodb://…]`: what one message costs the application on each store: receive, reply, lease,
// settle. CPU of this process only; for MongoDB also the commands that go to the server.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Store } from '../src/desk/storePort.ts';
import { createFieldCrypto } from '../src/store/fieldCrypto.ts';
import { createMongoStore } from '../src/store/mongo/mongoStore.ts';
import { createSqliteStore } from '../src/store/sqlite/sqliteStore.ts';
import { commit, open, outbound } from '../test/support/storeKit.ts';

const MESSAGES = 600;
const fields = createFieldCrypto([{ id: 'k1', key: randomBytes(32) }]);

async function message(store: Store, who: string, externalId: string): Promise<void> {
  const author = { kind: 'contact' as const, id: null, name: null };
  const rest = { clientMessageId: null, kind: 'text' as const, attachments: [], button: null, author, sentAt: 1 };
  const { conversation } = await store.conversations.receive({
    ...open(who),
    message: { id: `m_${externalId}`, externalId, text: 'apa itu NIB?', ...rest },
  });
  await store.conversations.commit(commit(conversation, { messages: [outbound()] }));
  const claim = { owner: 'bench', channels: ['telegram' as const], now: Date.now(), leaseUntil: Date.now() + 60_000, limit: 64 };
  const settled = (await store.outbox.claim(claim)).map(({ message: { id, attempt } }) => ({
    ...{ messageId: id, owner: 'bench', attempt, outcome: { state: 'sent' as const, externalId: null }, now: 1 },
  }));
  await store.outbox.settle(settled);
}

/** @param sent how many commands went to the server so far; null where there is none */
async function measure(name: string, store: Store, inFlight: number, sent: (() => number) | null = null): Promise<void> {
  let next = 0;
  const writer = async () => {
    while (next < MESSAGES) {
      const i = next++;
      await message(store, `${name}${inFlight}-${i % 100}`, `${inFlight}-${i}`);
    }
  };
  const [cpu, began, before] = [process.cpuUsage(), performance.now(), sent?.() ?? 0];
  await Promise.all(Array.from({ length: inFlight }, writer));
  const { user, system } = process.cpuUsage(cpu);
  const each = (value: number) => (value / MESSAGES).toFixed(2);
  console.log(
    `| ${name} | ${inFlight} | ${each((user + system) / 1000)} | ${each(performance.now() - began)} | ${sent === null ? '' : each(sent() - before)} |`,
  );
}

console.log(
  '| store | in flight | CPU ms a message, application only | ms a message, wall clock | commands a message |\n|---|---|---|---|---|',
);
const dir = mkdtempSync(path.join(tmpdir(), 'loket-bench-'));
const sqlite = createSqliteStore({ file: path.join(dir, 'x.db'), fields });
for (const inFlight of [1, 16]) await measure('SQLite', sqlite, inFlight);
await sqlite.close();
rmSync(dir, { recursive: true });
const [uri] = process.argv.slice(2);
if (uri !== undefined) {
  const { store, connection } = await createMongoStore({
    uri: `${uri}${uri.includes('?') ? '&' : '?'}monitorCommands=true`,
    fields,
  });
  let commands = 0;
  connection.connection.getClient().on('commandStarted', () => {
    commands += 1;
  });
  for (const inFlight of [1, 16]) await measure('MongoDB', store, inFlight, () => commands);
  await store.close();
}
