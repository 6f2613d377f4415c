// People over HTTP: an invitation from secret to session, devices in the list of sessions, files of holidays larger than other bodies.

import { cookieOf, type Doors, next, openDoors } from '../support/doors.ts';
import { realDesk } from '../support/realDesk.ts';

const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const firefox = 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0';

describe('people over HTTP', () => {
  let doors: Doors;
  beforeAll(async () => {
    doors = await openDoors({ makeDesk: realDesk });
  });
  afterAll(() => doors.close());

  it('When an invitation is accepted, then the answer signs in, with the invited role, and a second try is 410', async () => {
    const boss = await doors.officer('boss', 'admin');
    const body = { email: 'SARI@example.go.id', role: 'supervisor' };
    const invited = await doors.call('POST', '/api/invitations', { cookie: boss.cookie, body });
    const { token } = invited.json;
    expect((await doors.call('GET', '/api/invitations', { cookie: boss.cookie })).text).not.toContain(token);
    const look = await doors.call('GET', `/api/invitation?token=${token}`);
    expect(look.json).toMatchObject({ email: 'sari@example.go.id', role: 'supervisor' });
    const form = { token, name: 'Sari', password: 'kata-sandi-sari', role: 'admin' };
    const weak = await doors.call('POST', '/api/invitation', { body: { ...form, password: 'pendek' } });
    expect(weak.status).toBe(400);
    const accepted = await doors.call('POST', '/api/invitation', { body: form, headers: { 'user-agent': firefox } });
    expect([accepted.status, accepted.json.officer.role]).toEqual([200, 'supervisor']);
    const cookie = cookieOf(accepted.headers);
    expect((await doors.call('GET', '/api/session', { cookie })).json.officer.name).toBe('Sari');
    expect((await doors.call('GET', '/api/sessions', { cookie })).json.sessions).toMatchObject([
      { device: 'Firefox · Android', isCurrent: true },
    ]);
    for (const again of [
      doors.call('POST', '/api/invitation', { body: form }),
      doors.call('GET', `/api/invitation?token=${token}`),
    ])
      expect((await again).status).toBe(410);
  });

  it('When one of two sessions is ended from the other, then that one opens nothing and its socket is cut', async () => {
    const siti = await doors.officer('siti');
    const headers = { 'user-agent': chrome };
    const second = await doors.call('POST', '/api/session', {
      body: { email: siti.email, password: 'correct horse 1' },
      headers,
    });
    const other = cookieOf(second.headers);
    const socket = await doors.connect('/officer', { cookie: siti.cookie });
    const { sessions } = (await doors.call('GET', '/api/sessions', { cookie: other })).json;
    expect(sessions.find((one: { isCurrent: boolean }) => one.isCurrent).device).toBe('Chrome · Windows');
    const cut = next(socket, 'disconnect');
    const target = sessions.find((one: { isCurrent: boolean }) => !one.isCurrent).id;
    expect((await doors.call('DELETE', `/api/sessions/${target}`, { cookie: other })).status).toBe(200);
    await cut;
    expect((await doors.call('GET', '/api/session', { cookie: siti.cookie })).status).toBe(401);
    expect((await doors.call('GET', '/api/session', { cookie: other })).status).toBe(200);
  });

  it('When a calendar of several years is read, then its size is no trouble; elsewhere such a body still is', async () => {
    const boss = await doors.officer('boss2', 'admin');
    const event = 'BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Hari Natal\r\nEND:VEVENT\r\n';
    const text = `BEGIN:VCALENDAR\r\n${event.repeat(1500)}END:VCALENDAR`;
    const read = await doors.call('POST', '/api/settings/holidays', { cookie: boss.cookie, body: { text } });
    expect([read.status, read.json.holidays]).toEqual([200, [{ date: '2026-12-25', name: 'Hari Natal', isKnown: false }]]);
    expect(
      (await doors.call('PUT', '/api/settings', { cookie: boss.cookie, body: { office: { text }, version: 0 } })).status,
    ).toBe(413);
  });
});
