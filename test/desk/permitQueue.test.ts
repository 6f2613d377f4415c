// Whoever waits for an officer can still ask where a file stands; what they write to the officer stays the officer's.
import type { Message } from '../../src/contract/message.ts';
import { createKit, simpleNlu } from '../support/deskKit.ts';
import { report } from '../support/permitKit.ts';
import { audit } from '../support/storeKit.ts';

const { number } = report();

async function office({ isLearning = false } = {}) {
  const state = { isReady: !isLearning };
  const understand: typeof simpleNlu.understand = (text, about) => {
    if (!state.isReady) throw new Error('nothing is learned yet');
    return simpleNlu.understand(text, about);
  };
  const kit = await createKit({ greetingWaitMs: 0, nlu: { ...simpleNlu, understand, isReady: () => state.isReady } });
  await kit.store.settings.put('permits', {}, 0, audit());
  await kit.store.permits.put([{ id: 'f', report: report({ fetchedAt: kit.now() - 1000 }) }], null);
  await kit.desk.sweep();
  const says = async (text: string, button?: string) => {
    await kit.says(text, button === undefined ? {} : { button });
    await kit.pass(3000);
    return (await kit.heard()).join('\n');
  };
  const stateNow = async () => (await kit.store.conversations.get(await kit.conversationId()))?.conversation.state;
  const open = async (): Promise<Message[]> => kit.store.messages.uncovered(await kit.conversationId());
  const buttons = () => kit.sent.at(-1)?.message.buttons.map(({ id }) => id);
  return { kit, says, stateNow, open, buttons, state };
}

it('When somebody in the queue sends a number, then it is asked, judged and told there, and they keep their place', async () => {
  const { kit, says, stateNow, open, buttons } = await office();
  await says('petugas');
  expect(await says('cek status', 'status.cek')).toMatch(/[Kk]irim nomor permohonan/);
  expect(await says(number)).toContain('Demi keamanan, ketik 4 angka terakhir');
  const { text } = await kit.says('5678');
  expect(text).toBe('••••');
  await kit.pass(3000);
  expect((await kit.heard()).join()).toMatch(new RegExp(`^${number}: Verifikasi berkas`));
  expect(buttons()).toEqual(['permit:watch', 'cmd:cancel']);
  expect([await stateNow(), await open()]).toEqual(['queued', []]);
  expect(await says('kabari kalau berubah')).toContain('saya kabari di sini');
});

it('When they ask something else meanwhile, then it is answered and the check goes on; their place is told without it', async () => {
  const { says } = await office();
  await says('petugas');
  await says(number);
  expect(await says('nib itu apa sih')).toMatch(/NIB adalah[\s\S]*Untuk melanjutkan cek status/);
  expect(await says('cek antrean')).not.toContain('ketik 4 angka');
  expect(await says('5678')).toContain('Verifikasi berkas');
});

it('When they write "batal", then the check ends first, and the queue only when it is named or nothing else is under way', async () => {
  const { says, stateNow } = await office();
  await says('petugas');
  await says(number);
  expect(await says('batal')).toContain('Pengecekan status dibatalkan');
  expect(await stateNow()).toBe('queued');
  await says(number);
  await says('batal antre');
  expect(await stateNow()).toBe('bot');
  await says('petugas');
  await says(number);
  await says('Batal antre', 'cmd:cancel');
  expect(await stateNow()).toBe('bot');
});

it.each(['081234567890', '6281298764321', 'kabari saya kalau petugasnya sudah ada', 'resi saya ABC-2024-0012'])(
  'When they write "%s" to the officer, then the bot keeps quiet and it stays open for them',
  async (text) => {
    const { says, open } = await office();
    await says('petugas');
    expect(await says(text)).toBe('');
    expect(await open()).toHaveLength(1);
  },
);

it.each([0, 3500])(
  'When something comes %i ms after the digits, then it stays the officer’s and the status is told',
  async (ms) => {
    const { kit, says, open } = await office();
    await says('petugas');
    await says(number);
    await kit.says('5678');
    kit.tick(ms);
    await kit.says('tolong dibantu ya pak');
    expect(await kit.heard()).toEqual([]);
    await kit.pass(3000);
    expect((await kit.heard()).join()).toContain('Verifikasi berkas');
    expect((await open()).map(({ text }) => text)).toEqual(['tolong dibantu ya pak']);
  },
);

it('When an officer has taken it before the slot, then the bot says nothing any more', async () => {
  const { kit, says } = await office();
  const rina = await kit.officer('Rina');
  await says('petugas');
  await says(number);
  await kit.says('5678');
  await kit.desk.officer.claim(rina, await kit.conversationId());
  await kit.heard();
  await kit.pass(3000);
  expect((await kit.heard()).join()).not.toContain('Verifikasi');
  expect(await says(number)).toBe('');
});

it('When a person is asked for before the slot, then the queue answers, and later messages are not held back', async () => {
  const { kit, says } = await office();
  await says(number);
  await kit.says('5678');
  expect(await says('petugas')).toContain('nomor konsultasi');
  expect(await says('nib itu apa sih')).toContain('NIB adalah');
});

it('When a person is asked for with a number in the message, then both happen: the queue, and the digits asked for', async () => {
  const { kit, says, stateNow } = await office();
  const nib = '1234567890123';
  await kit.store.permits.put([{ id: 'n', report: report({ number: nib, fetchedAt: kit.now() }) }], null);
  const told = await says(`tolong sambungkan saya dengan orang, kesal sekali soal ${nib} ini`);
  expect(told).toMatch(/nomor konsultasi[\s\S]*Nomor 1234567890123\. Demi keamanan/);
  expect(await stateNow()).toBe('queued');
  expect(await says('5678')).toContain(`${nib}: Verifikasi berkas`);
});

it('When the matcher is still learning, then a question with a year in it waits and costs no try', async () => {
  const { kit, says, state } = await office({ isLearning: true });
  await says(number);
  expect(await says('syarat nib 2024 apa')).toBe('');
  state.isReady = true;
  await kit.pass(1100);
  expect((await kit.heard()).join()).toMatch(/NIB adalah[\s\S]*Untuk melanjutkan cek status/);
  expect(await says('5678')).toContain('Verifikasi berkas');
  expect(await kit.store.permitWatches.tries('everybody', kit.now())).toBe(1);
});
