// The Telegram channel: connects, keeps connected, sends. Receiving is in telegramPolling.ts or telegramWebhook.ts.
import {
  type Channel,
  type ChannelHealth,
  type ChannelState,
  type DeskLog,
  type Intake,
  type OutboundMessage,
  SendError,
} from '../../desk/ports.ts';
import type { Bot } from './telegramAddress.ts';
import { createTelegramApi } from './telegramApi.ts';
import { fromOutbound } from './telegramConvert.ts';
import { channelDetail, readTrouble, tokenRefused, toSendError } from './telegramErrors.ts';
import { fetchTelegramFile } from './telegramFiles.ts';
import { createIngest, type Ingest } from './telegramIngest.ts';
import { backOff, createPoller } from './telegramPolling.ts';
import { allowedUpdates, meSchema, sentSchema } from './telegramUpdate.ts';
import { fromFile } from './telegramUpload.ts';
import { createWebhook, hookPath } from './telegramWebhook.ts';

export interface TelegramOptions {
  /** From @BotFather: `<bot id>:<secret>`. */
  token: string;
  /** The Bot API; another one only for stand-ins. */
  apiRoot?: string | undefined;
  /** Set: updates come by webhook, with this secret in each delivery. Unset: long polling. 1–256 of `A–Z a–z 0–9 _ -`. */
  webhookSecret?: string | undefined;
  /** Where the world reaches this server; the webhook is registered below it when it is https. */
  publicUrl?: string | undefined;
  log: DeskLog;
  now?: () => number;
  /** Ms until a call without an answer is given up; 15 s. */
  callTimeoutMs?: number;
  /** Waits between tries; tests replace it. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Deliveries Telegram may have under way at once (its default). */
const MAX_CONNECTIONS = 40;
const CONFLICT_WAIT_MS = 10_000;
/** What a bot may upload (Bot API, "Sending files"). */
const MAX_FILE = 50_000_000;
/** Until an upload without an answer is given up. */
const UPLOAD_MS = 50_000;

/** @throws Error when the token or the secret cannot be one; the message does not repeat it */
export function createTelegramChannel(options: TelegramOptions): Channel {
  const { token, webhookSecret, publicUrl, log, now = Date.now, wait = waitFor } = options;
  const { callTimeoutMs: timeoutMs } = options;
  const apiRoot = (options.apiRoot ?? 'https://api.telegram.org').replace(/\/+$/, '');
  const accountId = /^(\d{1,20}):[\w-]+$/.exec(token)?.[1];
  if (accountId === undefined) throw new Error('The Telegram token must look like <number>:<letters, digits, - and _>.');
  if (webhookSecret !== undefined && !/^[\w-]{1,256}$/.test(webhookSecret)) {
    throw new Error('The Telegram webhook secret may hold letters, digits, - and _ only, at most 256.');
  }

  const api = createTelegramApi({ token, apiRoot });
  const bot: Bot = { id: Number(accountId), accountId, username: null };
  const health = createHealth(now);
  const stopping = new AbortController();
  let ingest: Ingest | null = null;
  let running: Promise<void> = Promise.resolve();

  /** Connects and receives; after any failure it waits and begins again. Ends only by `stop`, or once a webhook is set. */
  async function supervise(receive: (onAnswer: () => void) => Promise<void>): Promise<void> {
    let tries = 0;
    while (!stopping.signal.aborted) {
      try {
        const me = meSchema.parse(await api.call('getMe', {}, { timeoutMs, signal: stopping.signal }));
        bot.username = me.username;
        await receive(() => {
          tries = 0;
          health.set('ready');
        });
        return;
      } catch (error) {
        if (stopping.signal.aborted) return;
        const trouble = readTrouble(error);
        tries += 1;
        health.set('down', channelDetail(trouble));
        log.warn({ channel: 'telegram', status: trouble.status, cause: trouble.detail, tries }, 'telegram is not connected');
        // Two servers with one token take turns in throwing each other out: slowly, please.
        const atLeast = trouble.status === 409 ? CONFLICT_WAIT_MS : trouble.retryAfterMs;
        await wait(Math.max(atLeast, backOff(tries)), stopping.signal);
      }
    }
  }

  async function receiveByPolling(intoDesk: Ingest): Promise<void> {
    const poller = createPoller({ api, ingest: intoDesk, log, signal: stopping.signal, wait });
    await supervise(async (onAnswer) => {
      await api.call('deleteWebhook', {}, { timeoutMs, signal: stopping.signal });
      await poller.poll(onAnswer);
    });
  }

  async function receiveByWebhook(): Promise<void> {
    await supervise(async (onAnswer) => {
      if (publicUrl?.startsWith('https://')) {
        const url = publicUrl.replace(/\/+$/, '') + hookPath;
        const webhook = { url, secret_token: webhookSecret, allowed_updates: allowedUpdates, max_connections: MAX_CONNECTIONS };
        await api.call('setWebhook', webhook, { timeoutMs, signal: stopping.signal });
      }
      onAnswer();
    });
  }

  /** A message of the desk is one call: its text, or its one file. */
  async function deliver(out: OutboundMessage): Promise<unknown> {
    const [file] = out.message.attachments;
    if (file === undefined || out.bytesOf === undefined) return api.call('sendMessage', fromOutbound(out), { timeoutMs });
    const { method, payload } = fromFile(out, file, await out.bytesOf(file));
    return api.call(method, payload, { timeoutMs: UPLOAD_MS });
  }

  return {
    name: 'telegram',
    accountId,
    capabilities: {
      buttons: true,
      typing: true,
      maxTextLength: 4096,
      repeatable: false,
      verifiesPhone: true,
      oneThread: false,
      maxFileBytes: MAX_FILE,
    },

    async start(intake: Intake) {
      ingest = createIngest({ intake, bot, api, log, now });
      running = webhookSecret === undefined ? receiveByPolling(ingest) : receiveByWebhook();
    },

    async send(out) {
      try {
        const sent = sentSchema.safeParse(await deliver(out));
        if (health.get().detail === tokenRefused) health.set('ready');
        return { externalId: sent.success ? `${sent.data.chat.id}:${sent.data.message_id}` : null };
      } catch (error) {
        if (error instanceof SendError) throw error;
        const trouble = readTrouble(error);
        if (trouble.status === 401 || trouble.status === 404) health.set('down', tokenRefused);
        throw toSendError(trouble);
      }
    },

    async stop() {
      const last = ingest;
      ingest = null;
      stopping.abort();
      await running;
      await last?.idle();
      health.set('down', 'Kanal Telegram dihentikan.');
    },

    health: health.get,
    invite: (code) =>
      bot.username === null
        ? null
        : { app: 'Telegram', url: `https://t.me/${bot.username}${code === '' ? '' : `?start=${code}`}` },
    // Ids of persons are positive (Bot API, "Chat").
    isGroup: (externalId) => externalId.startsWith('-'),

    ...(webhookSecret !== undefined && { webhook: createWebhook({ secret: webhookSecret, ingest: () => ingest, log }) }),

    fetchFile: (ref, maxBytes) => fetchTelegramFile({ api, fileRoot: `${apiRoot}/file/bot${token}` }, ref, maxBytes),

    async typing(contact) {
      await api.call('sendChatAction', { chat_id: contact.externalId, action: 'typing' }, { timeoutMs }).catch(() => undefined);
    },
  };
}

function createHealth(now: () => number) {
  let health: ChannelHealth = { state: 'connecting', since: now(), detail: null };
  return {
    get: () => health,
    set(state: ChannelState, detail: string | null = null) {
      if (health.state !== state || health.detail !== detail) health = { state, since: now(), detail };
    },
  };
}

/** Resolves after `ms`, or at once when the signal aborts. */
function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
