// Whoever complains along with a number is heard, and who asks when it will be done is answered from the file, never with an invented date.
import { isUpset } from '../../src/desk/permitAsides.ts';
import { createKit } from '../support/deskKit.ts';
import { day, issued, report, status } from '../support/permitKit.ts';
import { audit } from '../support/storeKit.ts';

const { number } = report();

it.each([
  [`kok lama banget izin saya ${number} udah 3 bulan, kecewa!`, true],
  [`${number} sudah dua bulan belum beres`, true],
  [`lambat pisan ${number}`, true],
  [`tolong cek ${number}`, false],
  [`${number} sampai mana ya, makasih`, false],
  [`${number} saya daftar bulan lalu`, false],
])('When somebody writes "%s", then that is a complaint: %s', (text, is) => {
  expect(isUpset(text)).toBe(is);
});

async function office(file = report()) {
  const kit = await createKit({ greetingWaitMs: 0 });
  const now = kit.now();
  await kit.store.settings.put('permits', { standards: { PBG: 28 } }, 0, audit());
  await kit.store.permits.put([{ id: 'f', report: { ...file, fetchedAt: now - 1000, submittedAt: now - 20 * day } }], null);
  await kit.desk.sweep();
  const says = async (text: string) => {
    await kit.says(text);
    await kit.pass(3000);
    const buttons = () => kit.sent.at(-1)?.message.buttons.map(({ id }) => id);
    return { text: (await kit.heard()).join('\n'), buttons: buttons() };
  };
  return { kit, says };
}

it('When a complaint comes with a number, then it is acknowledged, a person offered, and the check goes on; once', async () => {
  const { says } = await office();
  const asked = await says(`kok lama banget izin saya ${number} udah 3 bulan, kecewa!`);
  expect(asked.text).toMatch(/^Maaf, prosesnya mengecewakan\. .*tulis petugas\./);
  expect(asked.text).toContain('4 angka terakhir nomor HP');
  expect(asked.text.length).toBeLessThanOrEqual(400);
  expect(asked.buttons).toContain('cmd:officer');
  const told = await says('5678');
  expect(told.text).toContain('Verifikasi berkas');
  expect(told.text).not.toContain('Maaf');
  expect((await says(`${number} kok lama banget`)).text).toMatch(/^Maaf, prosesnya[\s\S]*Verifikasi berkas/);
});

it('When it is asked when it will be done, then whose turn, since when and the standard are told, no date, and a person offered', async () => {
  const { says, kit } = await office(report({ status: status({ since: Date.UTC(2026, 10, 2) }) }));
  await says(number);
  await says('5678');
  const told = await says('ok makasih, kapan kira2 selesainya?');
  expect(told.text).toMatch(/Verifikasi berkas, sejak 2 November 2026\. Giliran kantor/);
  expect(told.text).toMatch(/Sudah \d+ dari 28 hari kerja standar layanan\./);
  expect(told.text).toContain('Tanggal selesainya tidak ada di data itu, jadi tidak saya perkirakan.');
  expect(told.buttons).toContain('cmd:officer');
  await kit.store.permits.put([{ id: 'f', report: report({ status: issued, fetchedAt: kit.now() }) }], null);
  const over = await says('selesainya kapan?');
  expect(over.text).toContain('Terbit');
  expect(over.text).not.toContain('Tanggal selesainya');
});
