// Trouble at the HTTP doors: one map from code to status, one sentence per code, nothing of the cause but in the log.
import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Response } from 'express';
import type { z } from 'zod';
import { type ErrorCode, LoketError } from '../contract/errors.ts';
import { problemWords } from '../contract/problems.ts';
import type { DeskLog } from '../desk/ports.ts';

const refusals: Record<ErrorCode, [status: number, message: string]> = {
  invalid: [400, 'Isian tidak sesuai.'],
  unauthorized: [401, 'Silakan masuk lagi.'],
  forbidden: [403, 'Anda tidak berhak melakukan ini.'],
  'not-found': [404, 'Tidak ditemukan.'],
  conflict: [409, 'Sudah lebih dulu diubah orang lain. Muat ulang lalu coba lagi.'],
  'not-owner': [409, 'Percakapan ini tidak sedang Anda tangani.'],
  closed: [409, 'Percakapan ini sudah ditutup.'],
  'window-closed': [409, 'Waktu balas di kanal ini sudah habis. Kirim templat, atau tunggu warga menulis lagi.'],
  unreachable: [409, 'Warga ini tidak dapat dihubungi lagi lewat kanal ini.'],
  gone: [410, 'Data ini sudah dihapus.'],
  'too-many': [429, 'Terlalu banyak percobaan. Tunggu sebentar lalu coba lagi.'],
  'too-large': [413, 'Kiriman terlalu besar.'],
  overloaded: [503, 'Sistem sedang sangat sibuk. Coba lagi sebentar lagi.'],
  'store-away': [503, 'Penyimpanan sedang tidak dapat menulis. Coba lagi sebentar lagi.'],
  failed: [500, 'Terjadi kesalahan. Sebutkan nomor ini kepada pengelola sistem.'],
};

/** Answers with the refusal of this code; `message` replaces its general sentence, `news` says what was first. */
export function refuse(res: Response, code: ErrorCode, message?: string, news?: object[]): void {
  const [status, sentence] = refusals[code];
  if (status === 503 || status === 429) res.set('Retry-After', '5');
  res.status(status).json({ code, message: message ?? sentence, news });
}

/**
 * Parses what came from outside.
 * @throws LoketError `invalid` whose message names the path and what is wrong there
 */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value, { error: problemWords });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'isian'}: ${issue.message}`);
  throw new LoketError('invalid', problems.join('; '));
}

/** The last middleware: whatever a handler threw becomes a refusal. What is not ours is logged under a request id and shown as `failed`. */
export function createErrorTail(log: DeskLog): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    if (res.headersSent) return void res.destroy();
    if (error instanceof LoketError && error.code !== 'failed') return refuse(res, error.code, error.message);
    const code = codeOfParser(error);
    if (code !== null) return refuse(res, code);

    const requestId = randomUUID();
    log.error({ requestId, method: req.method, route: String(req.route?.path ?? ''), cause: causeOf(error) }, 'request failed');
    res.status(500).json({ code: 'failed', message: refusals.failed[1], requestId });
  };
}

/** Express's own refusals (bad JSON, body too large, bad escape in the path) carry a 4xx status. */
function codeOfParser(error: unknown): ErrorCode | null {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
  if (status === 413) return 'too-large';
  if (status === 404) return 'not-found';
  return typeof status === 'number' && status >= 400 && status < 500 ? 'invalid' : null;
}

/** @returns where it went wrong, without the values that messages may quote. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return [error.name, ...frames.slice(0, 6).map((line) => line.trim())].join(' ');
}
