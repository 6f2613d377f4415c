// The parts of a workbook (a zip) as streams, never more unzipped than a workbook of this office can hold: a zip bomb ends at the cap.
import type { Readable } from 'node:stream';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { LoketError } from '../../contract/errors.ts';

/** All parts that are read of one workbook together. A sheet of 100,000 rows with 12 columns has some 60 MB. Bytes. */
export const MOST_UNZIPPED = 300_000_000;
const MOST_ENTRIES = 2000;

export interface Zip {
  /** Text of one part in pieces, at most `most` bytes; nothing when there is no such part. @throws LoketError when it is larger */
  read(name: string, most: number): AsyncIterable<string>;
  has(name: string): boolean;
}

/** @throws LoketError `invalid` when it is no zip, or one that cannot be a workbook */
export async function openZip(bytes: Uint8Array): Promise<Zip> {
  const zip = await opened(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const entries = await entriesOf(zip);
  let unzipped = 0;
  return {
    has: (name) => entries.has(name),
    async *read(name, most) {
      const entry = entries.get(name);
      if (entry === undefined) return;
      // What is declared counts; yauzl ends a stream that grows beyond its declaration.
      unzipped += entry.uncompressedSize;
      if (unzipped > MOST_UNZIPPED || entry.uncompressedSize > most)
        throw new LoketError('invalid', 'Isi berkas ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas.');
      const decoder = new TextDecoder();
      const stream = await streamOf(zip, entry);
      try {
        for await (const chunk of pieces(stream)) yield decoder.decode(chunk, { stream: true });
      } finally {
        stream.destroy();
      }
    },
  };
}

async function* pieces(stream: Readable): AsyncGenerator<Buffer> {
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch (error) {
    throw broken(error);
  }
}

const broken = (cause: unknown): LoketError =>
  new LoketError('invalid', 'Berkas XLSX ini rusak. Buka di Excel atau LibreOffice, simpan lagi, lalu unggah.', { cause });

const opened = (buffer: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    fromBuffer(buffer, { lazyEntries: true }, (error, zip) => (error ? reject(broken(error)) : resolve(zip)));
  });

const streamOf = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(broken(error)) : resolve(stream)));
  });

function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  return new Promise((resolve, reject) => {
    zip.on('error', (error: unknown) => reject(broken(error)));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      if (entry.isEncrypted() || entries.size >= MOST_ENTRIES) return reject(broken(null));
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}
