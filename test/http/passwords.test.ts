// Hashes are few at a time, and the line before them is short.
import { createPasswords, hashPassword } from '../../src/http/passwords.ts';

describe('passwords', () => {
  it('When more than the line holds come at once, then the rest are told to come later, and the line moves on', async () => {
    const passwords = createPasswords({ atOnce: 1, waiting: 2 });
    const stored = await hashPassword('right');
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => passwords.matches(stored, 'right')));
    expect(tries.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.code))).toEqual([
      ...[true, true, true],
      ...['too-many', 'too-many'],
    ]);
    expect(await passwords.matches(stored, 'wrong')).toBe(false);
    expect(await passwords.matches(stored, 'right')).toBe(true);
  });

  it('When a password is hashed, then it is argon2id at the cost we promise', async () => {
    expect(await hashPassword('x')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('When there is no such account, then no password matches', async () => {
    expect(await createPasswords().matches(null, 'x')).toBe(false);
  });
});
