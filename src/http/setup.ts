// The first officer: made with a one-time token that the start-up prints, or from the environment.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Officer } from '../contract/conversation.ts';
import { LoketError } from '../contract/errors.ts';
import { newId } from '../desk/ids.ts';
import type { Clock } from '../desk/ports.ts';
import type { OfficerStore } from '../desk/storePort.ts';
import { hashPassword, type Passwords } from './passwords.ts';

export interface Setup {
  /** While no officer exists: main prints `<base>/console/#/setup?token=…`. Null when there is nothing to set up. */
  readonly token: string | null;
  /** Makes the first admin; the token is dead afterwards. @throws LoketError `forbidden` wrong token · `conflict` somebody was first */
  redeem(form: { token: string; name: string; email: string; password: string }): Promise<Officer>;
}

export async function createSetup(parts: { officers: OfficerStore; passwords: Passwords; clock: Clock }): Promise<Setup> {
  const { officers, passwords, clock } = parts;
  let token = (await officers.list()).length === 0 ? randomBytes(24).toString('base64url') : null;

  return {
    get token() {
      return token;
    },
    async redeem(form) {
      if (token === null || !sameSecret(form.token, token))
        throw new LoketError('forbidden', 'Tautan penyiapan tidak berlaku lagi.');
      const made = await officers.create(
        { ...admin(form), passwordHash: await passwords.hash(form.password), now: clock.now() },
        true,
      );
      token = null;
      if (typeof made === 'string') throw new LoketError('conflict', 'Petugas pertama sudah dibuat. Silakan masuk.');
      return made;
    },
  };
}

/**
 * Makes the admin named in the environment (OFFICER_ADMIN_EMAIL, OFFICER_ADMIN_PASSWORD) unless the e-mail is taken; an
 * existing account keeps its password.
 */
export async function ensureAdmin(parts: {
  officers: OfficerStore;
  clock: Clock;
  email: string;
  password: string;
}): Promise<void> {
  const email = parts.email.trim().toLowerCase();
  if ((await parts.officers.byEmail(email)) !== null) return;
  const passwordHash = await hashPassword(parts.password);
  await parts.officers.create({ ...admin({ name: 'Admin', email }), passwordHash, now: parts.clock.now() }, false);
}

const admin = ({ name, email }: { name: string; email: string }) => ({
  id: newId('o'),
  name,
  email,
  role: 'admin' as const,
  teamIds: [],
});

/** Compares digests, so that neither time nor length tells how much was right. */
function sameSecret(given: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(right));
}
