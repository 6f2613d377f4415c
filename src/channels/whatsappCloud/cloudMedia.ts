// Fetches the file behind an attachment: Meta tells a place that holds for five minutes; the token goes to Meta's own hosts only, no
// redirects, never more bytes than asked for. What type it is the file store tells, by its bytes.
import { SendError } from '../../desk/ports.ts';
import { type CloudApi, CloudError } from './cloudApi.ts';

const DOWNLOAD_TIMEOUT_MS = 20_000;
/** Where Meta keeps media. */
const mediaHosts = /(^|\.)(fbsbx\.com|fbcdn\.net|whatsapp\.net)$/;
const tooLarge = () => new SendError('rejected', 'Berkas terlalu besar.');
const gone = () => new SendError('rejected', 'Berkas sudah tidak ada di WhatsApp.');
const networkFailed = () => new SendError('retry', 'Berkas belum dapat diambil dari WhatsApp.');

/**
 * @param parts `apiRoot`: its own origin is allowed as well, for stand-ins
 * @param mediaId Meta's id of the file
 * @throws SendError `rejected` (too large, gone, a place that is not Meta's) or `retry` (network, Meta away)
 */
export async function fetchCloudMedia(
  parts: { api: CloudApi; apiRoot: string; token: string },
  mediaId: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const place = await locate(parts.api, mediaId);
  if ((place.file_size ?? 0) > maxBytes) throw tooLarge();
  const url = new URL(place.url);
  const isMetas = url.protocol === 'https:' && mediaHosts.test(url.hostname);
  if (!isMetas && url.origin !== new URL(parts.apiRoot).origin) {
    throw new SendError('rejected', 'WhatsApp memberi alamat berkas yang tidak dikenal.');
  }
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${parts.token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
    });
    // A place that has run out answers 401, 403 or 404: the next try asks for a new one.
    if (!response.ok || response.body === null) throw networkFailed();
    return await readAtMost(response.body, maxBytes);
  } catch (error) {
    throw error instanceof SendError ? error : networkFailed();
  }
}

async function locate(api: CloudApi, mediaId: string) {
  try {
    return await api.place(mediaId);
  } catch (error) {
    const { status = null, code = null } = error instanceof CloudError ? error.trouble : {};
    // Code 100: no such object, or none we may see.
    throw status === 404 || (status === 400 && code === 100) ? gone() : networkFailed();
  }
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
