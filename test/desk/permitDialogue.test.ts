// Talks about a permit's status, from number to answer, with every wrong turn on the way.
import { readFileSync } from 'node:fs';
import type { Capabilities } from '../../src/desk/ports.ts';
import { conversationOf, createKit, type Kit, simpleNlu } from '../support/deskKit.ts';
import { day, issued, report, returned, status } from '../support/permitKit.ts';

const number = 'PBG-327312-01082023-01';
const askFact = 'Demi keamanan, ketik 4 angka terakhir nomor HP';
const noMatch = 'tidak cocok dengan data yang saya punya';
const slot = 3000;

async function office(reports = [report()], more: Parameters<typeof createKit>[0] = {}): Promise<Kit> {
  const kit = await createKit({ greetingWaitMs: 0, ...more });
  const dated = reports.map((one) => ({ ...one, fetchedAt: kit.now() - 1000 }));
  await kit.store.permits.put(
    dated.map((one, i) => ({ id: `f${i}`, report: one })),
    null,
  );
  await kit.desk.sweep();
  return kit;
}
/** Writes the digits and waits for the slot. */
async function gives(kit: Kit, text: string, from?: string): Promise<string> {
  await kit.says(text, from === undefined ? {} : { from });
  expect(await kit.heard(from)).toEqual([]);
  await kit.pass(slot);
  return (await kit.heard(from)).join('\n');
}
const asks = async (kit: Kit, text: string, from?: string) => {
  await kit.says(text, from === undefined ? {} : { from });
  return (await kit.heard(from)).join('\n');
};

describe('the status dialogue', () => {
  it.each([
    ['terdaftar', status({ stage: 'terdaftar' }), 'Terdaftar. Giliran kantor'],
    ['verifikasi berkas', status(), 'Verifikasi berkas. Giliran kantor'],
    ['dikembalikan', returned, 'Dikembalikan. Giliran pemohon. Alasannya: berkas yang diunggah buram.'],
    ['verifikasi teknis', status({ stage: 'verifikasi_teknis' }), 'Verifikasi teknis. Giliran kantor'],
    ['tinjauan lapangan', status({ stage: 'tinjauan_lapangan', turn: 'agency' }), 'Tinjauan lapangan. Giliran dinas teknis'],
    ['rekomendasi', status({ stage: 'rekomendasi_teknis', turn: 'agency' }), 'Rekomendasi teknis. Giliran dinas teknis'],
    ['pembayaran', status({ stage: 'menunggu_pembayaran', turn: 'applicant' }), 'Menunggu pembayaran. Giliran pemohon.'],
    ['penetapan', status({ stage: 'penetapan' }), 'Penetapan. Giliran kantor'],
    ['terbit', issued, 'Terbit. Prosesnya sudah selesai.'],
    ['ditolak', status({ stage: 'ditolak', turn: 'none' }), 'Ditolak. Prosesnya sudah selesai.'],
    ['dicabut', status({ stage: 'dicabut', turn: 'none' }), 'Dicabut. Prosesnya sudah selesai.'],
    [
      'kode asing',
      status({ stage: null, turn: 'unknown', codeRaw: '58', textRaw: 'Proses khusus' }),
      '“Proses khusus”. Artinya belum saya ketahui. Giliran siapa tidak disebut sistemnya, tanya petugas.',
    ],
  ])('When a file is at %s, then number and four digits tell just that', async (_, at, told) => {
    const kit = await office([report({ status: at, note: 'catatan rahasia' })]);
    expect(await asks(kit, `tolong lihat posisi berkas ${number}`)).toContain(askFact);
    const text = await gives(kit, '5678');
    expect(text).toContain(told);
    expect(text).toMatch(/Data per hari ini pukul \d\d\.\d\d, sumber SIMBG\./);
    for (const secret of ['Euis', '5678', '0001', 'rahasia']) expect(text).not.toContain(secret);
  });

  it('When the number is unknown or the digits are wrong, then words, slot and buttons are the same', async () => {
    const kit = await office();
    await asks(kit, number, 'a');
    await asks(kit, 'PBG-327312-01082023-99', 'b');
    expect(await gives(kit, '1111', 'a')).toContain(noMatch);
    expect(await gives(kit, '1111', 'b')).toContain(noMatch);
    const [wrong, unknown] = ['a', 'b'].map((who) => kit.sent.findLast((out) => out.contact.externalId === who)?.message);
    const text = wrong?.text.replace(number, 'PBG-327312-01082023-99');
    expect(unknown).toMatchObject({ text, buttons: wrong?.buttons, reason: wrong?.reason });
  });

  it('When the digits come wrong and then right, or as NIK, then it is told', async () => {
    const kit = await office();
    await asks(kit, number);
    expect(await gives(kit, '1111')).toContain(noMatch);
    expect(await gives(kit, '0001')).toContain(noMatch);
    expect(await gives(kit, 'nik 0001')).toContain('Verifikasi berkas');
    expect(await asks(kit, number)).toContain('Verifikasi berkas');
    kit.tick(31 * 60_000);
    expect(await asks(kit, number)).toContain(askFact);
  });

  it('When number and digits come in one message, then they are judged at once', async () => {
    const kit = await office();
    await kit.says(`${number} hp 0812-3456-5678`);
    await kit.pass(slot);
    expect((await kit.heard()).join()).toContain('Verifikasi berkas');
  });

  it('When the proof is for one number, then another asks again', async () => {
    const kit = await office([report(), report({ number: 'PBG-327312-01082023-02' })]);
    await asks(kit, number);
    await gives(kit, '5678');
    expect(await asks(kit, 'PBG-327312-01082023-02')).toContain(askFact);
  });

  it('When five were judged in a day, then the sixth is not, for a contact and for a number, and the next day it is', async () => {
    const kit = await office();
    await asks(kit, number);
    for (let i = 0; i < 5; i++) expect(await gives(kit, `111${i}`)).toContain(noMatch);
    expect(await gives(kit, '5678')).toContain('Batas pengecekan');
    await asks(kit, number, 'pemilik');
    expect(await gives(kit, '5678', 'pemilik')).toContain('Batas pengecekan');
    kit.tick(day);
    await asks(kit, number, 'pemilik');
    expect(await gives(kit, '5678', 'pemilik')).toContain('Verifikasi berkas');
  });

  it('When a question comes in between, then it is answered and the dialogue goes on', async () => {
    const kit = await office();
    await asks(kit, number);
    const answer = await asks(kit, 'apa itu NIB?');
    expect(answer).toContain('NIB adalah nomor induk berusaha.');
    expect(answer).toContain('Untuk melanjutkan cek status, ketik 4 angka terakhir');
    expect(await asks(kit, 'hmm maksudnya gimana sih itu tadi ya')).toContain('Untuk melanjutkan cek status');
    expect(await gives(kit, '5678')).toContain('Verifikasi berkas');
  });

  it('When a question in between names a year, then it is answered and costs no try, with or without its mark', async () => {
    const kit = await office();
    await asks(kit, number);
    for (const text of ['syarat NIB 2024 apa?', 'syarat NIB 2024 apa'])
      expect(await asks(kit, text)).toContain('NIB adalah nomor induk berusaha.');
    for (let i = 0; i < 4; i++) expect(await gives(kit, `200${i}`)).toContain(noMatch);
    expect(await gives(kit, 'hp NIB 5678')).toContain('Verifikasi berkas');
  });

  it('When "batal" or "petugas" is written, then the dialogue ends and a person is in reach', async () => {
    const kit = await office();
    await asks(kit, number);
    expect(await asks(kit, 'batal')).toContain('dibatalkan');
    expect((await conversationOf(kit)).permit).toBeNull();
    await asks(kit, number);
    expect(await asks(kit, 'petugas')).toContain('nomor konsultasi');
    expect((await conversationOf(kit)).state).toBe('queued');
  });

  it('When it is abandoned, then it expires and says so', async () => {
    const kit = await office();
    await asks(kit, number);
    kit.tick(16 * 60_000);
    expect(await asks(kit, '5678')).toContain('sudah habis');
  });

  it.each([
    ['0812345678901', 'itu NIB atau nomor HP?', { button: 'permit:yes' }, askFact],
    ['0812345678901', 'itu NIB atau nomor HP?', { button: 'permit:phone' }, 'Kirim nomor permohonannya'],
    ['PBG-3273I2-O1082023-01', `Maksudnya ${number}?`, { button: 'permit:yes' }, askFact],
    ['PBG-32731-01082023-01', 'yang terbaca 15 angka, biasanya 16', {}, askFact],
  ])('When "%s" is sent, then a helpful question comes back and the dialogue goes on', async (text, question, pressed, then) => {
    const kit = await office();
    expect(await asks(kit, text)).toContain(question);
    await kit.says('button' in pressed ? 'x' : number, pressed);
    expect((await kit.heard()).join()).toContain(then);
  });

  it('When three digits are sent, then four are asked for and nothing is counted', async () => {
    const kit = await office();
    await asks(kit, number);
    for (let i = 0; i < 9; i++) expect(await asks(kit, '567')).toContain('tepat 4 angka');
    expect(await gives(kit, '5678')).toContain('Verifikasi berkas');
  });

  it('When the data is old, then it says so', async () => {
    const kit = await office();
    kit.tick(4 * day);
    await asks(kit, number);
    expect(await gives(kit, '5678')).toContain('Data ini sudah lama');
  });

  it('When a message is in English, then the dialogue is in English', async () => {
    const kit = await office(undefined, {
      nlu: {
        ...simpleNlu,
        understand: () => ({ zone: 'none', guesses: [], language: 'en', also: null, elsewhere: null }),
        answer: () => null,
        label: () => null,
        facts: () => ({}),
      },
    });
    await kit.says('what is going on there with it all');
    await kit.heard();
    expect(await asks(kit, number)).toContain('type the last 4 digits');
    expect(await gives(kit, 'five six seven eight')).toContain('Checking the files. It is the office’s turn');
  });

  it('When the file was filed by an agent for many permits of one NIB, then each is told with its number', async () => {
    const nib = '1234567890123';
    const oss = (n: number) => report({ system: 'OSS', number: `I-${n}`, otherNumbers: [nib] });
    const kit = await office([
      oss(1),
      oss(2),
      report({
        system: 'OSS',
        number: 'I-3',
        otherNumbers: [nib],
        person: { name: null, phone: '+6281111111111', nikTail: null },
      }),
    ]);
    await asks(kit, `NIB saya ${nib}`);
    const told = await gives(kit, '5678');
    expect(told).toContain('I-1: Verifikasi');
    expect(told).toContain('I-2: Verifikasi');
    expect(told).not.toContain('I-3');
  });

  it('When the service has a confirmed standard, then the working days without the applicant’s are told', async () => {
    const kit = await createKit({ greetingWaitMs: 0 });
    const submittedAt = kit.now() - 14 * day;
    const first = report({ submittedAt, fetchedAt: submittedAt });
    const back = { ...first, status: { ...returned, since: kit.now() - 7 * day }, fetchedAt: kit.now() - 7 * day };
    const again = { ...first, status: status({ stage: 'verifikasi_teknis', since: kit.now() - day }), fetchedAt: kit.now() };
    await kit.store.permits.put(
      [first, back, again].map((one) => ({ id: 'f', report: one })),
      null,
    );
    const entry = { id: 's', at: 0, actor: 'o', action: 'settings', subject: 'permits', detail: null };
    await kit.store.settings.put('permits', { standards: { PBG: 28 } }, 0, entry);
    await kit.desk.sweep();
    await asks(kit, number);
    // Wed 11 to Wed 25 November: ten working days, of which those from the 18th to the 23rd (four) lay with the applicant.
    expect(await gives(kit, '5678')).toContain('Sudah 6 dari 28 hari kerja');
  });

  it('When nothing can be looked up yet, then a number leads to the approved answer about that or to "I do not understand", never to a question', async () => {
    const kit = await createKit({ greetingWaitMs: 0 });
    expect(await asks(kit, number)).not.toContain(askFact);
  });
});

describe('the registered phone', () => {
  const verified: Partial<Capabilities> = { verifiesPhone: true };
  it('When the channel has verified the registered phone, then no digits are asked and strangers cannot close its way', async () => {
    const kit = await office(undefined, { capabilities: verified });
    for (const who of ['a', 'b']) {
      await asks(kit, number, who);
      // The second one is closed out at once; whether the rest is answered before or at the slot is a matter of a real timer.
      for (let i = 0; i < 5; i++) {
        await kit.says(`111${i}`, { from: who });
        await kit.pass(slot);
      }
      expect((await kit.heard(who)).join()).toContain(who === 'a' ? noMatch : 'Batas pengecekan');
    }
    await kit.says('halo selamat', { from: 'pemilik', phone: '+6281234565678' });
    await kit.heard('pemilik');
    await kit.says(number, { from: 'pemilik' });
    expect(await kit.heard('pemilik')).toEqual([]);
    await kit.pass(slot);
    expect((await kit.heard('pemilik')).join()).toContain('Verifikasi berkas');
  });

  it('When a phone was only typed into a form, then the digits are asked all the same', async () => {
    const kit = await office();
    await kit.says(number, { phone: '+6281234565678' });
    expect((await kit.heard()).join()).toContain(askFact);
  });
});

describe('a crash in the dialogue', () => {
  it('When it comes after judging, then the next process tells it at the slot, once', async () => {
    const kit = await office();
    await asks(kit, number);
    await kit.says('5678');
    const next = await createKit({ store: kit.store, greetingWaitMs: 0, startAt: kit.now() + slot });
    await next.settled();
    expect((await next.heard()).join()).toContain('Verifikasi berkas');
  });

  it('When it comes before judging, then the digits are asked for once more and nothing was written of them', async () => {
    const kit = await office();
    await asks(kit, number);
    const stop = kit.store.permitWatches.spend;
    const judging = new Promise<void>((reached) => {
      kit.store.permitWatches.spend = () => {
        reached();
        return new Promise(() => {});
      };
    });
    await kit.arrives('5678');
    await judging;
    kit.store.permitWatches.spend = stop;
    const next = await createKit({ store: kit.store, greetingWaitMs: 0, startAt: kit.now() + 20_000 });
    await next.settled();
    expect((await next.heard()).join()).toContain('Ketik sekali lagi 4 angka');
  });
});

it('When the words of the dialogue are read, then no exclamation mark is in them and labels fit a button', () => {
  const source = readFileSync(new URL('../../src/desk/permitPhrases.ts', import.meta.url), 'utf8');
  expect(source).not.toMatch(/[a-z]!['’`]/);
  for (const [, label] of source.matchAll(/label\w+: \(\) => '([^']+)'/g)) expect(label?.length).toBeLessThanOrEqual(20);
});
