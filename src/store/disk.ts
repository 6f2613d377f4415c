// How much room the data directory's disk has left, for the desk's alarms.
import { statfs } from 'node:fs/promises';

/** @returns bytes this process may still write, and the size of the whole. */
export async function diskSpace(dataDir: string): Promise<{ free: number; total: number }> {
  const { bavail, blocks, bsize } = await statfs(dataDir);
  return { free: bavail * bsize, total: blocks * bsize };
}
