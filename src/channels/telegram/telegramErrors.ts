// What went wrong in a call to Telegram, and what that means for a message. Pure. Raw errors end here: they carry the token (in
// URLs) and the payload, so neither they nor their messages go any further.
import { z } from 'zod';
import { SendError } from '../../desk/ports.ts';

/** One failed call, without anything secret. */
export interface Trouble {
  /** Telegram's error code; null when no answer came. */
  status: number | null;
  /** How long Telegram wants us to wait; 0 when it does not say. */
  retryAfterMs: number;
  /** Telegram's own words or the code of the network error; short, no token. */
  detail: string;
  /** The request certainly never left: there was no connection to write it to. */
  isUnsent: boolean;
}

/** telegraf's `TelegramError`: an answer that says no, or any answer of 500 and above (whose body telegraf does not read). */
const refusalSchema = z.object({
  response: z.object({
    error_code: z.number(),
    description: z.string().catch(''),
    parameters: z.object({ retry_after: z.number().nonnegative().optional() }).optional().catch(undefined),
  }),
});
/** node-fetch's `FetchError`; `code` is the system's, the system call is only in the message. */
const networkSchema = z.object({ code: z.string().catch(''), message: z.string().catch(''), name: z.string().catch('') });

const neverConnected = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/** @param error whatever a call threw */
export function readTrouble(error: unknown): Trouble {
  const refusal = refusalSchema.safeParse(error);
  if (refusal.success) {
    const { error_code, description, parameters } = refusal.data.response;
    return {
      status: error_code,
      retryAfterMs: (parameters?.retry_after ?? 0) * 1000,
      detail: withoutToken(description).slice(0, 120),
      isUnsent: false,
    };
  }
  const network = networkSchema.safeParse(error);
  const { code, message, name } = network.success ? network.data : { code: '', message: '', name: '' };
  const isUnsent = neverConnected.includes(code) || /reason: (connect|getaddrinfo) /.test(message);
  return { status: null, retryAfterMs: 0, detail: code || name || 'unknown', isUnsent };
}

/**
 * The verdict on a message whose send failed.
 * - 500 and 503 are Telegram's (or its gateway's) "not done": tried again. 502, 504 and the rest come from a gateway that gave up
 *   waiting, after it may have passed the message on: uncertain.
 * - 401 and 404 mean a wrong token; the message itself is fine and waits for a right one.
 */
export function toSendError(trouble: Trouble): SendError {
  const { status, detail, retryAfterMs } = trouble;
  if (status === null) {
    return trouble.isUnsent
      ? new SendError('retry', 'Telegram tidak dapat dihubungi.')
      : new SendError('uncertain', 'Sambungan ke Telegram putus sebelum ada jawaban.');
  }
  if (status === 429) return new SendError('retry', 'Telegram meminta jeda.', retryAfterMs);
  if (status === 403) return new SendError('unreachable', 'Warga memblokir bot atau akunnya tidak aktif.');
  if (status === 401 || status === 404) return new SendError('retry', 'Telegram menolak token bot.');
  if (status === 500 || status === 503) return new SendError('retry', `Layanan Telegram terganggu (${status}).`);
  if (status > 500) return new SendError('uncertain', `Gerbang Telegram tidak menjawab (${status}).`);
  if (/chat not found|user is deactivated|PEER_ID_INVALID/i.test(detail)) {
    return new SendError('unreachable', 'Percakapan Telegram ini sudah tidak ada.');
  }
  return new SendError('rejected', `Telegram menolak pesan ini (${status}: ${detail}).`);
}

/** One sentence for officers: why the channel as a whole does not work. */
export function channelDetail({ status, detail, retryAfterMs }: Trouble): string {
  if (status === null) return 'Telegram tidak dapat dihubungi.';
  if (status === 401 || status === 404) return tokenRefused;
  if (status === 409) return 'Bot Telegram ini sedang dijalankan di tempat lain.';
  if (status === 429) return `Telegram meminta jeda ${Math.ceil(retryAfterMs / 1000)} detik.`;
  if (status >= 500) return `Layanan Telegram terganggu (${status}).`;
  return `Telegram menolak permintaan (${status}: ${detail}).`;
}

export const tokenRefused = 'Telegram menolak token bot. Periksa token di pengaturan server.';

const withoutToken = (text: string): string => text.replace(/\d+:[\w-]{20,}/g, '[token]');
