// Composition root: builds every part, starts them in order, stops them in reverse. The only file that knows everyone.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { telegramOf } from './channels/telegram/fromConfig.ts';
import { createWebChannel } from './channels/web/web.ts';
import { whatsappCloudOf } from './channels/whatsappCloud/fromConfig.ts';
import { whatsappWebOf } from './channels/whatsappWeb/fromConfig.ts';
import { type Config, isUnderNpm, loadEnvFile, readConfig } from './config.ts';
import { LoketError } from './contract/errors.ts';
import { createDesk } from './desk/desk.ts';
import type { Channel } from './desk/ports.ts';
import { createVisitorTokens } from './desk/visitorToken.ts';
import { createAuth } from './http/auth.ts';
import { createMeter } from './http/metrics.ts';
import { createPasswords } from './http/passwords.ts';
import { createHttpServer } from './http/server.ts';
import { createSetup, ensureAdmin } from './http/setup.ts';
import { createLog, type Log } from './log.ts';
import { type Exchange, openExchange } from './nlu/exchange.ts';
import { type OpenNlu, openNlu } from './nlu/nlu.ts';
import { createStemmer } from './nlu/stem.ts';
import { ossOf, ossPushOf } from './permits/connectors/fromConfig.ts';
import { createImporter } from './permits/import/importRows.ts';
import { createEveryNode } from './realtime/everyNode.ts';
import { serveOfficers } from './realtime/officers.ts';
import { createPublisher } from './realtime/publish.ts';
import { createRealtimeServer } from './realtime/server.ts';
import { deriveKey, deriveKeys, loadDataKeys } from './store/dataKeys.ts';
import { diskSpace } from './store/disk.ts';
import { openAny } from './store/openAny.ts';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
/** A stop must be over within this, whatever hangs. */
const GRACE_MS = 9000;

export interface Running {
  /** Where it can be reached from this machine, or PUBLIC_URL. */
  url: string;
  /** One-time path for the first officer; null when there is one. */
  setupPath: string | null;
  /** Drains: no new work, what is in hand is finished, everything is closed. */
  stop(): Promise<void>;
}

/** What fault tests replace; the product never passes any. */
export interface Hooks {
  onCommit?: (when: 'before' | 'after') => void;
  wrapChannel?: (channel: Channel) => Channel;
  intentsDir?: string;
}

/**
 * Starts one node.
 * @throws LoketError with one sentence for whoever starts it: port in use, folder unwritable or served, database too new
 */
export async function start(config: Config, log: Log, hooks: Hooks = {}): Promise<Running> {
  const clock = { now: Date.now };
  const publicUrl = config.PUBLIC_URL ?? null;
  const keys = loadDataKeys({ dataDir: config.DATA_DIR, env: config });
  const nodeId = randomUUID();
  const { MONGODB_URI: uri, DATA_DIR: dataDir } = config;
  const opened = await openAny({ uri, dataDir, keys, nodeId, log, onCommit: hooks.onCommit });
  const { store, files, nodes } = opened;
  try {
    return await build();
  } catch (error) {
    await opened.close();
    throw error;
  }

  async function build(): Promise<Running> {
    const intentsDir = hooks.intentsDir ?? path.join(root, 'intents');
    const exchange = nodes && (await openExchange(nodes.knowledge, intentsDir));
    const nlu = nluOf(config, log, intentsDir, exchange);
    const older = deriveKeys(keys.slice(1), 'widget-tokens').map(({ key }) => key);
    const tokens = createVisitorTokens(deriveKey(keys, 'widget-tokens'), older);
    const edge = { publicUrl, widgetOrigins: config.WIDGET_ORIGINS, trustProxy: config.TRUST_PROXY };
    const sockets = createRealtimeServer(edge);
    const publisher = createPublisher({ widget: sockets.widget, officer: sockets.officer, store, log });
    const realtime =
      nodes === null
        ? publisher
        : createEveryNode({ publisher, widget: sockets.widget, officer: sockets.officer, hints: nodes.hints, store, log });
    const meter = createMeter();

    const web = createWebChannel({
      namespace: sockets.widget,
      verifyToken: tokens.verify,
      addressOf: sockets.addressOf,
      clock,
      log,
    });
    const channels = [
      web,
      ...telegramOf(config, log, nodes?.leases ?? null),
      ...whatsappCloudOf(config, log),
      ...whatsappWebOf(config, log, nodes?.leases ?? null),
    ].map(hooks.wrapChannel ?? ((channel) => channel));
    const uploadMaxBytes = config.UPLOAD_MAX_MB * 1_000_000;
    const desk = createDesk({
      store,
      files,
      nlu,
      realtime,
      channels,
      clock,
      log,
      meter,
      timeZone: config.OFFICE_TIMEZONE,
      nodeId,
      isOnlyNode: nodes === null,
      ...(nodes && { peers: nodes.peers, leases: nodes.leases }),
      uploadMaxBytes,
      stem: createStemmer({ protectedWords: new Set() }).stem,
      importer: createImporter(),
      connectors: ossOf(config, clock),
      disk: () => diskSpace(config.DATA_DIR),
    });

    const { officers } = store;
    if (config.OFFICER_ADMIN_EMAIL !== undefined && config.OFFICER_ADMIN_PASSWORD !== undefined) {
      await ensureAdmin({ officers, clock, email: config.OFFICER_ADMIN_EMAIL, password: config.OFFICER_ADMIN_PASSWORD });
    }
    const passwords = createPasswords();
    const auth = createAuth({
      officers,
      logins: store.logins,
      passwords,
      clock,
      secure: publicUrl?.startsWith('https://') ?? false,
    });
    const setup = await createSetup({ officers, passwords, clock });
    const consoles = serveOfficers({
      namespace: sockets.officer,
      desk: desk.officer,
      conversations: store.conversations,
      hints: nodes?.hints ?? null,
      officerOf: (cookie) => auth.officerOf(cookie, false),
      clock,
      log,
    });
    const http = createHttpServer({
      ...edge,
      desk,
      store,
      channels,
      hooks: ossPushOf(config, store, clock, log),
      realtime,
      auth,
      passwords,
      setup,
      tokens,
      uploadMaxBytes,
      meter,
      log,
      clock,
      widgetDir: path.join(root, 'dist', 'web-widget'),
      consoleDir: path.join(root, 'dist', 'officer-console'),
    });

    const stop = async () => {
      consoles.stop();
      sockets.close();
      await http.close(GRACE_MS / 3);
      await desk.stop(GRACE_MS / 3);
      nlu.stop();
      publisher.stop();
    };
    let port: number;
    try {
      port = await http.listen(config.HOST, config.PORT);
      sockets.attach(http.server);
      await desk.start();
    } catch (error) {
      await stop();
      throw error;
    }
    log.info({ port }, 'ready');

    return {
      url: publicUrl ?? `http://${hostInUrl(config.HOST)}:${port}`,
      setupPath: setup.token === null ? null : `/console/#/setup?token=${setup.token}`,
      async stop() {
        await stop();
        await opened.close();
      },
    };
  }
}

/** The knowledge; changed files are taken up without a restart, broken ones are named in the log and leave the last good ones in use. */
function nluOf(config: Config, log: Log, intentsDir: string, exchange: Exchange | null): OpenNlu {
  return openNlu({
    intentsDir,
    exchange,
    cacheDir: path.join(config.DATA_DIR, 'knowledge', 'learned'),
    shippedDir: path.join(root, '.cache', 'nlu'),
    versionsDir: path.join(config.DATA_DIR, 'knowledge'),
    watch: true,
    onChange({ version, problems }) {
      if (problems.length === 0) log.info({ version }, 'knowledge changed');
      else log.error({ version, problems }, 'intents not taken up: the last good ones stay in use');
    },
  });
}

/** Every interface is not an address a browser can open. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

async function main(): Promise<void> {
  loadEnvFile();
  const read = readConfig(process.env);
  if (!read.ok) return fail(read.problems.map((problem) => `Setting ${problem}`));
  const log = createLog(read.config.LOG_LEVEL);
  let running: Running;
  try {
    running = await start(read.config, log);
  } catch (error) {
    if (!(error instanceof LoketError)) log.fatal({ cause: String(error) }, 'could not start');
    return fail([error instanceof LoketError ? error.message : 'Loket could not start; the log says why.']);
  }

  let isStopping = false;
  const stop = (code: number) => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(code), GRACE_MS).unref();
    running.stop().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ cause: String(error) }, 'stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop(0));
  process.on('SIGINT', () => stop(0));
  if (isUnderNpm(process.env)) whenOrphaned(() => stop(0));
  // An unforeseen error leaves the process in an unknown state: drain and let the supervisor start a new one.
  const die = (error: unknown) => {
    log.fatal({ cause: error instanceof Error ? (error.stack ?? error.message) : typeof error }, 'unforeseen error');
    stop(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);

  // Last, so that whoever reads these lines may signal at once.
  const { url, setupPath } = running;
  process.stdout.write(
    `Widget: ${url}/widget/\nConsole: ${url}/console/\n${setupPath === null ? '' : `Setup: ${url}${setupPath}\n`}`,
  );
}

/** Calls back once the process that started this one is gone. */
function whenOrphaned(react: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    react();
  }, 500);
  timer.unref();
}

function fail(sentences: string[]): void {
  process.stderr.write(`${sentences.join('\n')}\n`);
  process.exitCode = 1;
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === path.resolve(process.argv[1])) void main();
