// The WhatsApp channel over Meta's Cloud API: knows whether it may send, paces, sends. Receiving is in cloudWebhook.ts.
import { waInvitation } from '../../desk/invitation.ts';
import {
  type Channel,
  type ChannelHealth,
  type ChannelState,
  type DeskLog,
  type Intake,
  type OutboundMessage,
  SendError,
} from '../../desk/ports.ts';
import { CloudError, createCloudApi } from './cloudApi.ts';
import { keyOf } from './cloudConvert.ts';
import { channelDetail, pauseReason, type Trouble, toSendError } from './cloudErrors.ts';
import { createIngest, type Ingest } from './cloudIngest.ts';
import { fetchCloudMedia } from './cloudMedia.ts';
import { asUpload, fromOutbound, limits, maxFile } from './cloudOutbound.ts';
import { createPacer, type Pacer } from './cloudPace.ts';
import { createWebhook } from './cloudWebhook.ts';

export interface WhatsappCloudOptions {
  /** Meta's id of our number (not the number itself). */
  phoneNumberId: string;
  /** Of a system user with the right `whatsapp_business_messaging`. */
  token: string;
  /** Signs what Meta delivers. */
  appSecret: string;
  /** The word Meta says in its handshake. */
  verifyToken: string;
  /** Graph API with its version; another one only for stand-ins. */
  apiRoot: string;
  log: DeskLog;
  now?: () => number;
  /** Ms until a call without an answer is given up; 15 s. */
  callTimeoutMs?: number;
  /** Waits; tests replace it. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  pacer?: Pacer;
}

/** Meta takes free texts only this long after the citizen's last message (Messaging, "customer service window"). */
const WINDOW_MS = 24 * 3_600_000;
const FIRST_PROBE_MS = 5000;
const LAST_PROBE_MS = 600_000;

/** @returns the channel, not started; its webhook is served at `/webhook/whatsapp`. */
export function createWhatsappCloudChannel(options: WhatsappCloudOptions): Channel {
  const { phoneNumberId: accountId, token, appSecret, verifyToken, log, now = Date.now, wait = waitFor } = options;
  const apiRoot = options.apiRoot.replace(/\/+$/, '');
  const api = createCloudApi({ apiRoot, phoneNumberId: accountId, token, timeoutMs: options.callTimeoutMs ?? 15_000 });
  const pacer = options.pacer ?? createPacer();
  const health = createHealth(now);
  const stopping = new AbortController();
  let ingest: Ingest | null = null;
  /** Ours, digits with country code; null while Meta has not told it. */
  let number: string | null = null;
  /** Asking Meta until it lets us send; null while there is nothing to ask. */
  let probing: Promise<void> | null = null;
  /** Pauses in a row without a message that went through: each waits longer. */
  let pauses = 0;

  /** Asks until Meta takes the token; ends by `stop` too. @param waitMs before the first question */
  async function probeUntilReady(waitMs: number): Promise<void> {
    if (waitMs > 0) await wait(waitMs, stopping.signal);
    for (let tries = 1; !stopping.signal.aborted; tries++) {
      try {
        number = await api.probe(stopping.signal);
        return health.set('ready');
      } catch (error) {
        if (stopping.signal.aborted) return;
        const trouble = troubleOf(error);
        // While Meta refuses us nothing is claimed for sending; while only the network is away, sends find out by themselves.
        health.set(isRefusal(trouble) ? 'needs-login' : 'down', channelDetail(trouble));
        log.warn({ channel: 'whatsapp', status: trouble.status, code: trouble.code, tries }, 'whatsapp is not connected');
        await wait(probeWait(tries), stopping.signal);
      }
    }
  }

  function pause(code: number): void {
    const reason = pauseReason(code);
    if (reason === null || stopping.signal.aborted) return;
    health.set('needs-login', reason);
    if (probing !== null) return;
    pauses += 1;
    log.error({ channel: 'whatsapp', code, pauses }, 'whatsapp paused');
    startProbing(probeWait(pauses));
  }

  function startProbing(waitMs: number): void {
    probing = probeUntilReady(waitMs).finally(() => {
      probing = null;
    });
  }

  /** Waiting here burns no attempt; the desk keeps one message of a conversation under way, so nobody else waits for it. */
  async function awaitTurn(recipient: string): Promise<void> {
    const ms = pacer.book(recipient, now());
    if (ms > 0) await wait(ms, stopping.signal);
    if (stopping.signal.aborted) throw new SendError('retry', 'Kanal WhatsApp dihentikan.');
  }

  /** A message of the desk is one message: its text, or its one file. An upload is seen by nobody, so its failures are plain retries. */
  async function deliver(out: OutboundMessage): Promise<string | null> {
    const [file] = out.message.attachments;
    if (file === undefined || out.bytesOf === undefined) return api.send(fromOutbound(out));
    const bytes = await out.bytesOf(file);
    const upload = asUpload(file, bytes.byteLength);
    const id = await api.upload(upload, bytes).catch((error: unknown) => {
      const failure = toSendError(troubleOf(error), out.message.attempt);
      throw failure.verdict === 'uncertain' ? new SendError('retry', 'Berkas belum dapat dikirim ke WhatsApp.') : failure;
    });
    return api.send(fromOutbound(out, { upload, id }));
  }

  return {
    name: 'whatsapp',
    accountId,
    capabilities: {
      buttons: true,
      typing: false,
      maxTextLength: limits.text,
      repeatable: false,
      verifiesPhone: true,
      oneThread: false,
      maxFileBytes: maxFile,
      window: { ms: WINDOW_MS },
      templates: true,
    },

    async start(intake: Intake) {
      ingest = createIngest({ intake, log, onTrouble: pause });
      startProbing(0);
    },

    async send(out) {
      await awaitTurn(out.contact.externalId);
      try {
        const wamid = await deliver(out);
        pauses = 0;
        return { externalId: wamid === null ? null : keyOf(wamid) };
      } catch (error) {
        if (error instanceof SendError) throw error;
        const trouble = troubleOf(error);
        if (trouble.code !== null) pause(trouble.code);
        throw toSendError(trouble, out.message.attempt);
      }
    },

    async stop() {
      const last = ingest;
      ingest = null;
      stopping.abort();
      await probing;
      await last?.idle();
      health.set('down', 'Kanal WhatsApp dihentikan.');
    },

    health: health.get,
    invite: (code) => (number === null ? null : waInvitation(number, code)),
    webhook: createWebhook({ accountId, appSecret, verifyToken, ingest: () => ingest, log }),
    fetchFile: (ref, maxBytes) => fetchCloudMedia({ api, apiRoot, token }, ref, maxBytes),
  };
}

/** Whatever is not the API's own error happened before anything was written. */
const troubleOf = (error: unknown): Trouble =>
  error instanceof CloudError ? error.trouble : { status: null, code: null, isUnsent: false };

const isRefusal = ({ status }: Trouble): boolean => status !== null && status >= 400 && status < 500 && status !== 429;

/** 5, 10, 20 s … 10 min. */
const probeWait = (tries: number): number => Math.min(FIRST_PROBE_MS * 2 ** (tries - 1), LAST_PROBE_MS);

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
