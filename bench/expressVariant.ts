// What Loket is measured against: its own rooms and promises, with the two levers taken away. The webhook goes through Express 5, and every
// write is a transaction of its own (SQLite, synchronous=FULL).
import express from 'express';
import { createTelegramChannel } from '../src/channels/telegram/telegram.ts';
import { loadEnvFile, readConfig } from '../src/config.ts';
import { createDesk } from '../src/desk/desk.ts';
import { createVisitorTokens } from '../src/desk/visitorToken.ts';
import { createAuth } from '../src/http/auth.ts';
import { createMeter } from '../src/http/metrics.ts';
import { createPasswords } from '../src/http/passwords.ts';
import { createHttpServer } from '../src/http/server.ts';
import { createSetup, ensureAdmin } from '../src/http/setup.ts';
import { createLog } from '../src/log.ts';
import { openNlu } from '../src/nlu/nlu.ts';
import { serveOfficers } from '../src/realtime/officers.ts';
import { createPublisher } from '../src/realtime/publish.ts';
import { createRealtimeServer } from '../src/realtime/server.ts';
import { deriveKey, loadDataKeys } from '../src/store/dataKeys.ts';
import { openStore } from '../src/store/openStore.ts';
import { root } from './servers.ts';

async function main(): Promise<void> {
  loadEnvFile();
  const read = readConfig(process.env);
  if (!read.ok) throw new Error(read.problems.join('; '));
  const { config } = read;
  const [log, clock, meter, passwords] = [createLog(config.LOG_LEVEL), { now: Date.now }, createMeter(), createPasswords()];
  const keys = loadDataKeys({ dataDir: config.DATA_DIR, env: config });
  const { store, files } = openStore({ dataDir: config.DATA_DIR, keys, maxBatch: 1 });
  const edge = { publicUrl: null, widgetOrigins: [], trustProxy: 0 };
  const sockets = createRealtimeServer(edge);
  const realtime = createPublisher({ widget: sockets.widget, officer: sockets.officer, store, log });
  const telegram = createTelegramChannel({
    token: config.TELEGRAM_BOT_TOKEN ?? '',
    apiRoot: config.TELEGRAM_API_ROOT,
    webhookSecret: config.TELEGRAM_WEBHOOK_SECRET,
    log,
  });
  const channels = [telegram];
  const nlu = openNlu({ intentsDir: `${root}/intents`, cacheDir: `${root}/.cache/nlu`, learnHere: true });
  const rest = { timeZone: config.OFFICE_TIMEZONE, nodeId: 'bench', isOnlyNode: true, uploadMaxBytes: 0 };
  const desk = createDesk({ store, files, nlu, realtime, channels, clock, log, meter, ...rest });
  const { officers } = store;
  await ensureAdmin({ officers, clock, email: config.OFFICER_ADMIN_EMAIL ?? '', password: config.OFFICER_ADMIN_PASSWORD ?? '' });
  const auth = createAuth({ officers, logins: store.logins, passwords, clock, secure: false });
  serveOfficers({
    namespace: sockets.officer,
    desk: desk.officer,
    conversations: store.conversations,
    hints: null,
    officerOf: (cookie) => auth.officerOf(cookie, false),
    clock,
    log,
  });
  const setup = await createSetup({ officers, passwords, clock });
  const tokens = createVisitorTokens(deriveKey(keys, 'widget-tokens'));
  const pages = { widgetDir: `${root}/dist/web-widget`, consoleDir: `${root}/dist/officer-console` };
  const parts = { desk, store, channels: [], realtime, auth, passwords, setup, tokens, meter, log, clock };
  const http = createHttpServer({ ...edge, ...parts, ...pages, uploadMaxBytes: 10_000_000 });

  const app = express();
  app.post('/webhook/telegram', express.raw({ type: '*/*', limit: '4mb' }), async (req, res) => {
    const query = new URLSearchParams();
    const answer = await telegram.webhook?.({ method: 'POST', headers: req.headers, query, body: req.body as Buffer });
    res.sendStatus(answer?.status ?? 404);
  });
  const [inner] = http.server.listeners('request');
  app.use((req, res) => inner?.call(http.server, req, res));
  http.server.removeAllListeners('request');
  http.server.on('request', app);

  const port = await http.listen('127.0.0.1', 0);
  sockets.attach(http.server);
  await desk.start();
  process.stdout.write(`Widget: http://127.0.0.1:${port}/widget/\n`);
  process.on('SIGTERM', () => process.exit(0));
}

void main();
