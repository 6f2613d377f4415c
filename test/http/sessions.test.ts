// Signing in: cookie, rotation, limits, guessing, passwords.
import { hashPassword } from '../../src/http/passwords.ts';
import { createSessions } from '../../src/http/sessions.ts';
import { cookieOf, type Doors, openDoors, password } from '../support/doors.ts';

describe('the session of an officer', () => {
  let doors: Doors;
  beforeEach(async () => {
    doors = await openDoors();
  });
  afterEach(() => doors.close());

  const whoAmI = (cookie: string) => doors.call('GET', '/api/session', { cookie });
  const tryLogin = (email: string, secret: string, headers = {}) =>
    doors.call('POST', '/api/session', { body: { email, password: secret }, headers });

  it('When an officer signs in, then the cookie is HttpOnly, strict and of this path, and the answer holds no secret', async () => {
    await doors.officer('siti');
    const answer = await tryLogin('siti@example.go.id', password);
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^sid=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=\/$/),
    ]);
    expect(answer.text).not.toMatch(/argon2|passwordHash/);
    expect((await whoAmI(cookieOf(answer.headers))).json.officer.email).toBe('siti@example.go.id');
  });

  it('When the store is read, then it holds no secret that opens a session', async () => {
    const { cookie } = await doors.officer('siti');
    const secret = cookie.split('=')[1]!;
    expect(await doors.store.officers.session(secret)).toBeNull();
  });

  it('When an officer signs in again, then the old session is dead', async () => {
    const { cookie } = await doors.officer('siti');
    const again = await tryLogin('siti@example.go.id', password, { cookie });
    expect((await whoAmI(cookie)).status).toBe(401);
    expect((await whoAmI(cookieOf(again.headers))).status).toBe(200);
  });

  it('When an officer signs out, then the session is dead and the cookie cleared', async () => {
    const { cookie } = await doors.officer('siti');
    const out = await doors.call('DELETE', '/api/session', { cookie });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toContain('Max-Age=0');
    expect((await whoAmI(cookie)).status).toBe(401);
  });

  it('When nobody used a session for 12 hours, then it is over; use in between keeps it for 7 days at most', async () => {
    const { cookie } = await doors.officer('siti');
    const hour = 3_600_000;
    for (let passed = 0; passed < 7 * 24; passed += 8) {
      expect((await whoAmI(cookie)).status).toBe(200);
      doors.time.now += 8 * hour;
    }
    expect((await whoAmI(cookie)).status).toBe(401);

    const second = await doors.login('siti@example.go.id');
    doors.time.now += 12 * hour;
    expect((await whoAmI(second)).status).toBe(401);
  });

  it('When only a console looks whether the session still holds, then that is no use of it: it idles out all the same', async () => {
    const { cookie } = await doors.officer('siti');
    const sessions = createSessions({
      officers: doors.store.officers,
      logins: doors.store.logins,
      clock: { now: () => doors.time.now },
    });
    doors.time.now += 8 * 3_600_000;
    expect((await sessions.officer(cookie.split('=')[1]!, false))?.name).toBeDefined();
    doors.time.now += 4 * 3_600_000;
    expect((await whoAmI(cookie)).status).toBe(401);
  });

  it('When an account is disabled by other means than the console, then its sessions open nothing', async () => {
    const { cookie, id } = await doors.officer('siti');
    await doors.store.officers.update(id, { disabled: true });
    expect((await whoAmI(cookie)).status).toBe(401);
  });

  it('When the password is changed, then all other sessions end and only the new password opens one', async () => {
    const { cookie } = await doors.officer('siti');
    const other = await doors.login('siti@example.go.id');
    const wrong = await doors.call('POST', '/api/password', { cookie, body: { current: 'not it', next: 'a new secret 2' } });
    expect(wrong.status).toBe(401);
    const changed = await doors.call('POST', '/api/password', { cookie, body: { current: password, next: 'a new secret 2' } });
    expect(changed.status).toBe(200);
    expect((await whoAmI(cookie)).status).toBe(401);
    expect((await whoAmI(other)).status).toBe(401);
    expect((await whoAmI(cookieOf(changed.headers))).status).toBe(200);
    expect((await tryLogin('siti@example.go.id', password)).status).toBe(401);
    expect((await tryLogin('siti@example.go.id', 'a new secret 2')).status).toBe(200);
  });

  it('When e-mail or password is wrong or the account is disabled, then the answers are the same', async () => {
    const { id } = await doors.officer('siti');
    await doors.officer('budi');
    await doors.store.officers.update(id, { disabled: true });
    const answers = await Promise.all([
      tryLogin('nobody@example.go.id', password),
      tryLogin('budi@example.go.id', 'wrong'),
      tryLogin('siti@example.go.id', password),
    ]);
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
    expect(answers[0]!.status).toBe(401);
  });

  it('When somebody guesses, then the account is closed to guesses for a while, known or not, and opens again', async () => {
    await doors.officer('siti');
    for (const email of ['siti@example.go.id', 'nobody@example.go.id']) {
      const tries: number[] = [];
      for (let i = 0; i < 11; i += 1) tries.push((await tryLogin(email, `guess ${i}`)).status);
      expect(tries).toEqual([...Array(10).fill(401), 429]);
    }
    expect((await tryLogin('siti@example.go.id', password)).status).toBe(429);
    doors.time.now += 30_000;
    expect((await tryLogin('siti@example.go.id', password)).status).toBe(200);
  });

  it('When one address guesses at many accounts, then the address is throttled, but signing in rightly never counts', async () => {
    await doors.officer('siti');
    for (let i = 0; i < 35; i += 1) await doors.login('siti@example.go.id');
    const tries: number[] = [];
    for (let i = 0; i < 31; i += 1) tries.push((await tryLogin(`user${i}@example.go.id`, 'guess')).status);
    expect(tries.filter((status) => status === 429)).toHaveLength(1);
  });
});

describe('behind https', () => {
  let doors: Doors;
  beforeEach(async () => {
    doors = await openDoors({ publicUrl: 'https://loket.example.go.id' });
  });
  afterEach(() => doors.close());

  it('When the office is on https, then the cookie is bound to the host and Secure', async () => {
    const passwordHash = await hashPassword(password);
    const siti = { id: 'o_1', name: 'Siti', email: 'siti@example.go.id', role: 'officer' as const, teamIds: [] };
    await doors.store.officers.create({ ...siti, passwordHash, now: 1 }, false);
    const login = (origin: string) =>
      doors.call('POST', '/api/session', { body: { email: siti.email, password }, headers: { origin } });
    const answer = await login('https://loket.example.go.id');
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-sid=.{43}; HttpOnly; SameSite=Strict; Path=\/; Secure$/);
    expect(answer.headers.get('strict-transport-security')).toContain('max-age');
    // The host that was asked is not the office's address: only the configured origin counts.
    expect((await login(doors.base)).status).toBe(403);
  });
});
