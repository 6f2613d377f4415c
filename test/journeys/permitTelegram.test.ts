// Every state and every wrong turn of the status dialogue over Telegram, from the office's export through the import to the answer.
import { signIn } from '../support/consoleKit.ts';
import { admin, type Loket, startLoket, webhookSecret } from '../support/loket.ts';
import { until } from '../support/until.ts';
import { expectAnswered, fresh, holdAll, openWithExport, stateTalks, type Talk, wrongTurns } from './permitTalks.ts';

const talks: Talk[] = [...stateTalks, ...wrongTurns];

describe('permit status over Telegram', () => {
  let loket: Loket;
  beforeAll(async () => {
    loket = await startLoket();
    await openWithExport(loket);
    outcomes = holdAll(talks, (talk, n) => hold(talk, 100 + n));
  });
  afterAll(() => loket.close());

  /** All talks run at once, each by a citizen of their own, as they do in an office. */
  let outcomes = new Map<string, Promise<string[]>>();
  async function hold({ lines }: Talk, id: number): Promise<string[]> {
    const heard = () => loket.telegram.sent.filter(({ chatId }) => chatId === String(id)).map(({ text }) => text);
    const answers: string[] = [];
    for (const [says, hears] of lines) {
      const before = heard().length;
      const update = loket.telegram.textUpdate(says, { id, name: `Warga ${id}` });
      expect(await loket.telegram.deliver(`${loket.url}/webhook/telegram`, update, webhookSecret)).toEqual([200]);
      if (hears === null) continue;
      await until(`an answer to ${says}`, () => heard().length > before);
      answers.push(heard().slice(before).join('\n'));
    }
    return answers;
  }
  it.each(talks)('When there is $name, then each line is answered as it must be', async (talk) => {
    const answers = (await outcomes.get(talk.name)) ?? [];
    expectAnswered(talk, answers);
  });
});

describe('numbers that come otherwise than typed alone', () => {
  let loket: Loket;
  let citizen = 500;
  let made = 0;
  beforeAll(async () => {
    loket = await startLoket();
    await openWithExport(loket);
    // The talks above wait for the slots a new office has; these come one after another, at the shortest.
    const rina = await signIn(loket, admin.email, admin.password);
    const { settings, version } = await rina.ask<{ settings: object; version: number }>('GET', '/api/permits/settings');
    await rina.ask('PUT', '/api/permits/settings', { settings: { ...settings, slotSeconds: 1 }, version });
  });
  afterAll(() => loket.close());

  /** @returns what the chat hears after this message */
  async function says(content: object, chat: object = { id: citizen, type: 'private', first_name: 'Ana' }): Promise<string> {
    const { id } = chat as { id: number };
    const heard = () => loket.telegram.sent.filter(({ chatId }) => chatId === String(id)).map(({ text }) => text);
    const before = heard().length;
    const from = { id: Math.abs(id), is_bot: false, first_name: 'Ana' };
    const message = { message_id: ++made, date: Math.floor(Date.now() / 1000), chat, from, ...content };
    const update = loket.telegram.update({ message });
    expect(await loket.telegram.deliver(`${loket.url}/webhook/telegram`, update, webhookSecret)).toEqual([200]);
    await until('an answer', () => heard().length > before);
    return heard().slice(before).join('\n');
  }
  const photo = [{ file_id: 'AgL', file_unique_id: 'l', file_size: 3, width: 1280, height: 960 }];
  const spelled = (number: string) => number.toLowerCase().replaceAll('-', ' ');

  it.each([
    ['the caption of a photo', (number: string) => ({ photo, caption: `ini surat saya no ${spelled(number)} sampai mana ya` })],
    [
      'the caption of a document',
      (number: string) => ({
        document: { file_id: 'D', file_unique_id: 'd', file_name: 'surat.pdf', mime_type: 'application/pdf', file_size: 3 },
        caption: number,
      }),
    ],
    ['the text of a QR code', (number: string) => ({ text: `https://simbg.pu.go.id/Informasi/Lacak/${number}?src=qr#top` })],
    ['an escaped address', (number: string) => ({ text: `https://simbg.pu.go.id/x?nomor=${number.replaceAll('-', '%2D')}&t=1` })],
  ])('When the number stands in %s, then the dialogue goes on from there to the status', async (_, content) => {
    loket.telegram.putFile('AgL', Buffer.from('abc'));
    citizen += 1;
    const number = fresh();
    expect(await says(content(number))).toContain(`Nomor ${number}. Demi keamanan`);
    expect(await says({ text: '5678' })).toContain(`${number}: Verifikasi berkas. Giliran kantor`);
  });

  it('When the second fact is the caption of a photo, then it is taken, and hidden where it is stored', async () => {
    citizen += 1;
    const number = fresh();
    expect(await says({ text: number })).toContain('Demi keamanan');
    expect(await says({ photo, caption: '5678' })).toContain(`${number}: Verifikasi berkas`);
  });

  it('When it is sent in a group, then nothing of a file is said there, and the link leads to the private chat', async () => {
    citizen += 1;
    const number = fresh();
    const text = `@loket_bot ${number} hp 5678`;
    const group = { id: -100_500, type: 'supergroup', title: 'RW 05' };
    const answer = await says({ text, entities: [{ type: 'mention', offset: 0, length: 10 }] }, group);
    expect(answer).toMatch(/Tulis ke saya di chat pribadi: https:\/\/t\.me\/loket_bot$/m);
    expect(answer).not.toMatch(/Giliran|Verifikasi/);
    expect(await says({ text: `${number} hp 5678` })).toContain(`${number}: Verifikasi berkas`);
  });
});
