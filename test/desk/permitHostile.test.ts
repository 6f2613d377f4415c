// A citizen who wants to learn about somebody else's file: every way round the proof that was thought of, and that it leads nowhere.
import { createKit, type Kit } from '../support/deskKit.ts';
import { report, status } from '../support/permitKit.ts';

const number = 'PBG-327312-01082023-01';
const other = 'PBG-327312-01082023-02';
const unknown = 'PBG-327312-01082023-77';
const slot = 3000;
const minute = 60_000;
/** Words that stand in the status of a file and in nothing that is said before its proof. */
const told = /Giliran (?:kantor|pemohon|dinas)|Verifikasi berkas|Dikembalikan|Data per/;

async function office(): Promise<Kit> {
  const kit = await createKit({ greetingWaitMs: 0 });
  const about = (one: string, phone: string) =>
    report({ number: one, fetchedAt: kit.now() - 1000, person: { name: 'Euis', phone, nikTail: '0042' } });
  await kit.store.permits.put(
    [
      { id: 'f', report: about(number, '+6281234565678') },
      { id: 'g', report: about(other, '+6281234569999') },
    ],
    null,
  );
  await kit.desk.sweep();
  return kit;
}
async function asks(kit: Kit, text: string, from = 'penyerang', button: string | null = null): Promise<string> {
  await kit.says(text, { from, ...(button === null ? {} : { button }) });
  await kit.pass(slot);
  return (await kit.heard(from)).join('\n');
}

it.each([
  ['asks to be told of moves', 'kabari kalau ada perubahan', null],
  ['presses "tell me of changes"', 'Kabari perubahan', 'permit:watch'],
  ['presses "how to complete"', 'Cara melengkapi', 'permit:how'],
  ['presses "yes, that one"', 'Ya, itu', 'permit:yes'],
  ['presses "try again"', 'Coba lagi', 'permit:again'],
  ['writes "berhenti"', 'berhenti', null],
  ['writes "batal"', 'batal', null],
  ['says yes', 'ya betul', null],
])(
  'When somebody without a proof %s, then it is answered alike for a known and an unknown number, and nothing is watched',
  async (_, text, button) => {
    const kit = await office();
    const answers: string[][] = [];
    for (const [from, at] of [
      ['satu', number],
      ['dua', unknown],
    ] as const)
      answers.push([
        await asks(kit, at, from),
        await asks(kit, text, from, button),
        await asks(kit, '1111', from),
        await asks(kit, text, from, button),
      ]);
    // What they wrote themselves is the only difference.
    expect(answers[0]?.map((text) => text.replaceAll(number, unknown))).toEqual(answers[1]);
    expect(answers.flat().join('\n')).not.toMatch(told);
    await kit.store.permits.put(
      [{ id: 'f', report: report({ number, status: status({ stage: 'terbit', turn: 'none' }), fetchedAt: kit.now() }) }],
      null,
    );
    await kit.pass(slot);
    expect((await Promise.all(['satu', 'dua'].map((from) => kit.heard(from)))).flat()).toEqual([]);
  },
);

it('When one chat has proved a file, then a second chat, another number or half an hour later it is asked anew', async () => {
  const kit = await office();
  expect(await asks(kit, `${number} hp 5678`, 'pemilik')).toMatch(told);
  expect(await asks(kit, number, 'penyerang')).not.toMatch(told);
  expect(await asks(kit, 'kabari kalau ada perubahan', 'penyerang')).not.toContain('saya kabari');
  expect(await asks(kit, other, 'pemilik')).not.toMatch(told);
  expect(await asks(kit, 'kabari kalau ada perubahan', 'pemilik')).not.toContain('saya kabari');
  expect(await asks(kit, `${number} hp 5678`, 'pemilik')).toMatch(told);
  await kit.pass(29 * minute);
  expect(await asks(kit, number, 'pemilik')).toMatch(told);
  await kit.pass(minute);
  expect(await asks(kit, number, 'pemilik')).not.toMatch(told);
});

it('When the number is changed while the digits are judged, then the answer is about the one that was judged', async () => {
  const kit = await office();
  await kit.says(other, { from: 'penyerang' });
  await kit.heard('penyerang');
  await kit.says('5678', { from: 'penyerang' });
  await kit.says(number, { from: 'penyerang' });
  await kit.pass(slot);
  await kit.pass(slot);
  expect((await kit.heard('penyerang')).join('\n')).not.toMatch(told);
});

it.each(['1111 5678', '5678 9999', '5678, 5679, 5680'])(
  'When several guesses stand in one message ("%s"), then none is judged',
  async (text) => {
    const kit = await office();
    await asks(kit, number);
    expect(await asks(kit, text)).not.toMatch(told);
  },
);

it('When two numbers stand in one message with the digits of one, then only the first is judged and the other says nothing', async () => {
  const kit = await office();
  const right = await asks(kit, `${other} ${number} hp 5678`, 'a');
  const missing = await asks(kit, `${unknown} ${number} hp 5678`, 'b');
  expect([right, missing].join('\n')).not.toMatch(told);
  expect(right.replaceAll(other, '')).toBe(missing.replaceAll(unknown, ''));
});

it('When a message is edited into the right digits, then nothing is judged', async () => {
  const kit = await office();
  await asks(kit, number);
  await asks(kit, '1111');
  for (const externalId of ['1:1', '1:2', 'm1', 'm2'])
    await kit.desk.intake.edit({
      channel: 'shell',
      accountId: 'a',
      externalId,
      text: `${number} hp 5678`,
      deleted: false,
      at: kit.now(),
    });
  await kit.pass(slot);
  expect((await kit.heard('penyerang')).join('\n')).not.toMatch(told);
});
