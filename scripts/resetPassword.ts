// `npm run officer:reset-password -- --email X`: a new password for an officer who lost theirs, shown once; their sessions end.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { LoketError } from '../src/contract/errors.ts';
import { hashPassword } from '../src/http/passwords.ts';
import { openTool, toolConfig } from './openTool.ts';

/** Without letters and digits that look alike: the password is read out or copied by hand. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of four: 79 random bits. */
function newPassword(): string {
  const letters = Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

async function reset(email: string): Promise<string> {
  const { store, close } = await openTool(toolConfig());
  try {
    const known = await store.officers.byEmail(email.trim().toLowerCase());
    if (known === null) throw new LoketError('not-found', `There is no officer with the e-mail ${email}.`);
    const password = newPassword();
    await store.officers.update(known.officer.id, { passwordHash: await hashPassword(password) });
    await store.officers.endSessions({ officerId: known.officer.id });
    return password;
  } finally {
    await close();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { email: { type: 'string' } } });
  if (values.email === undefined) throw new LoketError('invalid', 'Usage: npm run officer:reset-password -- --email <e-mail>');
  const password = await reset(values.email);
  process.stdout.write(`New password, shown once: ${password}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof LoketError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
