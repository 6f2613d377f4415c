// Passwords as argon2id hashes (OWASP: m = 19 MiB, t = 2, p = 1), a few at a time so that logins cannot starve the desk.
import { hash, verify } from '@node-rs/argon2';
import { LoketError } from '../contract/errors.ts';

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** The hash of a password nobody has: an unknown e-mail costs the same time as a wrong password. */
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$60dtk59J9pjemUnn06xskw$xiQrabYjhzZPTZ22VzWCbPkxNAX6HpBX7GxwSaHgwcM';

/** @returns the argon2id hash to store. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost);

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes the same time whether or not there is a hash. @param stored null for an account that does not exist */
  matches(stored: string | null, password: string): Promise<boolean>;
}

/**
 * @param options `atOnce` hashes run together (17 ms and 19 MiB each), at most `waiting` more wait
 * @returns passwords whose calls reject with LoketError `too-many` when even the waiting line is full
 */
export function createPasswords(options: { atOnce: number; waiting: number } = { atOnce: 2, waiting: 20 }): Passwords {
  let running = 0;
  const line: (() => void)[] = [];

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running < options.atOnce) running += 1;
    else if (line.length < options.waiting) await new Promise<void>((resolve) => line.push(resolve));
    else throw new LoketError('too-many', 'Terlalu banyak yang masuk bersamaan. Coba lagi sebentar lagi.');
    try {
      return await work();
    } finally {
      // The place goes straight to the next in line, or is freed.
      const next = line.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return {
    hash: (password) => inTurn(() => hashPassword(password)),
    matches: (stored, password) =>
      inTurn(async () => {
        const right = await verify(stored ?? nobody, password).catch(() => false);
        return right && stored !== null;
      }),
  };
}
