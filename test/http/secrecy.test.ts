// What nobody may read where it does not belong: people's numbers and names, planted into every door, come back in no refusal, no log line
// and no number for those who run the desk.
import { type Doors, openDoors } from '../support/doors.ts';
import { realDesk } from '../support/realDesk.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors({ makeDesk: realDesk });
});
afterAll(() => doors.close());

const planted = { nik: '3273014107900001', phone: '081298765432', name: 'Sumarni Kartawijaya', digits: '5432' };
const secrets = Object.values(planted);
const spoiled = {
  ...{
    text: [planted.nik],
    number: { nik: planted.nik },
    phone: [planted.phone],
    name: { name: planted.name },
    fact: planted.digits,
  },
  ...{ email: planted.phone, password: [planted.digits], clientMessageId: planted.nik.repeat(9), value: [planted.name] },
  ...{
    unknown: planted.phone,
    role: planted.name,
    after: planted.phone,
    mapping: { columns: planted.name, system: planted.nik },
  },
};

async function answersOf(cookie: string) {
  const { paths } = (await doors.call('GET', '/api/openapi.json')).json as { paths: Record<string, Record<string, unknown>> };
  const all = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ path, method })));
  const asked = all.filter(({ path, method }) => !(method === 'delete' && path.endsWith('/session')));
  const answers: { door: string; status: number; text: string }[] = [];
  for (const { path, method } of asked) {
    const filled = path.replace(/\{[^}]+\}/g, encodeURIComponent(planted.name));
    const bodies = method === 'get' ? [undefined] : [JSON.stringify(spoiled), `{"text": "${planted.nik} ${planted.name}`];
    for (const body of bodies) {
      const response = await fetch(`${doors.base}${filled}?q[]=${planted.nik}&after=${planted.phone}x`, {
        method: method.toUpperCase(),
        headers: { 'x-loket': '1', cookie, 'content-type': 'application/json' },
        ...(body !== undefined && { body }),
      });
      answers.push({ door: `${method} ${path}`, status: response.status, text: await response.text() });
    }
  }
  return answers;
}

it('When people’s data stand in what is asked wrongly, then no refusal, no log line and no number repeats them', async () => {
  const { cookie } = await doors.officer('admin', 'admin', []);
  const answers = await answersOf(cookie);
  const refused = answers.filter(({ status }) => status >= 400);
  expect(refused.filter(({ status }) => status === 400).length).toBeGreaterThan(60);
  expect(refused.filter(({ text }) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  const metrics = await (await fetch(`${doors.base}/metrics`)).text();
  expect(metrics).toContain('loket_');
  const told = [metrics, ...doors.logged.map((line) => JSON.stringify(line))];
  expect(told.filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
});
