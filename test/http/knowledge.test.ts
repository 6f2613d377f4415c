// The knowledge routes over HTTP against the real desk: what is told, what is refused, and whose texts they show.
import { type Doors, openDoors } from '../support/doors.ts';
import { realDesk } from '../support/realDesk.ts';
import { change, outbound, say } from '../support/storeKit.ts';

describe('the knowledge routes', () => {
  let doors: Doors;
  beforeEach(async () => {
    doors = await openDoors({ makeDesk: realDesk });
  });
  afterEach(() => doors.close());
  const call = (method: string, path: string, cookie: string, body?: object) =>
    doors.call(method, `/api/knowledge${path}`, { cookie, ...(body !== undefined && { body }) });
  /** A question the bot did not know. */
  const asked = async (text: string, teamId: string | null = null) => {
    const { message, conversation } = await say(doors.store, `w${text}`, { text }, { now: Date.now() });
    const reason = { intent: null, score: 0, decision: 'notice' as const, unsure: message.id };
    const reply = outbound({ inReplyTo: message.id, ruleId: 'reply', reason });
    const cover = { ids: [message.id], by: reply.id };
    await change(doors.store, conversation.id, { now: Date.now(), messages: [reply], cover, patch: { teamId } });
    return { question: message.id, reply: reply.id };
  };

  it('When an officer labels a reply, then the answer is the label as it is kept, and the list has it', async () => {
    const siti = await doors.officer('siti');
    const pen = await doors.officer('pen', 'supervisor');
    const { question, reply } = await asked('parkir motor di mana');
    expect((await call('GET', `/labels/${reply}`, siti.cookie)).json).toEqual({
      question: { messageId: question, text: 'parkir motor di mana' },
      label: null,
    });
    const made = await call('PUT', `/labels/${reply}`, siti.cookie, { intent: null });
    expect([made.status, made.json.label]).toEqual([200, { intent: null, title: null, by: siti.id, at: expect.any(Number) }]);
    const { json } = await call('GET', '/unanswered', pen.cookie);
    expect(json).toMatchObject({
      days: 30,
      isCut: false,
      questions: [{ count: 1, messageId: question, label: { by: siti.id } }],
    });
    expect((await call('DELETE', `/labels/${question}`, siti.cookie)).json.label).toBeNull();
    expect((await call('GET', '/intents', siti.cookie)).json).toEqual({ intents: [] });
    expect((await call('GET', '/facts', pen.cookie)).json).toMatchObject({ days: 30, overdue: [] });
  });

  it.each([[{}], [{ intent: '' }], [{ intent: 5 }], [{ intent: 'tidak.ada' }]])(
    'When the body is %j, then it is refused with a sentence and nothing is kept',
    async (body) => {
      const siti = await doors.officer('siti');
      const { question } = await asked('parkir motor di mana');
      const refused = await call('PUT', `/labels/${question}`, siti.cookie, body);
      expect([refused.status, refused.json.code, refused.json.message.length > 10]).toEqual([400, 'invalid', true]);
      expect(await doors.store.knowledge.labelsOf([question])).toEqual([]);
    },
  );

  it('When the conversation is another team’s, then an officer is told 404 on every way', async () => {
    const siti = await doors.officer('siti', 'officer', ['t2']);
    const { question, reply } = await asked('rahasia tim lain', 't1');
    for (const id of [question, reply])
      for (const [method, body] of [['GET'], ['PUT', { intent: null }], ['DELETE']] as const) {
        const answer = await call(method, `/labels/${id}`, siti.cookie, body);
        expect([answer.status, answer.text.includes('rahasia')]).toEqual([404, false]);
      }
    expect(await doors.store.knowledge.labelsOf([question])).toEqual([]);
  });

  it('When nobody is signed in, then nothing is told', async () => {
    for (const path of ['/facts', '/unanswered', '/intents', '/labels/m_x'])
      expect((await call('GET', path, '')).status).toBe(401);
  });
});
