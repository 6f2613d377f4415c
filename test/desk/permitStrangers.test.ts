// What strangers guess slows chats that have nothing but digits: never the registered phone's own channel, a proved chat, or an officer.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toInbound } from '../../src/channels/telegram/telegramConvert.ts';
import { updateSchema } from '../../src/channels/telegram/telegramUpdate.ts';
import { readDelivery } from '../../src/channels/whatsappCloud/cloudConvert.ts';
import { deliverySchema } from '../../src/channels/whatsappCloud/cloudUpdate.ts';
import { PERMIT_SETTINGS } from '../../src/desk/permitSettings.ts';
import { createKit, type Kit } from '../support/deskKit.ts';
import { day, report } from '../support/permitKit.ts';

const number = 'PBG-327312-01082023-01';
const slot = 3000;
const owner = { from: 'pemilik', phone: '+6281234565678' };
const status = 'Verifikasi berkas. Giliran kantor';
const capped = 'Batas pengecekan lewat chat sudah tercapai';

async function office(settings: object = {}, log: (...line: unknown[]) => void = () => {}): Promise<Kit> {
  const kit = await createKit({ greetingWaitMs: 0, capabilities: { verifiesPhone: true }, log });
  await kit.store.permits.put([{ id: 'f', report: report({ fetchedAt: kit.now() - 1000 }) }], null);
  const audit = { id: 's', at: 1, actor: 'test', action: 'settings', subject: PERMIT_SETTINGS, detail: null };
  await kit.store.settings.put(PERMIT_SETTINGS, settings, 0, audit);
  await kit.desk.sweep();
  return kit;
}
/** Says it and waits for whatever slot comes. */
async function asks(kit: Kit, text: string, who: { from: string; phone?: string }): Promise<string> {
  await kit.says(text, who);
  await kit.pass(slot);
  return (await kit.heard(who.from)).join('\n');
}
/** Five wrong tries at the number, all of a day. */
async function guess(kit: Kit, at = number): Promise<void> {
  await asks(kit, at, { from: 'orang lain' });
  for (let i = 0; i < 5; i++) await asks(kit, `111${i}`, { from: 'orang lain' });
}

it.each([
  ['the tries of the number are used up', {}, number],
  ['the tries of everybody are used up', { perHour: 10, perNumber: 5 }, 'PBG-327312-01082023-55'],
])('When %s, then the registered phone’s own channel is answered, with digits or without', async (_, settings, at) => {
  const kit = await office(settings);
  await guess(kit, at);
  for (let i = 0; i < 5; i++) await asks(kit, `${number} hp 222${i}`, { from: `penebak ${i}` });
  expect(await asks(kit, `${number} hp 5678`, { from: 'tanpa bukti' })).toContain(capped);
  expect(await asks(kit, number, owner)).toContain(status);
  expect(await asks(kit, `cek ${number} hp 9999`, { ...owner, from: 'pemilik lagi' })).toContain(status);
  const siti = await kit.officer('Siti');
  expect(await kit.desk.permits.findPermits(siti, { number })).toMatchObject({ ok: true, files: [{ id: 'f' }] });
});

it('When everybody together reach the cap of the hour, then an alarm is in the log, without a number, and the next hour is open', async () => {
  const lines: unknown[][] = [];
  const kit = await office({ perHour: 10 }, (...line) => lines.push(line));
  const alarms = () => lines.filter((line) => JSON.stringify(line).includes('permit-guessing'));
  for (let i = 0; i < 10; i++) await asks(kit, `PBG-327312-01082023-${20 + i} hp 1111`, { from: `penebak ${i}` });
  expect(alarms()).toEqual([]);
  expect(await asks(kit, `${number} hp 5678`, { from: 'seseorang' })).toContain(capped);
  expect(alarms()).toHaveLength(1);
  expect(JSON.stringify(alarms())).not.toMatch(/PBG-|5678|seseorang/);
  await kit.pass(3_600_000);
  expect(await asks(kit, `${number} hp 5678`, { from: 'seseorang' })).toContain(status);
});

it('When a chat has proved the file, then guesses of others do not take it back', async () => {
  const kit = await office();
  const wife = { from: 'istri' };
  expect(await asks(kit, `${number} hp 5678`, wife)).toContain(status);
  await guess(kit);
  expect(await asks(kit, number, wife)).toContain(status);
  expect(await asks(kit, 'kabari saya kalau berubah', wife)).toContain('saya kabari di sini');
});

it('When only digits are known, then the next day is open again', async () => {
  const kit = await office();
  await guess(kit);
  const son = { from: 'anak' };
  expect(await asks(kit, `${number} hp 5678`, son)).toContain(capped);
  await kit.pass(day);
  expect(await asks(kit, `${number} hp 5678`, son)).toContain(status);
});

/** The phone a channel read out of a recorded update, and whether it vouches for it. */
const fixtureOf = (name: string) =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '..', 'fixtures', `${name}.json`), 'utf8'));
function phoneIn(name: string): string | null {
  if (name.startsWith('telegram/')) {
    const bot = { id: 111, accountId: '111', username: 'loket_bot' };
    const read = toInbound(updateSchema.parse(fixtureOf(name).update), bot, 1);
    return read.kind === 'message' ? read.inbound.from.phone : null;
  }
  const [news] = readDelivery(deliverySchema.parse(fixtureOf(name).delivery), '106540352242922');
  return news?.kind === 'message' ? news.inbound.from.phone : null;
}

it.each([
  ['a contact of one’s own shared on Telegram', 'telegram/contactOwn', '+6281234567678', true],
  ['somebody else’s contact shared on Telegram', 'telegram/contactOther', '+6281234567678', false],
  ['one’s own contact shared in a Telegram group', 'telegram/groupContact', '+6281234567678', false],
  ['a WhatsApp message from the registered number', 'whatsappCloud/text', '+6281234567890', true],
  ['a contact card sent by WhatsApp', 'whatsappCloud/contacts', '+6281299990000', false],
])(
  'When strangers have used up a number and %s comes, then only the owner’s own channel is answered',
  async (_, name, registered, isOwn) => {
    const kit = await office();
    const person = { name: 'Ana', phone: registered, nikTail: '0042' };
    await kit.store.permits.put([{ id: 'f', report: report({ person, fetchedAt: kit.now() }) }], null);
    await guess(kit);
    const phone = phoneIn(name);
    const who = { from: 'dari saluran', ...(phone === null ? {} : { phone }) };
    const answers = `${await asks(kit, number, who)}\n${await asks(kit, registered.slice(-4), who)}`;
    expect([answers.includes(status), answers.includes(capped)]).toEqual([isOwn, !isOwn]);
  },
);

it('When a chat is told of a file’s moves, then strangers cannot close it out, its own tries can, and a watch of another file opens nothing', async () => {
  const kit = await office();
  const wife = { from: 'istri' };
  expect(await asks(kit, `${number} hp 5678`, wife)).toContain(status);
  expect(await asks(kit, 'kabari saya kalau berubah', wife)).toContain('saya kabari di sini');
  await kit.pass(day);
  await guess(kit);
  expect(await asks(kit, `${number} hp 5678`, { from: 'orang baru' })).toContain(capped);
  expect(await asks(kit, `${number} hp 5678`, wife)).toContain(status);
  const other = 'PBG-327312-01082023-77';
  for (let i = 0; i < 5; i++) await asks(kit, `${other} hp 222${i}`, { from: `penebak ${i}` });
  expect(await asks(kit, `${other} hp 5678`, wife)).toContain(capped);
  for (let i = 0; i < 4; i++) expect(await asks(kit, `${number} hp 111${i}`, wife)).toContain('tidak cocok');
  expect(await asks(kit, `${number} hp 5678`, wife)).toContain(capped);
});

it('When a chat is closed out, then the words are the same for a known and an unknown number, and a person is one press away', async () => {
  const kit = await office();
  const answers = [];
  for (const [n, at] of [number, 'PBG-327312-01082023-77'].entries()) {
    for (let i = 0; i < 5; i++) await asks(kit, `${at} hp 333${i}`, { from: `penebak ${n}${i}` });
    answers.push(await asks(kit, `${at} hp 5678`, { from: `warga ${n}` }));
    expect(kit.sent.at(-1)?.message.buttons.map(({ id }) => id)).toEqual(['cmd:officer']);
  }
  const [known = '', unknown = ''] = answers;
  expect(unknown).toBe(known);
  expect(known).toContain('Petugas bisa memeriksa: tulis petugas');
  await kit.says('petugas', { from: 'warga 0' });
  expect((await kit.heard('warga 0')).join()).toContain('nomor konsultasi');
});
