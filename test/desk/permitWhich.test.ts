// Which file an answer is about, of which system and how old: no answer may be taken for that of another file.
import { createKit, type Kit } from '../support/deskKit.ts';
import { day, issued, report, returned, status } from '../support/permitKit.ts';

const number = 'PBG-327312-01082023-01';
const slot = 3000;

async function office(reports = [report()]): Promise<Kit> {
  const kit = await createKit({ greetingWaitMs: 0 });
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

describe('which file an answer is about', () => {
  it('When a message names two numbers, then the one that is asked about is named, and so is the answer', async () => {
    const kit = await office([report(), report({ number: 'PBG-327312-01082023-02', status: issued })]);
    expect(await asks(kit, `${number} sama PBG-327312-01082023-02`)).toContain(
      `${number} dulu, yang lain kirim setelah ini. Demi`,
    );
    const first = await gives(kit, '5678');
    expect(first).toMatch(new RegExp(`^${number}: Verifikasi berkas`, 'm'));
    expect(first).not.toContain('Terbit');
  });

  it('When a NIB leads to one file, then the file is told by its own number, and that there may be others', async () => {
    const kit = await office([report({ system: 'OSS', number: 'I-202202231710411927449', otherNumbers: ['1234567890123'] })]);
    expect(await asks(kit, 'NIB 1234 5678 90123')).toContain('1234567890123. Demi');
    const told = await gives(kit, '5678');
    expect(told).toContain('I-202202231710411927449: Verifikasi');
    expect(told).toContain('Permohonan lain dengan nomor itu? Kirim nomor permohonannya.');
  });

  it('When two systems know one number, then both are told, each with its source and age, what was heard last first', async () => {
    const kit = await office([]);
    const at = (system: 'SIMBG' | 'GAMPIL', fetchedAt: number, more: object) => report({ system, fetchedAt, ...more });
    await kit.store.permits.put(
      [
        { id: 'a', report: at('SIMBG', kit.now() - 1000, {}) },
        { id: 'b', report: at('GAMPIL', kit.now() - 4 * day, { status: issued }) },
      ],
      null,
    );
    await kit.desk.sweep();
    await asks(kit, number);
    const told = await gives(kit, '5678');
    expect(told).toMatch(/Verifikasi berkas[^\n]*sumber SIMBG\.\n\n.*Terbit[^\n]*sumber GAMPIL\. Data ini sudah lama/);
  });

  it.each([
    ['dikembalikan', returned, 'Cara melengkapi', 'Catatan perbaikannya'],
    ['menunggu pembayaran', status({ stage: 'menunggu_pembayaran', turn: 'applicant' }), 'Cara membayar', 'Tagihan resminya'],
    [
      'a draft',
      status({ stage: null, turn: 'applicant', textRaw: 'Draf' }),
      'Yang perlu dilakukan',
      'Yang perlu dilakukan tertulis',
    ],
  ])('When the applicant has to move at %s, then the button says what for', async (_, at, label, how) => {
    const kit = await office([report({ status: at })]);
    await asks(kit, number);
    await gives(kit, '5678');
    expect(kit.sent.at(-1)?.message.buttons[0]).toEqual({ id: 'permit:how', label });
    await kit.says(label, { button: 'permit:how' });
    expect((await kit.heard()).join()).toContain(how);
  });

  it('When two files wait for their applicant, then the button fits both and each is told what to do', async () => {
    const due = status({ stage: 'menunggu_pembayaran', turn: 'applicant' });
    const nib = { otherNumbers: ['1234567890123'] };
    const kit = await office([
      report({ ...nib, status: returned }),
      report({ ...nib, number: 'PBG-327312-01082023-02', status: due }),
    ]);
    await asks(kit, 'NIB 1234567890123');
    await gives(kit, '5678');
    expect(kit.sent.at(-1)?.message.buttons[0]?.label).toBe('Yang perlu dilakukan');
    await kit.says('x', { button: 'permit:how' });
    const how = (await kit.heard()).join('\n');
    expect(how).toContain(`${number}: Catatan perbaikannya`);
    expect(how).toContain('PBG-327312-01082023-02: Tagihan resminya');
  });

  it('When an export lacks a file that an earlier one had, then it is told as it was, with its age, and never as gone or done', async () => {
    const kit = await office([report(), report({ number: 'PBG-327312-01082023-02' })]);
    kit.tick(4 * day);
    await kit.store.permits.put(
      [{ id: 'x', report: report({ number: 'PBG-327312-01082023-02', fetchedAt: kit.now(), status: issued }) }],
      'b2',
    );
    await asks(kit, number);
    const told = await gives(kit, '5678');
    expect(told).toContain('Verifikasi berkas');
    expect(told).toContain('Data ini sudah lama');
  });
});
