// Whoever asked is told of each move once, also when the process dies between writing and noting it.
import type { Capabilities } from '../../src/desk/ports.ts';
import { createKit } from '../support/deskKit.ts';
import { day, issued, report, returned } from '../support/permitKit.ts';

async function watching(capabilities: Partial<Capabilities> = {}) {
  const kit = await createKit({ greetingWaitMs: 0, capabilities });
  const put = (more: Parameters<typeof report>[0]) =>
    kit.store.permits.put([{ id: 'f', report: report({ fetchedAt: kit.now(), ...more }) }], null);
  await put({});
  await kit.desk.sweep();
  await kit.says('PBG-327312-01082023-01');
  await kit.says('5678');
  await kit.pass(3000);
  await kit.says('Kabari perubahan', { button: 'permit:watch' });
  expect((await kit.heard()).join()).toContain('saya kabari di sini');
  return { kit, put };
}

it('When a watched file moves, then it is told once, and after the end nothing more is', async () => {
  const { kit, put } = await watching();
  await put({ status: returned });
  await kit.pass(1000);
  await kit.pass(1000);
  const told = await kit.heard();
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('Kabar untuk PBG-327312-01082023-01: Dikembalikan.');
  await put({ status: issued });
  await kit.pass(1000);
  expect((await kit.heard()).join()).toContain('Terbit.');
  await put({ status: returned });
  await kit.pass(1000);
  expect(await kit.heard()).toEqual([]);
});

it('When an older program died after writing and before noting, then the next one notes it and does not tell it again', async () => {
  const { kit, put } = await watching();
  const { commit } = kit.store.conversations;
  kit.store.conversations.commit = ({ news: _, ...change }) => commit(change);
  await put({ status: returned });
  await kit.pass(1000);
  kit.store.conversations.commit = commit;
  expect(await kit.store.permitWatches.due(null, 9)).toHaveLength(1);
  const next = await createKit({ store: kit.store, greetingWaitMs: 0, startAt: kit.now() + 1000 });
  await next.pass(1000);
  expect([...(await kit.heard()), ...(await next.heard())].filter((text) => text.includes('Kabar untuk'))).toHaveLength(1);
  expect(await kit.store.permitWatches.due(null, 9)).toEqual([]);
});

it('When an import is undone in the moment its news are told, then they are not, and the right ones are', async () => {
  const { kit, put } = await watching();
  await kit.store.permits.put([{ id: 'f', report: report({ fetchedAt: kit.now(), status: issued }) }], 'b1');
  const { commit } = kit.store.conversations;
  let taken = 0;
  kit.store.conversations.commit = async (change) => {
    if (change.news !== undefined) taken += await kit.store.permits.undo('b1', 9);
    return commit(change);
  };
  await kit.pass(1000);
  expect(taken).toBe(1);
  expect(await kit.heard()).toEqual([]);
  await put({ status: returned });
  await kit.pass(1000);
  expect((await kit.heard()).join()).toMatch(/^Kabar untuk PBG-327312-01082023-01: Dikembalikan/);
});

it('When the import that brought the file is undone, then who watches hears so once, and proves the number anew', async () => {
  const kit = await createKit({ greetingWaitMs: 0 });
  const put = (batch: string) => kit.store.permits.put([{ id: batch, report: report({ fetchedAt: kit.now() }) }], batch);
  await put('b1');
  // Another file keeps the dialogue open.
  await kit.store.permits.put([{ id: 'o', report: report({ number: 'PBG-327312-01082023-02' }) }], null);
  await kit.desk.sweep();
  await kit.says('PBG-327312-01082023-01');
  await kit.says('5678');
  await kit.pass(3000);
  await kit.says('Kabari perubahan', { button: 'permit:watch' });
  await kit.heard();
  await kit.store.permits.undo('b1', 9);
  await kit.pass(60_000);
  await kit.pass(60_000);
  const heard = await kit.heard();
  expect(heard).toHaveLength(1);
  expect(heard[0]).toContain('data PBG-327312-01082023-01 yang pernah saya sampaikan di sini keliru dan sudah ditarik kembali');
  expect(heard[0]).toContain('kabar perubahannya berhenti');
  await put('b2');
  await kit.pass(60_000);
  expect(await kit.heard()).toEqual([]);
  await kit.says('PBG-327312-01082023-01');
  expect((await kit.heard()).join()).toContain('4 angka terakhir');
});

it('When the file names another phone, then who proved the old one hears that it has to be proved again, and nothing else', async () => {
  const { kit, put } = await watching();
  await put({ status: issued, person: { name: 'Asep', phone: '081300001111', nikTail: '0002' } });
  await kit.pass(60_000);
  const [heard, ...more] = await kit.heard();
  expect(more).toEqual([]);
  expect(heard).toBe(
    'Kabar perubahan untuk PBG-327312-01082023-01 berhenti, karena buktinya perlu diulang. Kalau masih ingin dikabari, kirim nomornya lagi.',
  );
  await kit.says('PBG-327312-01082023-01');
  expect((await kit.heard()).join()).toContain('4 angka terakhir');
});

it('When the end that was told came with an import that is taken back, then it is corrected once, and goes on', async () => {
  const { kit, put } = await watching();
  await kit.store.permits.put([{ id: 'f', report: report({ fetchedAt: kit.now(), status: issued }) }], 'b1');
  await kit.pass(1000);
  expect((await kit.heard()).join()).toContain('Kabar untuk PBG-327312-01082023-01: Terbit.');
  await kit.store.permits.undo('b1', 9);
  await kit.pass(1000);
  await kit.pass(1000);
  const heard = await kit.heard();
  expect(heard).toHaveLength(1);
  expect(heard[0]).toContain(
    'kabar terakhir untuk PBG-327312-01082023-01 keliru dan ditarik kembali. Yang benar: Verifikasi berkas',
  );
  await put({ status: returned });
  await kit.pass(1000);
  expect((await kit.heard()).join()).toContain('Kabar untuk PBG-327312-01082023-01: Dikembalikan.');
});

it('When it is night, then it waits for the morning; when "berhenti" was written, then nothing is told', async () => {
  const { kit, put } = await watching();
  kit.tick(11 * 3_600_000);
  await put({ status: returned });
  await kit.pass(1000);
  expect(await kit.heard()).toEqual([]);
  await kit.pass(day / 2);
  expect((await kit.heard()).join()).toContain('Dikembalikan');
  await kit.says('berhenti');
  expect((await kit.heard()).join()).toContain('dihentikan');
  await put({ status: issued });
  await kit.pass(1000);
  expect(await kit.heard()).toEqual([]);
});

it('When a file has been over for longer than it is kept, then the next sweep forgets it', async () => {
  const { kit, put } = await watching();
  await put({ status: issued });
  kit.tick(364 * day);
  await kit.desk.sweep();
  expect(await kit.store.permits.find(report().number)).toHaveLength(1);
  kit.tick(2 * day);
  await kit.desk.sweep();
  expect(await kit.store.permits.find(report().number)).toEqual([]);
});

it('When the channel takes texts only within a day, then the move waits until the citizen writes again, and is told once', async () => {
  const { kit, put } = await watching({ window: { ms: day } });
  kit.tick(2 * day);
  await put({ status: returned });
  await kit.pass(60_000);
  await kit.pass(60_000);
  expect(await kit.heard()).toEqual([]);
  await kit.says('apa itu NIB');
  await kit.pass(60_000);
  await kit.pass(60_000);
  expect((await kit.heard()).filter((text) => text.includes('Kabar untuk'))).toHaveLength(1);
});

it('When "berhenti" is overtaken by another change, then the citizen still hears that it ended', async () => {
  const { kit } = await watching();
  const { commit } = kit.store.conversations;
  let refused = 0;
  kit.store.conversations.commit = async (...given) => {
    if (refused > 0) return commit(...given);
    refused += 1;
    // A delivery state came first: the record the plan was made for is an old one.
    const seat = await kit.store.conversations.get(given[0].conversationId);
    await commit({ ...given[0], expectedRev: seat!.conversation.rev, messages: [], cover: null, patch: {} });
    return commit(...given);
  };
  await kit.says('berhenti');
  expect(refused).toBe(1);
  expect((await kit.heard()).join()).toContain('kabar perubahan dihentikan');
});
