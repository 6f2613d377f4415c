// Files of messages in the database (GridFS), so that every node has them: random names, only of allowed types, durable before `save` resolves.
import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { LoketError } from '../../contract/errors.ts';
import type { Files } from '../../desk/ports.ts';
import { detectFileType } from '../fileType.ts';
import type { MongoConnection } from './connection.ts';

const keyPattern = /^[0-9a-f]{32}$/;

/**
 * @param bucketName the two collections they lie in: `files` are those of messages
 * @returns the file store. Every method rejects with LoketError `store-away` when the database cannot be reached.
 */
export function createGridFiles(
  { connection }: Pick<MongoConnection, 'connection'>,
  bucketName = 'files',
): Files & {
  put(key: string, bytes: Uint8Array): Promise<void>;
  keys(after: string | null, limit: number): Promise<string[]>;
} {
  const { db } = connection;
  if (db === undefined) throw new LoketError('store-away', 'The store is not connected.');
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName, writeConcern: { w: 'majority', journal: true } });

  const find = (key: string) => bucket.find({ filename: key }).limit(1).next();

  const put = (key: string, bytes: Uint8Array) =>
    away(
      'stored',
      () =>
        new Promise<void>((resolve, reject) => {
          bucket.openUploadStream(key).once('finish', resolve).once('error', reject).end(Buffer.from(bytes));
        }),
    );
  async function away<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      throw new LoketError('store-away', `The file cannot be ${what} now; try again.`, { cause });
    }
  }

  return {
    put,
    keys: (after, limit) =>
      away('listed', async () => {
        const found = bucket
          .find(after === null ? {} : { filename: { $gt: after } })
          .sort({ filename: 1 })
          .limit(limit);
        return (await found.toArray()).map(({ filename }) => filename);
      }),
    async save(content) {
      const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
      const mime = detectFileType(bytes);
      if (mime === null) return 'refused';
      const key = randomBytes(16).toString('hex');
      await put(key, bytes);
      return { key, mime, size: bytes.length };
    },
    read: (key) =>
      away('read', async () => {
        const file = keyPattern.test(key) ? await find(key) : null;
        if (file === null) return null;
        const parts: Buffer[] = [];
        for await (const part of bucket.openDownloadStream(file._id)) parts.push(part as Buffer);
        return Buffer.concat(parts);
      }),
    remove: (key) =>
      away('removed', async () => {
        const file = keyPattern.test(key) ? await find(key) : null;
        if (file !== null) await bucket.delete(file._id);
      }),
    prune: (before, named) =>
      away('pruned', async () => {
        let count = 0;
        for await (const file of bucket.find({ uploadDate: { $lt: new Date(before) } })) {
          if (named.has(file.filename)) continue;
          await bucket.delete(file._id);
          count += 1;
        }
        return count;
      }),
  };
}
