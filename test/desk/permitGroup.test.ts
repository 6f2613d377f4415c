// A group is not one person: nothing of a file is asked or told there, nothing proved, nothing watched.
import { createKit, type Kit } from '../support/deskKit.ts';
import { issued, report } from '../support/permitKit.ts';

const number = 'PBG-327312-01082023-01';
const slot = 3000;
const group = 'grup warga';
const told = /Giliran|Verifikasi berkas|Terbit|Data per|4 angka terakhir/;
const invite = (code: string) => ({ app: 'Telegram' as const, url: `https://t.me/loket_bot${code}` });

async function office(): Promise<Kit> {
  const kit = await createKit({ greetingWaitMs: 0, invite, capabilities: { verifiesPhone: true } });
  await kit.store.permits.put([{ id: 'f', report: report({ fetchedAt: kit.now() - 1000 }) }], null);
  await kit.desk.sweep();
  return kit;
}
async function asks(kit: Kit, text: string, more: object = {}, from = group): Promise<string> {
  await kit.says(text, { from, isGroup: from === group, ...more });
  await kit.pass(slot);
  return (await kit.heard(from)).join('\n');
}

it.each([
  ['a number', number, {}],
  ['number and digits', `${number} hp 5678`, {}],
  ['number and digits from the registered phone', `${number} hp 5678`, { phone: '+6281234565678' }],
  ['a number with a slip', 'PBG-327312-01082023-O1', { pass: true }],
  ['the wish to be told', 'kabari kalau ada perubahan', {}],
  ['a press on "Kabari perubahan"', 'Kabari perubahan', { button: 'permit:watch' }],
  ['a press on "Cara melengkapi"', 'Cara melengkapi', { button: 'permit:how' }],
  ['a press on "Cek status"', 'Cek status', { button: 'status.cek' }],
])('When %s is sent in a group, then it is not judged, and the private chat is named', async (_, text, given: object) => {
  const { pass, ...more } = { pass: false, ...given };
  const kit = await office();
  let judged = 0;
  const { spend } = kit.store.permitWatches;
  kit.store.permitWatches.spend = (...args) => {
    judged++;
    return spend(...args);
  };
  const answer = await asks(kit, text, more);
  expect(answer).not.toMatch(told);
  if (!pass) expect(answer).toContain('Tulis ke saya di chat pribadi: https://t.me/loket_bot');
  expect(await asks(kit, '5678')).not.toMatch(told);
  expect(judged).toBe(0);
});

it('When the person then writes privately, then the dialogue goes its way there', async () => {
  const kit = await office();
  await asks(kit, number);
  expect(await asks(kit, number, {}, 'pemilik')).toContain('4 angka terakhir');
  expect(await asks(kit, '5678', {}, 'pemilik')).toContain(`${number}: Verifikasi berkas`);
});

it('When a group had proved a file and asked to be told before, then it is told of nothing, and the watch ends', async () => {
  const kit = await office();
  await asks(kit, 'apa itu NIB?');
  const contact = await kit.store.contacts.find({ channel: 'shell', accountId: 'a', externalId: group });
  await kit.store.permitWatches.watch({ id: 'w', permitId: 'f', contactId: contact!.id, at: 1 });
  await kit.store.permits.put([{ id: 'f', report: report({ status: issued, fetchedAt: kit.now() }) }], null);
  await kit.pass(slot);
  expect(await kit.heard(group)).toEqual([]);
  expect(await kit.store.permitWatches.watches(contact!.id)).toEqual([]);
});

it('When a group asks something else, then it is answered as ever', async () => {
  const kit = await office();
  expect(await asks(kit, 'apa itu NIB?')).toContain('NIB adalah nomor induk berusaha.');
  expect(await asks(kit, 'petugas')).toContain('nomor konsultasi');
});
