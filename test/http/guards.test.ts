// Requests that must not pass: forged, malformed, mass-assigned, oversized, or beyond the caller's rights.
import { type Doors, openDoors } from '../support/doors.ts';

describe('the guards of the API', () => {
  let doors: Doors;
  beforeAll(async () => {
    doors = await openDoors({ widgetOrigins: ['https://host.example'] });
  });
  afterAll(() => doors.close());
  beforeEach(() => {
    doors.desk.calls.length = 0;
    doors.desk.trouble = null;
  });

  let made = 0;
  const anyone = (role: 'officer' | 'admin' = 'officer', teams: string[] = []) => doors.officer(`o${++made}`, role, teams);

  async function conversation(): Promise<string> {
    const { visitorId } = doors.tokens.issue();
    const { conversationId } = await doors.desk.intake.open({ channel: 'web', accountId: 'default', externalId: visitorId });
    return conversationId;
  }

  it('When a write is not JSON, lacks our header or comes from another site, then it is refused and nothing happens', async () => {
    const { cookie } = await anyone();
    const forged: Record<string, string>[] = [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'x-loket': '' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'https://host.example' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of forged) {
      const answer = await doors.call('PUT', '/api/duty', { cookie, body: { duty: 'on' }, headers });
      expect([answer.status, answer.json.code]).toEqual([403, 'forbidden']);
    }
    expect(doors.desk.calls).toEqual([]);
    const own = await doors.call('PUT', '/api/duty', { cookie, body: { duty: 'on' }, headers: { origin: doors.base } });
    expect(own.status).toBe(200);
  });

  it('When nobody is signed in, then every officer route says so', async () => {
    for (const path of ['/api/session', '/api/conversations', '/api/settings', '/api/officers', '/api/messages/dead'])
      expect((await doors.call('GET', path)).status).toBe(401);
    expect((await doors.call('GET', '/api/session', { cookie: `sid=${'A'.repeat(43)}` })).status).toBe(401);
  });

  it('When an officer does what only an admin may, then it is forbidden', async () => {
    const { cookie, id } = await anyone();
    const tries = [
      doors.call('POST', '/api/officers', {
        cookie,
        body: { name: 'Eve', email: 'eve@example.go.id', password: 'long enough 1' },
      }),
      doors.call('PATCH', `/api/officers/${id}`, { cookie, body: { role: 'admin' } }),
      doors.call('POST', '/api/teams', { cookie, body: { name: 'Tim' } }),
      doors.call('PUT', '/api/settings', { cookie, body: { office: {}, version: 1 } }),
      doors.call('DELETE', '/api/contacts/p_1', { cookie }),
    ];
    for (const answer of await Promise.all(tries)) expect(answer.status).toBe(403);
    expect((await doors.store.officers.get(id))?.role).toBe('officer');
  });

  it('When fields are sent that a form does not have, then they are ignored', async () => {
    const admin = await anyone('admin');
    const body = {
      ...{ name: 'Budi', email: 'budi@example.go.id', password: 'long enough 1' },
      ...{ id: 'o_mine', disabled: false, duty: 'on', passwordHash: 'x', lastSeenAt: 5 },
    };
    const { json } = await doors.call('POST', '/api/officers', { cookie: admin.cookie, body });
    expect(json.officer).toMatchObject({ name: 'Budi', role: 'officer', duty: 'off', lastSeenAt: 0 });
    expect(json.officer.id).not.toBe('o_mine');
    await doors.call('PATCH', `/api/officers/${json.officer.id}`, { cookie: admin.cookie, body: { name: 'Budi S', duty: 'on' } });
    expect(await doors.store.officers.get(json.officer.id)).toMatchObject({ name: 'Budi S', duty: 'off' });
  });

  it('When operator objects are sent in place of values, then the answer is 400 and names the place', async () => {
    const { cookie } = await anyone();
    const id = await conversation();
    const evil = { $ne: null };
    const answers = await Promise.all([
      doors.call('POST', '/api/session', { body: { email: evil, password: evil } }),
      doors.call('POST', '/api/session', { body: { email: 'a@example.go.id', password: { $gt: '' } } }),
      doors.call('POST', `/api/conversations/${id}/messages`, { cookie, body: { clientMessageId: evil, text: 'x' } }),
      doors.call('POST', `/api/conversations/${id}/transfer`, { cookie, body: { teamId: { $regex: '.*' } } }),
      doors.call('GET', '/api/conversations?view[$ne]=queue&view=queue&view=mine', { cookie }),
      doors.call('GET', '/api/conversations/search?q[$ne]=x', { cookie }),
      doors.call('GET', '/api/conversations/%7B%22$ne%22:null%7D/messages', { cookie }),
      doors.call('PUT', '/api/duty', { cookie, body: [] }),
      doors.call('PUT', '/api/duty', { cookie, body: '"on"' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(answers.length).fill(400));
    expect(answers[0]!.json).toEqual({ code: 'invalid', message: expect.stringContaining('email') });
    expect(doors.desk.calls.filter((call) => call !== 'open')).toEqual([]);
  });

  it('When the body is no JSON or too large, then it is 400 or 413, without a trace of the parser', async () => {
    const { cookie } = await anyone();
    const broken = await doors.call('PUT', '/api/duty', { cookie, body: '{"duty": "on"', headers: {} });
    expect([broken.status, broken.json.code]).toEqual([400, 'invalid']);
    expect(broken.text).not.toMatch(/SyntaxError|position|body-parser/);
    const large = await doors.call('PUT', '/api/duty', { cookie, body: { duty: 'on', pad: 'x'.repeat(70_000) } });
    expect([large.status, large.json.code]).toEqual([413, 'too-large']);
  });

  it('When an officer without the right team asks for a conversation, then it does not exist', async () => {
    const outsider = await anyone('officer', ['t_other']);
    const member = await anyone('officer', ['t_team']);
    const id = await conversation();
    await doors.desk.officer.transfer(member, id, { teamId: 't_team', note: '' });
    const sent = { clientMessageId: 'abcdefgh1', text: 'halo' };
    for (const [method, path, body] of [
      ['GET', 'messages', undefined],
      ['POST', 'messages', sent],
      ['POST', 'notes', sent],
      ['POST', 'claim', {}],
      ['POST', 'close', {}],
      ['GET', 'files/photo', undefined],
    ] as const)
      expect((await doors.call(method, `/api/conversations/${id}/${path}`, { cookie: outsider.cookie, body })).status).toBe(404);
    expect((await doors.call('GET', `/api/conversations/${id}/messages`, { cookie: member.cookie })).status).toBe(200);
  });

  it('When the desk fails in a way nobody foresaw, then the answer is 500 with a number and the log has the cause without the text', async () => {
    const { cookie } = await anyone();
    doors.desk.trouble = new Error('secret 08123456789 at /srv/db');
    const answer = await doors.call('GET', '/api/conversations', { cookie });
    expect(answer.status).toBe(500);
    expect(answer.json).toEqual({ code: 'failed', message: expect.any(String), requestId: expect.any(String) });
    expect(answer.text).not.toMatch(/secret|0812|\/srv/);
    const entry = doors.logged.find((logged) => logged.requestId === answer.json.requestId);
    expect(entry?.cause).toMatch(/^Error at /);
    expect(JSON.stringify(entry)).not.toMatch(/secret|0812/);
  });

  it('When the store is away, then writes say 503 and when to try again', async () => {
    const { LoketError } = await import('../../src/contract/errors.ts');
    const { cookie } = await anyone();
    doors.desk.trouble = new LoketError('store-away', 'The disk is full.');
    const answer = await doors.call('PUT', '/api/duty', { cookie, body: { duty: 'on' } });
    expect([answer.status, answer.json.code, answer.headers.get('retry-after')]).toEqual([503, 'store-away', '5']);
  });

  it('When a path is unknown, then it is a plain 404 that does not echo it', async () => {
    for (const path of ['/api/nothing', '/api/conversations/x/y/z', '/<script>', '/console/..%2f..%2fetc/passwd', '/%E0%A4%A'])
      expect((await doors.call('GET', path)).text).not.toMatch(/script|passwd|nothing/);
    expect((await doors.call('GET', '/api/nothing')).status).toBe(404);
  });
});
