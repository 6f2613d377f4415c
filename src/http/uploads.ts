// A file on its way in: counted while it streams, cut off at the cap, and never more of them in memory than the node can hold.
import type { IncomingMessage } from 'node:http';
import { LoketError } from '../contract/errors.ts';

/** All uploads in hand together hold at most this. Bytes. */
const budgetBytes = 128_000_000;

/** Uploads may take as long as a slow phone needs; every other request has half a minute. */
export const isUpload = (url: string | undefined): boolean => /^\/api\/[^?]*\/files(?:[/?]|$)/.test(url ?? '');

/**
 * @param maxBytes a larger file is refused, at once when the sender declares it, else as soon as the cap is passed
 * @returns `read`: the whole body. @throws LoketError `too-large` | `overloaded` | `invalid` when it is empty or ends early
 */
export function createUploads({ maxBytes }: { maxBytes: number }): { read(req: IncomingMessage): Promise<Buffer> } {
  let held = 0;

  async function collect(req: IncomingMessage, chunks: Buffer[], count: (bytes: number) => number): Promise<void> {
    // The stream is left standing when it is refused, so that the refusal can still be read.
    for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (count(chunk.length) > maxBytes) throw tooLarge(maxBytes);
      if (held > budgetBytes) throw new LoketError('overloaded', 'Sedang banyak kiriman berkas. Coba lagi sebentar lagi.');
      chunks.push(chunk);
    }
  }

  return {
    async read(req) {
      if (Number(req.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
      const chunks: Buffer[] = [];
      let size = 0;
      const count = (bytes: number): number => {
        size += bytes;
        held += bytes;
        return size;
      };
      try {
        await collect(req, chunks, count);
      } catch (error) {
        if (error instanceof LoketError) throw error;
        throw new LoketError('invalid', 'Kiriman terputus sebelum selesai.', { cause: error });
      } finally {
        held -= size;
      }
      if (size === 0) throw new LoketError('invalid', 'Berkasnya kosong.');
      return Buffer.concat(chunks, size);
    },
  };
}

const tooLarge = (maxBytes: number): LoketError =>
  new LoketError('too-large', `Berkas terlalu besar: paling besar ${maxBytes / 1_000_000} MB.`);
