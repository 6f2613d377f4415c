// The widget's HTTP door: tokens, the same intake as the socket, limits.
import { type Doors, openDoors } from '../support/doors.ts';

describe("the widget's HTTP door", () => {
  let doors: Doors;
  beforeEach(async () => {
    doors = await openDoors({ widgetOrigins: ['https://host.example'], trustProxy: 1 });
  });
  afterEach(() => doors.close());

  const begin = (body: object = {}, headers = {}) => doors.call('POST', '/api/widget/session', { body, headers });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const say = (token: string, clientMessageId: string, text = 'Apa syarat NIB?') =>
    doors.call('POST', '/api/widget/messages', { body: { clientMessageId, text }, headers: bearer(token) });
  const history = (token: string, rev = 0) => doors.call('GET', `/api/widget/history?rev=${rev}`, { headers: bearer(token) });

  it('When a visitor begins, writes and reads, then a repeated message is stored once under the same number', async () => {
    const { token } = (await begin()).json;
    const first = await say(token, 'message-0001');
    const again = await say(token, 'message-0001');
    expect(again.json).toEqual(first.json);
    expect(first.json.message).toEqual({ id: expect.any(String), seq: 1 });
    const { json } = await history(token);
    expect(json.messages.map((message: { text: string }) => message.text)).toEqual(['Apa syarat NIB?']);
    expect((await history(token, json.rev)).json.messages).toEqual([]);
    expect((await begin({ token })).json).toEqual({
      token,
      conversationId: json.conversation.id,
      uploadMaxBytes: 10_000_000,
    });
  });

  it('When a token is forged or missing, then nothing is read or written; beginning with it begins anew', async () => {
    const mine = (await begin()).json.token as string;
    const forged = `${doors.tokens.issue().visitorId}.${mine.split('.')[1]}`;
    for (const token of [forged, 'x', `${mine}x`]) {
      expect((await history(token)).status).toBe(401);
      expect((await say(token, 'message-0001')).status).toBe(401);
    }
    expect((await doors.call('GET', '/api/widget/history')).status).toBe(401);
    expect((await begin({ token: forged })).json.token).not.toBe(forged);
  });

  it('When the request comes from a site that does not carry the widget, then it is refused', async () => {
    for (const origin of ['https://evil.example', 'https://host.example.evil.example', 'http://host.example', 'null'])
      expect([origin, (await begin({}, { origin })).status]).toEqual([origin, 403]);
    expect((await begin({}, { origin: 'https://host.example' })).status).toBe(200);
    expect((await begin({}, { origin: doors.base })).status).toBe(200);
  });

  it('When one visitor floods, then only that visitor waits', async () => {
    const flooder = (await begin()).json.token;
    const other = (await begin()).json.token;
    const statuses = await Promise.all(
      Array.from({ length: 25 }, async (_, i) => (await say(flooder, `message-${1000 + i}`)).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    expect((await say(other, 'message-0001')).status).toBe(200);
  });

  it('When one address makes visitors without end, then it is throttled by the address its proxy saw, not by one it claims', async () => {
    const from = async (claimed: string) => (await begin({}, { 'x-forwarded-for': `${claimed}, 10.0.0.1` })).status;
    const statuses = [];
    for (let i = 0; i < 121; i += 1) statuses.push(await from(`1.2.3.${i}`));
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect((await begin({}, { 'x-forwarded-for': '10.0.0.2' })).status).toBe(200);
  });
});
