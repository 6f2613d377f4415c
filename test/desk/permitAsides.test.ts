// What citizens write beside the point while a status is checked is answered so that they can go on; nothing of a file is told by it.

import { maskPersonal } from '../../src/desk/identifiers.ts';
import { readAside, readStray } from '../../src/desk/permitAsides.ts';
import { createKit, simpleNlu } from '../support/deskKit.ts';
import { report, returned, status } from '../support/permitKit.ts';

const number = 'PBG-327312-01082023-01';

it.each([
  ['fact', 'lupa', 'lost-fact'],
  ['fact', 'ga inget nomer hp nya soalnya didaftarin sama calo', 'lost-fact'],
  ['fact', 'itu nomor hp istri saya', 'lost-fact'],
  ['fact', 'hp nya udah ganti min', 'lost-fact'],
  ['fact', 'abdi poho nomerna', 'lost-fact'],
  ['fact', 'ga cocok terus, saya harus kemana?', 'lost-fact'],
  ['fact', 'kenapa harus pake nomor hp segala?', 'why'],
  ['fact', 'buat apa?', 'why'],
  ['fact', 'naha kedah nganggo nomer hp?', 'why'],
  ['fact', 'oke sebentar ya', null],
  ['fact', 'kenapa PBG mahal', null],
  ['number', 'gatau nomornya', 'lost-number'],
  ['number', 'nomornya dimana ya liatnya?', 'lost-number'],
  ['number', 'belum dapet kak', 'lost-number'],
  ['number', 'sebentar saya cari dulu', null],
  ['shown', 'trus saya harus gimana?', 'how'],
  ['shown', 'bayarnya kemana ya?', 'how'],
  ['shown', 'cara ngelengkapinya gimana, cara melengkapi', 'how'],
  ['shown', 'terus abdi kedah kumaha?', 'how'],
  ['shown', 'bisa tolong kirim nama sama alamat pemohonnya?', 'no-details'],
  ['shown', 'nomor hp yg terdaftar berapa?', 'no-details'],
  ['shown', 'ok makasih, kapan kira2 selesainya?', 'when'],
  ['shown', 'selesainya kapan ya', 'when'],
  ['shown', 'masih lama ga?', 'when'],
  ['shown', 'iraha beresna?', 'when'],
  ['shown', 'kapan selesai kalau saya daftar izin baru?', null],
  ['fact', 'kapan selesainya?', null],
  ['shown', 'bayar brp?', null],
  ['shown', 'nuhun', null],
  ['answering', 'lupa', null],
] as const)('When it stands at "%s" and somebody writes "%s", then that is %s', (step, text, aside) => {
  expect(readAside(step, text)).toBe(aside);
});

it.each([
  ['3273124501800001', false, 'nik'],
  ['nik saya 3273 1245 0180 0001', false, 'nik'],
  ['081234565678', false, 'phone'],
  ['+62 812-3456-5678', false, 'phone'],
  ['resi saya GMP-2024-0012', false, 'unknown'],
  ['nomor registrasi gampil saya 20241105123', false, 'unknown'],
  ['20241105123', true, 'unknown'],
  ['20241105123', false, null],
  ['saya punya 2 permohonan sejak tahun lalu dan sampai sekarang 2024 belum ada kabar', false, null],
  ['berkas saya tahun 2024?', false, null],
] as const)('When somebody writes "%s" (asked: %s), then it is %s', (text, isAsked, stray) => {
  expect(readStray(maskPersonal(text), isAsked)).toBe(stray);
});

describe('beside the point', () => {
  async function office(file = report({ status: returned })) {
    // "posisi" is the question about a status.
    const nlu: typeof simpleNlu = {
      ...simpleNlu,
      understand(text, conversation) {
        const usual = simpleNlu.understand(text, conversation);
        return text.includes('posisi') ? { ...usual, zone: 'answer', guesses: [{ intent: 'status.cek', score: 0.9 }] } : usual;
      },
      answer: (intent, language) =>
        intent === 'status.cek' ? { ...simpleNlu.answer('nib.apa', language)!, intent } : simpleNlu.answer(intent, language),
    };
    const kit = await createKit({ greetingWaitMs: 0, nlu });
    await kit.store.permits.put([{ id: 'f', report: { ...file, fetchedAt: kit.now() - 1000 } }], null);
    await kit.desk.sweep();
    const says = async (text: string) => {
      await kit.says(text);
      await kit.pass(3000);
      return (await kit.heard()).join('\n');
    };
    return { kit, says };
  }

  it('When the digits are lacking, then another way is told, why is explained, and they are still taken', async () => {
    const { kit, says } = await office();
    await says(number);
    expect(await says('itu nomor hp istri saya')).toContain('tulis nik lalu 4 angka terakhir NIK pemohon');
    expect(await says('kenapa harus pake nomor hp?')).toContain('hanya dicocokkan, tidak disimpan');
    expect(JSON.stringify(kit.sent)).not.toMatch(/Dikembalikan|Euis/);
    expect(await says('nik 0001')).toContain('Dikembalikan');
  });

  it('When no number is at hand, or it is a personal one or of an unknown form, then what to send is told', async () => {
    const { says } = await office();
    expect(await says('3273124501800001')).toContain('Itu seperti NIK atau NPWP, jadi saya sembunyikan');
    expect(await says('gatau nomornya')).toContain('Nomornya ada di akun tempat izin diajukan');
    expect(await says('0812 3456 5678')).toContain('Itu seperti nomor HP');
    expect(await says('20241105123')).toContain('Bentuk nomor itu belum saya kenali');
    expect(await says(number)).toContain('ketik 4 angka terakhir');
  });

  it('When a number comes in two messages, or its beginning alone, then it is put together', async () => {
    const { kit, says } = await office();
    expect(await says('PBG-327312')).toContain('yang terbaca 6 angka, biasanya 16');
    expect(await says('-01082023-01')).toContain(`Nomor ${number}.`);
    await says('batal');
    await kit.says('pbg 327312', { from: 'b' });
    await kit.says('01082023-01', { from: 'b' });
    expect((await kit.heard('b')).at(-1)).toContain(`Nomor ${number}.`);
  });

  it('When the digits are sent once more after it was told, then it is told again, and they are hidden', async () => {
    const { kit, says } = await office();
    await says(number);
    expect(await says('5678')).toContain('Dikembalikan');
    const { text } = await kit.arrives('5678');
    expect(text).toBe('••••');
    await kit.settled();
    expect((await kit.heard()).join()).toContain('Dikembalikan');
    expect((await kit.arrives('tahun 2024 sudah terbit?')).text).toContain('2024');
    await kit.settled();
    await kit.heard();
    // What may be a NIB is asked about.
    expect(await says('6281298764321')).toContain('itu NIB atau nomor HP?');
  });

  it.each([`${number} 5678`, `cek berkas 5678 ${number}`, `${number}\n\n5678`])(
    'When number and digits are one message without a word for them (%j), then they are hidden and judged at once',
    async (text) => {
      const { kit } = await office();
      expect((await kit.arrives(text)).text).not.toContain('5678');
      await kit.settled();
      await kit.pass(3000);
      expect((await kit.heard()).join()).toContain('Dikembalikan');
    },
  );

  it.each([`${number} tahun 2024`, 'NIB 1234567890123 KBLI 5611', `${number} 2024`])(
    'When other digits stand beside a number (%s), then they are no second fact',
    async (text) => {
      const { kit } = await office();
      expect((await kit.arrives(text)).text).toBe(text);
    },
  );

  it('When the status was told and they ask whether it has changed, then it is told again without a new proof', async () => {
    const { says } = await office();
    await says(`${number} 5678`);
    expect(await says('posisi nya sudah berubah belum')).toContain('Dikembalikan');
    expect(await says('cek posisi')).toContain('Kirim nomor permohonannya');
  });

  it('When they ask what to do, then it is told for their turn only; names and documents are not', async () => {
    const { says } = await office();
    await says(`${number} hp 5678`);
    expect(await says('trus saya harus gimana?')).toContain('Catatan perbaikannya ada di akun SIMBG');
    expect(await says('kirim nama sama alamat pemohonnya dong')).toContain('tidak dikirim lewat chat');
  });

  it('When whose turn it is is not known, then nothing is inferred', async () => {
    const { says } = await office(report({ status: status({ stage: null, turn: 'unknown', codeRaw: '99', textRaw: '99' }) }));
    await says(`${number} hp 5678`);
    expect(await says('trus saya harus gimana?')).toMatch(/Giliran siapa tidak disebut sistemnya, tanya petugas/);
  });

  it.each(['brenti', 'stop dong', 'udah, jangan dikabarin lagi', 'ga usah kabari lagi ya', 'eureun'])(
    'When "%s" is written, then the watch ends',
    async (words) => {
      const { kit, says } = await office();
      await says(`${number} hp 5678`);
      expect(await says('tolong infokan klo sudah terbit')).toContain('saya kabari di sini');
      expect(await says(words)).toContain('kabar perubahan dihentikan');
      expect(await kit.store.permitWatches.due(null, 9)).toEqual([]);
    },
  );

  it('When a person is asked for while digits are awaited, then the queue is not told to type them', async () => {
    const { kit, says } = await office();
    await says(number);
    expect(await says('petugas')).not.toContain('ketik 4 angka');
    expect(await says('petugas')).not.toContain('ketik 4 angka');
    expect(kit.sent.length).toBeGreaterThan(2);
  });
});
