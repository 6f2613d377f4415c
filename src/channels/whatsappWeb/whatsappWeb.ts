// The WhatsApp Web channel: a number of the office linked like a second screen, in a process of its own. Unofficial; docs/whatsapp-web.md.
import path from 'node:path';
import type { ChannelLogin } from '../../contract/channels.ts';
import { maskPhone } from '../../desk/identifiers.ts';
import { waInvitation } from '../../desk/invitation.ts';
import { type Channel, type DeskLog, type Intake, type OutboundMessage, SendError } from '../../desk/ports.ts';
import { findChromium } from './browser.ts';
import { createCatchUp } from './catchUp.ts';
import { type SpawnChild, spawnChild } from './childProcess.ts';
import { callToInbound, fromOutbound, outId, toEdit, toInbound, toReport } from './convert.ts';
import { createIngest } from './ingest.ts';
import { createPacer, humanPace, type Pace } from './pace.ts';
import type { FromChild } from './protocol.ts';
import { quietHours } from './quiet.ts';
import type { Limits } from './supervise.ts';
import { createSupervisor } from './supervisor.ts';
import { createWatermark } from './watermark.ts';
import { doubt, healthOf, notReady, toSendError } from './words.ts';

export interface WhatsappWebOptions {
  /** Folder of this number: login, browser profile, mark of what is stored. One server per folder. */
  profileDir: string;
  browserPath?: string | undefined;
  /** Only for tests: an HTML file that stands in for WhatsApp Web. */
  pageFile?: string | undefined;
  /** The browser is restarted above this. MB. */
  memoryMb: number;
  /** `HH:MM-HH:MM`, for the nightly restart. */
  quiet: string | null;
  timeZone: string;
  log: DeskLog;
  now?: () => number;
  spawn?: SpawnChild;
  pace?: Pace;
  limits?: Partial<Limits>;
  tickMs?: number;
  /** Ms until what could not be read after a time away is asked for again, doubled each time. */
  againMs?: number;
}

/** One number a server: the desk finds a channel by its name. */
const accountId = 'utama';
/** WhatsApp takes 65,536 characters; nobody reads more than this on a phone. */
const MAX_TEXT = 4000;
const MAX_FILE = 16_000_000;
/** A message that has to wait longer for its turn goes back to the outbox: leases are short. */
const LONGEST_TURN_MS = 5000;
const STOP_MS = 2000;
/** WhatsApp's clock and ours may differ by this. */
const CLOCKS_MS = 60_000;
/** An ack may overtake the note that the message was sent: it is told again after this. */
const ACK_AGAIN_MS = 2000;

export function createWhatsappWebChannel(options: WhatsappWebOptions): Channel {
  const { log, profileDir, now = Date.now } = options;
  const stopping = new AbortController();
  const watermark = createWatermark(profileDir);
  const pacer = createPacer(options.pace ?? humanPace, now);
  const ingest = createIngest({ log, signal: stopping.signal, wait: waitFor });
  const sending = new Set<Promise<unknown>>();
  let intake: Intake | null = null;
  let lastMessageAt: number | null = null;
  const supervisor = createSupervisor({
    start: {
      kind: 'start',
      profileDir: path.resolve(profileDir),
      browserPath: options.browserPath ?? findChromium(),
      pageFile: options.pageFile === undefined ? null : path.resolve(options.pageFile),
    },
    spawn: options.spawn ?? spawnChild,
    log,
    now,
    limits: { memoryMb: options.memoryMb, ...options.limits },
    ...(options.tickMs !== undefined && { tickMs: options.tickMs }),
    isQuiet: quietHours(options.quiet, options.timeZone),
    isBusy: () => sending.size > 0 || catchUp.isRunning(),
    heard,
    ready: () => catchUp.begin(),
  });
  const catchUp = createCatchUp({
    ask: lookBack,
    done: mark,
    log,
    ...(options.againMs !== undefined && { againMs: options.againMs }),
  });

  function heard(word: FromChild): void {
    const to = intake;
    if (to === null) return;
    switch (word.kind) {
      case 'message': {
        const message = toInbound(word.message, accountId);
        lastMessageAt = now();
        // Told late, it was written long before: the mark must not pass the message itself.
        ingest.take(word.message.chat, Math.min(now(), message.sentAt), () => to.message(message));
        return;
      }
      case 'call-in': {
        const call = callToInbound(word, accountId, now());
        ingest.take(word.chat, now(), () => to.message(call));
        return;
      }
      case 'edit':
        ingest.take(word.chat, now(), () => to.edit(toEdit(word, accountId)));
        return;
      case 'ack': {
        const report = toReport(word, accountId);
        if (report === null) return;
        const tell = () => ingest.take(`ack:${word.id}`, now(), () => to.report(report));
        tell();
        setTimeout(tell, ACK_AGAIN_MS).unref();
        return;
      }
      case 'reconciled':
        catchUp.looked(word);
        return;
      case 'pong':
        mark();
    }
  }

  function lookBack(): void {
    const { number, startedAt, isReady } = supervisor.state();
    if (!isReady) return;
    // A number that was never here begins now: what it was asked before is not ours to answer.
    const since = watermark.since(number, now());
    supervisor.post({ kind: 'reconcile', since: since ?? startedAt - CLOCKS_MS, unread: since !== null });
  }

  /** Writes down up to when everything is stored. */
  function mark(): void {
    const { isReady, number } = supervisor.state();
    if (!isReady || catchUp.isRunning()) return;
    try {
      watermark.put(number, ingest.oldest() ?? now());
    } catch (error) {
      log.error({ channel: 'whatsappWeb', cause: String(error) }, 'mark not written');
    }
  }

  async function deliver(out: OutboundMessage): Promise<{ externalId: string }> {
    const { id, attachments } = out.message;
    if (!supervisor.state().isReady) throw notReady();
    const turn = pacer.wait(id);
    if (turn > LONGEST_TURN_MS) throw new SendError('retry', 'Menunggu giliran kirim.', turn);
    await waitFor(turn, stopping.signal);
    pacer.done(id);
    if (stopping.signal.aborted) throw notReady();
    const chat = out.contact.externalId;
    const file = attachments[0];
    const bytes = file === undefined ? null : await out.bytesOf?.(file);
    const answer = await (supervisor.call({
      kind: 'send',
      chat,
      text: fromOutbound(out),
      file: file && bytes ? { name: file.name, mime: file.mime, base64: Buffer.from(bytes).toString('base64') } : null,
      seen: !ingest.isBusy(chat) && !catchUp.isRunning(),
    }) ?? Promise.reject(notReady()));
    if (answer.ok) return { externalId: outId(answer.value) };
    throw answer.trouble === null ? doubt() : toSendError(answer.trouble);
  }

  function login(): ChannelLogin {
    const { qr, code, phase, number, memoryMb, startedAt, isAlive } = supervisor.state();
    return {
      qr,
      code,
      isAsleep: phase === 'asleep' || phase === 'broken',
      number: number === null ? null : maskPhone(`+${number}`),
      memoryMb,
      startedAt: isAlive ? startedAt : null,
      lastMessageAt,
    };
  }

  return {
    name: 'whatsappWeb',
    accountId,
    capabilities: {
      buttons: false,
      typing: true,
      maxTextLength: MAX_TEXT,
      repeatable: false,
      verifiesPhone: true,
      oneThread: false,
      maxFileBytes: MAX_FILE,
      needsConnection: true,
    },

    async start(to) {
      intake = to;
      supervisor.tell({ kind: 'start' });
    },

    async send(out) {
      const work = deliver(out);
      sending.add(work);
      try {
        return await work;
      } finally {
        sending.delete(work);
      }
    },

    async stop() {
      stopping.abort();
      catchUp.stop();
      intake = null;
      await Promise.allSettled([ingest.idle(), ...sending]);
      mark();
      await supervisor.stop(STOP_MS);
    },

    health: () => healthOf(supervisor.state()),
    invite(code) {
      const { number } = supervisor.state();
      return number === null ? null : waInvitation(number, code);
    },

    async fetchFile(ref, maxBytes) {
      const answer = await supervisor.call({ kind: 'fetch', key: ref, maxBytes });
      if (answer === null || (!answer.ok && answer.trouble === null)) throw notReady();
      if (!answer.ok) throw answer.trouble === null ? notReady() : toSendError(answer.trouble);
      return Buffer.from(answer.value, 'base64');
    },

    async typing(contact) {
      supervisor.post({ kind: 'typing', chat: contact.externalId });
    },

    control: {
      login,
      restart: () => supervisor.tell({ kind: 'restart' }),
      logout: () => supervisor.tell({ kind: 'logout' }),
      pair: (phone) => supervisor.tell({ kind: 'pair', phone }),
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
