// Writing everything encrypted anew under the first data key, in small steps beside the running nodes; a run that was cut goes on.
import { z } from 'zod';

/** Rows of one step: a server's writes wait no longer than for these. */
const CHUNK = 200;

/** How far a run under this key has come; null: not begun. A store names its rows by number or by text. */
export const placeSchema = z.object({
  key: z.string(),
  contacts: z.union([z.number(), z.string()]).nullable(),
  permits: z.number().int().nullable(),
});
export type Place = z.infer<typeof placeSchema>;

/** A store whose encrypted fields are written anew. Steps go in the order of the rows; what is under the first key already is left alone. */
export interface RekeyEnd {
  /** @returns the place of a run that was cut */
  known(): Promise<Place | null>;
  /** Keeps the place, durably; null forgets it. */
  keep(place: Place | null): Promise<void>;
  /** @returns the last contact of the step and how many were written; null when there are none after this one */
  contacts(after: Place['contacts'], limit: number): Promise<{ last: number | string; changed: number } | null>;
  /** Permit files with their histories and blind indexes. */
  permits(after: number | null, limit: number): Promise<{ last: number; changed: number } | null>;
  /** What else is sealed. @returns fields that are still under another key */
  finish(): Promise<number>;
  close(): Promise<void>;
}

export interface Rekeyed {
  contacts: number;
  permits: number;
  /** Fields that are still under another key: written by a server that does not have the first key yet. */
  left: number;
}

/**
 * Works on contacts and permit files with their histories and blind indexes. Names become findable again by the server's own index,
 * which makes the entries of a changed contact anew. Closes the store.
 *
 * @param options `key`: id of the first key, which every running server must have first too; `onProgress`: told after each step, counted from
 *   the start of this run; `chunk`: rows of a step
 * @throws LoketError `failed` when a field's key is missing, `store-away`
 */
export async function rekeyStore(
  end: RekeyEnd,
  options: { key: string; onProgress?: (done: { contacts: number; permits: number }) => void; chunk?: number },
): Promise<Rekeyed> {
  const { key, onProgress, chunk = CHUNK } = options;
  const done = { contacts: 0, permits: 0 };
  try {
    const known = await end.known();
    // A place of another key is not this run's.
    const place: Place = known?.key === key ? known : { key, contacts: null, permits: null };
    const keep = async () => {
      await end.keep(place);
      onProgress?.({ ...done });
    };
    for (let step = await end.contacts(place.contacts, chunk); step !== null; step = await end.contacts(place.contacts, chunk)) {
      place.contacts = step.last;
      done.contacts += step.changed;
      await keep();
    }
    for (let step = await end.permits(place.permits, chunk); step !== null; step = await end.permits(place.permits, chunk)) {
      place.permits = step.last;
      done.permits += step.changed;
      await keep();
    }
    const left = await end.finish();
    await end.keep(null);
    return { ...done, left };
  } finally {
    await end.close();
  }
}
