// Fetches the file behind an attachment: from the API's own host only, no redirects, never more than asked for.
import { SendError } from '../../desk/ports.ts';
import type { TelegramApi } from './telegramApi.ts';
import { readTrouble, toSendError } from './telegramErrors.ts';
import { filePathSchema } from './telegramUpdate.ts';

const DOWNLOAD_TIMEOUT_MS = 20_000;
const tooLarge = () => new SendError('rejected', 'Berkas terlalu besar.');
const networkFailed = () => new SendError('retry', 'Berkas belum dapat diambil dari Telegram.');

/**
 * @param parts `fileRoot`: `{apiRoot}/file/bot<token>`
 * @param fileId Telegram's `file_id`
 * @throws SendError `rejected` (too large, gone, a path that leads elsewhere) or `retry` (network, Telegram away)
 */
export async function fetchTelegramFile(
  parts: { api: TelegramApi; fileRoot: string },
  fileId: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const file = await locate(parts.api, fileId);
  if ((file.file_size ?? 0) > maxBytes) throw tooLarge();
  if (!/^[\w-]+(\/[\w.-]+)*$/.test(file.file_path) || file.file_path.includes('..')) {
    throw new SendError('rejected', 'Telegram memberi alamat berkas yang tidak dikenal.');
  }
  try {
    const response = await fetch(`${parts.fileRoot}/${file.file_path}`, {
      redirect: 'error',
      signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
    });
    if (response.status >= 400 && response.status < 500 && response.status !== 429) {
      throw new SendError('rejected', 'Berkas sudah tidak ada di Telegram.');
    }
    if (!response.ok || response.body === null) throw networkFailed();
    return await readAtMost(response.body, maxBytes);
  } catch (error) {
    // Anything else may carry the URL, and with it the token.
    throw error instanceof SendError ? error : networkFailed();
  }
}

async function locate(api: TelegramApi, fileId: string) {
  let result: unknown;
  try {
    result = await api.call('getFile', { file_id: fileId });
  } catch (error) {
    // Asking twice for a file does no harm: what is uncertain for a message is a plain retry here.
    const failure = toSendError(readTrouble(error));
    throw failure.verdict === 'uncertain' ? networkFailed() : failure;
  }
  const file = filePathSchema.safeParse(result);
  if (!file.success) throw networkFailed();
  return file.data;
}

/** Counts while reading: a length in a header is a claim. Leaving the loop cancels the download. */
async function readAtMost(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
