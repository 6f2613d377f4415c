// Rights: every role at every verb through both doors, against the real desk; and other people's things by their ids.
import { type Officer, type Role, roles } from '../../src/contract/conversation.ts';
import { may, rights } from '../../src/desk/access.ts';
import type { HttpOptions } from '../../src/http/options.ts';
import { createRoutes } from '../../src/http/routes.ts';
import { type Doors, openDoors } from '../support/doors.ts';
import { realDesk } from '../support/realDesk.ts';
import { inbound, note, open, outbound } from '../support/storeKit.ts';
import { until } from '../support/until.ts';

type Right = keyof typeof rights;
/** Verb → how HTTP calls it; ids that do not exist: the right is judged before the thing is looked up. */
const http: [Right, method: string, path: string, body?: object][] = [
  ['list', 'GET', '/conversations'],
  ['search', 'GET', '/conversations/search?q=halo'],
  ['messages', 'GET', '/conversations/c_x/messages'],
  ['send', 'POST', '/conversations/c_x/messages', { clientMessageId: 'c-00000001', text: 'x' }],
  ['note', 'POST', '/conversations/c_x/notes', { clientMessageId: 'c-00000001', text: 'x' }],
  ['claim', 'POST', '/conversations/c_x/claim', {}],
  ['release', 'POST', '/conversations/c_x/release', {}],
  ['transfer', 'POST', '/conversations/c_x/transfer', { officerId: 'o_x' }],
  ['close', 'POST', '/conversations/c_x/close', {}],
  ['file', 'GET', '/conversations/c_x/files/f_x'],
  ['earlier', 'GET', '/conversations/c_x/earlier'],
  ['suggest', 'GET', '/conversations/c_x/suggestions'],
  ['sendFile', 'POST', '/conversations/c_x/files'],
  ['setTags', 'PUT', '/conversations/c_x/tags', { tags: [] }],
  ['topics', 'GET', '/topics?ids=nib.apa'],
  ['canned', 'GET', '/canned'],
  ['putCanned', 'PUT', '/canned', { canned: { replies: [], tags: [] }, version: 99 }],
  ['channels', 'GET', '/channels'],
  ['templates', 'GET', '/templates'],
  ['putTemplates', 'PUT', '/templates', { templates: [], version: 99 }],
  ['sendTemplate', 'POST', '/conversations/c_x/template', { clientMessageId: 'c-00000001', templateId: 't_x', variables: [] }],
  ['deadLetters', 'GET', '/messages/dead'],
  ['retry', 'POST', '/messages/m_x/retry', {}],
  ['setDuty', 'PUT', '/duty', { duty: 'on' }],
  ['officers', 'GET', '/officers'],
  ['addOfficer', 'POST', '/officers', { name: 'Eve', email: 'eve@example.go.id', password: 'long enough 1' }],
  ['changeOfficer', 'PATCH', '/officers/o_x', { name: 'Eve' }],
  ['sessionsOf', 'GET', '/officers/o_x/sessions'],
  ['endSession', 'DELETE', '/officers/o_x/sessions/s_x'],
  ['teams', 'GET', '/teams'],
  ['addTeam', 'POST', '/teams', { name: 'Tim' }],
  ['changeTeam', 'PATCH', '/teams/t_x', { name: 'Tim' }],
  ['invitations', 'GET', '/invitations'],
  ['invite', 'POST', '/invitations', { email: 'eve2@example.go.id' }],
  ['withdraw', 'DELETE', '/invitations/i_x'],
  ['mySessions', 'GET', '/sessions'],
  ['endMySession', 'DELETE', '/sessions/s_x'],
  ['audit', 'GET', '/audit'],
  ['put', 'PUT', '/settings', { office: {}, version: 99 }],
  ['readHolidays', 'POST', '/settings/holidays', { text: 'BEGIN:VCALENDAR' }],
  ['contact', 'GET', '/contacts/p_x'],
  ['link', 'PUT', '/contacts/p_x/link', { with: 'p_y' }],
  ['unlink', 'DELETE', '/contacts/p_x/link'],
  ['block', 'PUT', '/contacts/p_x/block', { blocked: true }],
  ['erasePreview', 'GET', '/contacts/p_x/footprint'],
  ['erase', 'DELETE', '/contacts/p_x', { confirm: 'HAPUS' }],
  ['permitsOf', 'GET', '/conversations/c_x/permits'],
  ['endWatches', 'DELETE', '/conversations/c_x/watches'],
  ['findPermits', 'POST', '/permits/find', { number: 'PBG-327312-01082023-01' }],
  ['waitingPermits', 'GET', '/permits/waiting'],
  ['addPermit', 'POST', '/permits', { number: 'x-none', stage: 'terbit' }],
  ['permit', 'GET', '/permits/f_x'],
  ['movePermit', 'POST', '/permits/f_x/status', { stage: 'terbit' }],
  ['alarms', 'GET', '/alarms'],
  ['channelLogins', 'GET', '/channels/logins'],
  ['restartChannel', 'POST', '/channels/c_x/restart', {}],
  ['logoutChannel', 'POST', '/channels/c_x/logout', {}],
  ['pairChannel', 'POST', '/channels/c_x/pair', { phone: '628110000000' }],
  ['factUses', 'GET', '/knowledge/facts'],
  ['unanswered', 'GET', '/knowledge/unanswered'],
  ['intents', 'GET', '/knowledge/intents'],
  ['labelOf', 'GET', '/knowledge/labels/m_x'],
  ['label', 'PUT', '/knowledge/labels/m_x', { intent: null }],
  ['unlabel', 'DELETE', '/knowledge/labels/m_x'],
  ['uploadPermits', 'POST', '/permits/files'],
  ['permitImports', 'GET', '/permits/imports'],
  ['permitImport', 'GET', '/permits/imports/u_x'],
  ['previewPermits', 'POST', '/permits/imports/u_x/preview', {}],
  ['runPermits', 'POST', '/permits/imports/u_x/run', { mapping: { system: 'GAMPIL', columns: { number: 'no' } }, dryRun: true }],
  ['dropPermits', 'DELETE', '/permits/imports/u_x'],
  ['permitBatches', 'GET', '/permits/batches'],
  ['undoPermits', 'POST', '/permits/batches/b_x/undo', {}],
  ['permitSettings', 'GET', '/permits/settings'],
  ['putPermitSettings', 'PUT', '/permits/settings', { settings: {}, version: 99 }],
  ['permitConnectors', 'GET', '/permits/connectors'],
];
const socket: [Right, event: string, payload: object][] = [
  ['send', 'message:send', { conversationId: 'c_x', clientMessageId: 'c-00000001', text: 'x' }],
  ['since', 'history:since', { conversationId: 'c_x', rev: 0 }],
  ['since', 'conversation:watch', { conversationId: 'c_x', rev: 0 }],
  ['typing', 'typing', { conversationId: 'c_x' }],
  ['touched', 'presence:input', {}],
  ['setDuty', 'duty:set', { duty: 'on' }],
];
/** Not a call of its own: called for whoever is connected, or a wider reach of other verbs, tested below. */
const inside: Right[] = ['seen', 'readEveryTeam', 'moveOthers', 'everyDeadLetter'];
/** Signed-in routes that are about the session itself, or read what citizens are told. */
const open_ = ['get /session', 'post /password', 'get /settings'];

let doors: Doors;
let made = 0;
const anyone = (role: Role, teams: string[] = []) => doors.officer(`o${++made}`, role, teams);
const call = (method: string, path: string, cookie: string, body?: object) =>
  doors.call(method, `/api${path}`, { cookie, ...(body !== undefined && { body }) });

beforeAll(async () => {
  doors = await openDoors({ makeDesk: realDesk });
});
afterAll(() => doors.close());

describe('the matrix of rights', () => {
  it('When a verb or a route is added, then it has a line in this matrix', () => {
    const tested = new Set([...http, ...socket].map(([right]) => right));
    expect([...tested, ...inside].sort()).toEqual(Object.keys(rights).sort());
    const lines = new Set(
      http.map(([, method, path]) => `${method.toLowerCase()} ${path.split('?')[0]}`.replace(/[a-z]_x/g, ':')),
    );
    const routes = createRoutes(doors as unknown as HttpOptions)
      .filter(({ who }) => who === 'officer')
      .map(({ method, path }) => `${method} ${path}`);
    expect(routes.filter((one) => !lines.has(one.replace(/:\w+/g, ':')) && !open_.includes(one))).toEqual([]);
  });

  it.each(roles)(
    'When a person with the role %s tries every verb over HTTP, then exactly what the table says is forbidden',
    async (role) => {
      const { cookie } = await anyone(role);
      const seen = [];
      for (const [right, method, path, body] of http)
        seen.push([right, (await call(method, path, cookie, body)).status === 403 ? 'forbidden' : 'allowed']);
      expect(seen).toEqual(http.map(([right]) => [right, may({ role, disabled: false }, right) ? 'allowed' : 'forbidden']));
    },
  );

  it.each(roles)(
    'When a person with the role %s sends every event, then exactly what the table says is forbidden',
    async (role) => {
      const { cookie } = await anyone(role);
      const connected = await doors.connect('/officer', { cookie });
      for (const [right, event, payload] of socket) {
        const answer: { code?: string } = await connected.emitWithAck(event, payload);
        expect([event, answer.code === 'forbidden']).toEqual([event, !may({ role, disabled: false }, right)]);
      }
    },
  );

  it('When the table is read, then each role has what it must have and not more', () => {
    const of = (role: Role) => (Object.keys(rights) as Right[]).filter((right) => rights[right] === role);
    const imports = ['dropPermits', 'permitBatches', 'permitConnectors', 'permitImport', 'permitImports'];
    const runs = ['previewPermits', 'runPermits', 'undoPermits', 'uploadPermits'];
    const older = ['audit', 'block', 'everyDeadLetter', 'factUses', 'moveOthers', 'putCanned', 'readEveryTeam', 'unanswered'];
    expect(of('supervisor').sort()).toEqual([...older, ...imports, ...runs].sort());
    expect(of('admin')).toEqual(expect.arrayContaining(['invite', 'changeOfficer', 'changeTeam', 'put', 'erase', 'endSession']));
    expect(may({ role: 'admin', disabled: true }, 'list')).toBe(false);
  });
});

describe('what is not one’s own', () => {
  /** A conversation of team Usaha, held by one of its members, with a file and a failed message. */
  async function scene() {
    const { store } = doors;
    const team = `t_${++made}`;
    await store.officers.putTeam({ id: team, name: `Usaha ${made}` });
    const holder = await anyone('officer', [team]);
    const file = { id: `f_${made}`, name: 'a.png', mime: 'image/png', size: 1, state: 'stored' as const, ref: null, key: 'k' };
    const asked = await store.conversations.receive({ ...open(`warga${made}`), message: inbound({ attachments: [file] }) });
    const { conversation } = asked;
    const done = await store.conversations.commit({
      conversationId: conversation.id,
      expectedRev: conversation.rev,
      patch: { state: 'officer', officerId: holder.id, teamId: team },
      messages: [outbound({ clientMessageId: 'c-sent-0001' }), note()],
      cover: null,
      facts: [],
      audit: [],
      now: 5,
    });
    if (done.kind !== 'ok') throw new Error(done.kind);
    return { id: conversation.id, contactId: conversation.contactId, team, holder, file, out: done.messages[0]! };
  }
  const reads = (id: string, fileId: string, messageId: string, contactId: string): [string, string, object?][] => [
    ['GET', `/conversations/${id}/messages`],
    ['GET', `/conversations/${id}/files/${fileId}`],
    ['POST', `/conversations/${id}/messages`, { clientMessageId: 'c-00000002', text: 'x' }],
    ['POST', `/conversations/${id}/notes`, { clientMessageId: 'c-00000003', text: 'x' }],
    ['POST', `/conversations/${id}/claim`, {}],
    ['POST', `/conversations/${id}/release`, {}],
    ['POST', `/conversations/${id}/transfer`, { teamId: 't_none' }],
    ['POST', `/conversations/${id}/close`, {}],
    ['POST', `/messages/${messageId}/retry`, {}],
    ['GET', `/conversations/${id}/earlier`],
    ['GET', `/conversations/${id}/suggestions`],
    ['PUT', `/conversations/${id}/tags`, { tags: ['nib'] }],
    ['GET', `/conversations/${id}/permits`],
    ['DELETE', `/conversations/${id}/watches`],
    ['GET', `/knowledge/labels/${messageId}`],
    ['PUT', `/knowledge/labels/${messageId}`, { intent: null }],
    ['DELETE', `/knowledge/labels/${messageId}`],
    ['GET', `/contacts/${contactId}`],
    ['PUT', `/contacts/${contactId}/link`, { with: 'p_none' }],
    ['DELETE', `/contacts/${contactId}/link`],
  ];

  it('When an officer of another team uses the ids of a conversation, a file, a message, then none of them exists, at both doors', async () => {
    const { id, file, out, contactId } = await scene();
    const stranger = await anyone('officer', ['t_other']);
    const before = await doors.store.conversations.get(id);
    for (const [method, path, body] of reads(id, file.id, out.id, contactId))
      expect([path, (await call(method, path, stranger.cookie, body)).status]).toEqual([path, 404]);
    const connected = await doors.connect('/officer', { cookie: stranger.cookie });
    for (const event of ['conversation:watch', 'history:since'])
      expect(await connected.emitWithAck(event, { conversationId: id, rev: 0 })).toMatchObject({ ok: false, code: 'not-found' });
    const message = { conversationId: id, clientMessageId: 'c-00000004', text: 'x' };
    expect(await connected.emitWithAck('message:send', message)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await doors.store.conversations.get(id)).toEqual(before);
    const list = await call('GET', '/conversations?view=all', stranger.cookie);
    expect(list.json.rows.map((row: { id: string }) => row.id)).not.toContain(id);
  });

  it('When a colleague of the same team reads what another holds, then it is shown, but not sent in, moved or closed', async () => {
    const { id, team } = await scene();
    const colleague = await anyone('officer', [team]);
    expect((await call('GET', `/conversations/${id}/messages`, colleague.cookie)).status).toBe(200);
    const send = { clientMessageId: 'c-00000005', text: 'x' };
    expect((await call('POST', `/conversations/${id}/messages`, colleague.cookie, send)).json.code).toBe('not-owner');
    for (const verb of ['release', 'close'])
      expect((await call('POST', `/conversations/${id}/${verb}`, colleague.cookie, {})).json.code).toBe('not-owner');
    expect((await call('POST', `/conversations/${id}/transfer`, colleague.cookie, { teamId: team })).json.code).toBe('not-owner');
    expect((await call('POST', `/conversations/${id}/claim`, colleague.cookie, {})).json.code).toBe('conflict');
  });

  it('When somebody types who does not hold it, then nobody is told that an answer is coming', async () => {
    const { id, team, holder } = await scene();
    const colleague = await anyone('officer', [team]);
    const atHolder = await doors.connect('/officer', { cookie: holder.cookie });
    const atColleague = await doors.connect('/officer', { cookie: colleague.cookie });
    await atHolder.emitWithAck('conversation:watch', { conversationId: id, rev: 0 });
    const typists: string[] = [];
    atHolder.on('typing', ({ officerId }: { officerId: string }) => typists.push(officerId));
    await atColleague.emitWithAck('typing', { conversationId: id });
    await atHolder.emitWithAck('typing', { conversationId: id });
    await until('the holder is told of', () => typists.includes(holder.id));
    expect(typists).toEqual([holder.id]);
  });

  it('When a supervisor of no team reads, hands on and releases what an officer holds, then it is done; sending is not theirs', async () => {
    const { id, team, holder } = await scene();
    const penyelia = await anyone('supervisor');
    const heir = await anyone('officer', [team]);
    expect((await call('GET', `/conversations/${id}/messages`, penyelia.cookie)).status).toBe(200);
    const send = { clientMessageId: 'c-00000006', text: 'x' };
    expect((await call('POST', `/conversations/${id}/messages`, penyelia.cookie, send)).json.code).toBe('not-owner');
    const moved = await call('POST', `/conversations/${id}/transfer`, penyelia.cookie, { officerId: heir.id });
    expect(moved.json.conversation.officerId).toBe(heir.id);
    expect((await call('POST', `/conversations/${id}/release`, penyelia.cookie, {})).json.conversation.state).toBe('queued');
    expect(
      (await call('GET', '/conversations?view=all', penyelia.cookie)).json.rows.map((row: { id: string }) => row.id),
    ).toContain(id);
    const trail = (await call('GET', '/audit', penyelia.cookie)).json.entries;
    expect(trail[0]).toMatchObject({ actor: penyelia.id, action: 'release', subject: id });
    expect(holder.id).not.toBe(heir.id);
  });

  it('When an officer ends a session with the id of somebody else’s, then it stays', async () => {
    const [siti, budi] = [await anyone('officer'), await anyone('officer')];
    const { sessions } = (await call('GET', '/sessions', siti.cookie)).json;
    expect(sessions).toMatchObject([{ isCurrent: true }]);
    expect((await call('DELETE', `/sessions/${sessions[0].id}`, budi.cookie)).status).toBe(404);
    expect((await call('GET', '/session', siti.cookie)).status).toBe(200);
  });

  it('When a body names rights that its form does not have, then they are not given', async () => {
    const { store } = doors;
    const siti: Officer & { cookie: string } = await anyone('officer');
    await call('PUT', '/duty', siti.cookie, { duty: 'on', role: 'admin', teamIds: ['t_1'] });
    expect(await store.officers.get(siti.id)).toMatchObject({ role: 'officer', teamIds: [] });
  });
});
