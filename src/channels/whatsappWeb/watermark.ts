// Up to when everything a number was told is stored, on disk beside its login: from there on the page is asked again after a time away.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const fileSchema = z.object({ number: z.string().nullable(), storedUntil: z.number().nonnegative() });

/** WhatsApp's clock and ours may differ, and the mark is written every half minute only. */
const MARGIN_MS = 10 * 60_000;
/** Nobody wants an answer to what was asked longer ago. */
const REACH_MS = 7 * 86_400_000;

export interface Watermark {
  /** From when on messages are wanted again; null for a number that was never here: its old talk is not ours. Epoch ms. */
  since(number: string | null, now: number): number | null;
  put(number: string | null, storedUntil: number): void;
}

/** @param folder is made when missing */
export function createWatermark(folder: string): Watermark {
  const file = path.join(folder, 'stored.json');
  return {
    since(number, now) {
      try {
        const mark = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
        return mark.number === number ? Math.max(mark.storedUntil - MARGIN_MS, now - REACH_MS) : null;
      } catch {
        return null;
      }
    },
    put(number, storedUntil) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.new`, JSON.stringify({ number, storedUntil }), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}
