// `npm run -s keys:rotate`: writes every encrypted field anew under the first key of DATA_KEYS (or DATA_DIR/keys), beside the running server
// or, with MONGODB_URI, the running nodes.

import type { Config } from '../src/config.ts';
import { LoketError } from '../src/contract/errors.ts';
import { type DataKey, loadDataKeys } from '../src/store/dataKeys.ts';
import { type RekeyEnd, rekeyStore } from '../src/store/rekey.ts';
import { openSqliteRekey } from '../src/store/sqlite/rekey.ts';
import { toolConfig } from './openTool.ts';

const SHOWN_EVERY_MS = 5000;

async function main(): Promise<void> {
  const config = toolConfig();
  const keys = loadDataKeys({ dataDir: config.DATA_DIR, env: config });
  const [first, ...older] = keys;
  if (first === undefined || older.length === 0)
    throw new LoketError(
      'invalid',
      'There is only one key, so nothing to write anew. Put a new one first in DATA_KEYS (new:BASE64,old:BASE64) and restart the server, or every node, with it; then run this again.',
    );
  let shownAt = Date.now();
  const { contacts, permits, left } = await rekeyStore(await open(config, keys), {
    key: first.id,
    onProgress(done) {
      if (Date.now() - shownAt < SHOWN_EVERY_MS) return;
      shownAt = Date.now();
      process.stderr.write(`${done.contacts} contacts, ${done.permits} permit files…\n`);
    },
  });
  process.stdout.write(`Under key "${first.id}" now: ${contacts} contacts and ${permits} permit files written anew.\n`);
  if (left > 0)
    throw new LoketError(
      'conflict',
      `${left} fields are still under an older key: a server that runs was not restarted with the new key first. Restart it, then run this again.`,
    );
  process.stdout.write(
    `Nothing is left under ${older.map(({ id }) => `"${id}"`).join(', ')}. Let the server run with both keys for some days: it indexes names anew, and visitors of the widget who come back get new tokens. Then take the old one out. Backups made before still need it.\n`,
  );
}

async function open({ MONGODB_URI: uri, DATA_DIR }: Config, keys: readonly DataKey[]): Promise<RekeyEnd> {
  if (uri === undefined) return openSqliteRekey(DATA_DIR, keys);
  const { openMongoRekey } = await import('../src/store/mongo/rekey.ts');
  return openMongoRekey(uri, keys);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
