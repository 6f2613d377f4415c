// Officers and permit files: looking is on record, entries are told to citizens as the officer's word, settings hold at once.
import { addPermitBody, movePermitBody } from '../../src/contract/permitDesk.ts';
import type { ConversationPatch } from '../../src/desk/storePort.ts';
import { createKit, type Kit } from '../support/deskKit.ts';
import { day, report, returned, status } from '../support/permitKit.ts';

const number = 'PBG-327312-01082023-01';

async function office(reports = [report()]) {
  const kit = await createKit({ greetingWaitMs: 0 });
  await kit.store.permits.put(
    reports.map((one, i) => ({ id: `f${i}`, report: { ...one, fetchedAt: kit.now() - 1000 } })),
    null,
  );
  await kit.desk.sweep();
  return { kit, siti: await kit.officer('Siti'), rina: await kit.officer('Rina', { role: 'admin' }) };
}
const patch = async (kit: Kit, conversationId: string, changed: ConversationPatch) => {
  const expectedRev = (await kit.store.conversations.get(conversationId))?.conversation.rev ?? 0;
  const nothing = { messages: [], cover: null, facts: [], audit: [] };
  await kit.store.conversations.commit({ conversationId, expectedRev, patch: changed, ...nothing, now: kit.now() });
};
const looks = async (kit: Kit) => (await kit.store.settings.audit(50)).filter(({ action }) => action.startsWith('permit-'));
const move = (more: object) => movePermitBody.parse({ stage: 'verifikasi_teknis', ...more });
const add = (more: object) => addPermitBody.parse({ number: 'PBG-327312-02082023-07', stage: 'terdaftar', ...more });
const proves = async (kit: Kit, of = number) => {
  await kit.says(of);
  await kit.says('5678');
  await kit.pass(3000);
  return (await kit.heard()).join('\n');
};

describe('looking', () => {
  it('When an officer looks a number up, then the person is masked and the look is on record under their name', async () => {
    const { kit, siti } = await office([report({ status: returned, submittedAt: Date.UTC(2026, 10, 16), note: 'map merah' })]);
    const found = await kit.desk.permits.findPermits(siti, { number: 'pbg 327312 01082023 01' });
    if (!found.ok) throw new Error(found.code);
    const [file] = found.files;
    expect(file?.person).toEqual({ name: 'Eu** Ko**', phone: '+62812****678', hasNik: true });
    expect(JSON.stringify(file)).not.toMatch(/Euis|1234565678|0001"/);
    expect(file?.events).toMatchObject([{ codeRaw: '3', textRaw: 'Dikembalikan', note: 'map merah' }]);
    expect(file?.workingDays).toBe(7);
    expect(await looks(kit)).toMatchObject([{ actor: 'o_Siti', action: 'permit-view', subject: 'f0', detail: null }]);
    await kit.desk.permits.permit(siti, 'f0');
    expect(await looks(kit)).toHaveLength(2);
  });

  it('When a returned file is read from a conversation in English, then each standard reason is a draft in English, its own first', async () => {
    const { kit, siti } = await office([report({ status: { ...returned, reason: 'salah-kolom' } })]);
    await kit.says('halo');
    const id = await kit.conversationId();
    await patch(kit, id, { language: 'en' });
    const found = await kit.desk.permits.permit(siti, 'f0', id);
    const drafts = found.ok ? found.file.drafts.map(({ text }) => text) : [];
    expect(drafts[1]).toContain('a file was uploaded in the wrong field');
    expect(drafts).toHaveLength(4);
    expect((await looks(kit))[0]?.detail).toBe(id);
  });

  it('When numbers stand in a conversation, then they are listed with their proof, and nothing is on record', async () => {
    const { kit, siti } = await office();
    await kit.says('PBG-327312-01082023-44');
    await proves(kit);
    await kit.says('Kabari perubahan', { button: 'permit:watch' });
    const id = await kit.conversationId();
    const before = (await looks(kit)).length;
    const told = await kit.desk.permits.permitsOf(siti, id);
    expect(told).toMatchObject({
      numbers: [
        { number, provedUntil: expect.any(Number) },
        { number: 'PBG-327312-01082023-44', provedUntil: null },
      ],
      watches: [{ permitId: 'f0' }],
    });
    expect(await looks(kit)).toHaveLength(before);
    expect(await kit.desk.permits.endWatches(siti, id)).toEqual({ ok: true, ended: 1 });
    expect((await looks(kit))[0]).toMatchObject({ actor: 'o_Siti', action: 'permit-unwatch', detail: id });
  });

  it('When the conversation belongs to another team, then nothing of it is told', async () => {
    const { kit } = await office();
    const stranger = await kit.officer('Ujang', { teamIds: ['t_other'] });
    await kit.says(number);
    const id = await kit.conversationId();
    await patch(kit, id, { teamId: 't_mine' });
    for (const told of [
      await kit.desk.permits.permitsOf(stranger, id),
      await kit.desk.permits.permit(stranger, 'f0', id),
      await kit.desk.permits.findPermits(stranger, { number, conversationId: id }),
      await kit.desk.permits.endWatches(stranger, id),
    ])
      expect(told).toMatchObject({ ok: false, code: 'not-found' });
    expect(await looks(kit)).toEqual([]);
  });
});

describe('entering by hand', () => {
  it('When an officer enters a file, then its applicant reads it as the officer’s word, and the trail says who', async () => {
    const { kit, siti } = await office([]);
    const made = await kit.desk.permits.addPermit(siti, add({ phone: '0812-3456-5678', name: 'Asep', submitted: '2026-11-20' }));
    expect(made).toMatchObject({ ok: true, file: { system: 'SIMBG', status: { stage: 'terdaftar', turn: 'office' } } });
    expect(await proves(kit, 'PBG-327312-02082023-07')).toMatch(/Terdaftar\. Giliran kantor.*sumber catatan petugas\./);
    expect((await looks(kit)).at(-1)).toMatchObject({ actor: 'o_Siti', action: 'permit-entry', detail: 'terdaftar' });
  });

  it('When an officer enters a new position, then it stands in the same timeline and whoever watches is told', async () => {
    const { kit, siti } = await office();
    await proves(kit);
    await kit.says('Kabari perubahan', { button: 'permit:watch' });
    await kit.heard();
    const moved = await kit.desk.permits.movePermit(
      siti,
      'f0',
      move({ stage: 'dikembalikan', reason: 'berkas-buram', since: '2026-11-25' }),
    );
    expect(moved).toMatchObject({ ok: true, file: { id: 'f0', system: 'SIMBG' } });
    expect(moved.ok && moved.file.events.map(({ stage }) => stage)).toEqual(['verifikasi_berkas', 'dikembalikan']);
    await kit.pass(1000);
    expect((await kit.heard()).join()).toMatch(
      /Dikembalikan, sejak 25 November 2026\. Giliran pemohon\. Alasannya: .*buram.*catatan petugas/,
    );
  });

  it.each([
    ['a number in no known form', { number: 'entah apa' }, /tidak dikenali/],
    ['no second fact', {}, /HP terdaftar atau 4 angka/],
    ['a phone of another country', { phone: '+1 202 555 0100' }, /bukan nomor Indonesia/],
    ['a day to come', { phone: '081234565678', since: '2026-12-24' }, /masa depan/],
    ['an application to come', { phone: '081234565678', submitted: '2026-12-24' }, /masa depan/],
    ['a reason nobody has set', { phone: '081234565678', stage: 'dikembalikan', reason: 'malas' }, /bukan alasan baku/],
  ])('When a new file has %s, then it says what to do and nothing is written', async (_, more, said) => {
    const { kit, siti } = await office([]);
    expect(await kit.desk.permits.addPermit(siti, add(more))).toMatchObject({
      ok: false,
      code: 'invalid',
      message: expect.stringMatching(said),
    });
    expect(await kit.store.permits.isEmpty()).toBe(true);
    expect(await looks(kit)).toEqual([]);
  });

  it('When the number is known or something newer is, then the entry is refused with the reason', async () => {
    const { kit, siti } = await office([report({ status: status({ since: Date.UTC(2026, 10, 24, 1) }) })]);
    const known = await kit.desk.permits.addPermit(siti, add({ number, phone: '081234565678' }));
    expect(known).toMatchObject({ ok: false, code: 'conflict', message: expect.stringContaining('sudah ada') });
    const older = await kit.desk.permits.movePermit(siti, 'f0', move({ since: '2026-11-20' }));
    expect(older).toMatchObject({ ok: false, code: 'conflict', message: expect.stringContaining('lebih baru') });
    expect(await kit.desk.permits.movePermit(siti, 'f_none', move({}))).toMatchObject({ ok: false, code: 'not-found' });
    expect(await looks(kit)).toEqual([]);
  });

  it('When the source speaks again after an entry, then its position holds and its name is told', async () => {
    const { kit, siti } = await office();
    await kit.desk.permits.movePermit(siti, 'f0', move({ stage: 'penetapan' }));
    kit.tick(day);
    await kit.store.permits.put(
      [{ id: 'x', report: report({ status: status({ stage: 'terbit', turn: 'none' }), fetchedAt: kit.now() }) }],
      null,
    );
    expect(await proves(kit)).toMatch(/Terbit\..*sumber SIMBG\./);
  });
});

it('When files wait for their applicants, then the longest stands first and nothing of the person is shown', async () => {
  const at = (days: number) => ({ ...returned, since: Date.UTC(2026, 10, 25) - days * day });
  const { kit, siti } = await office([
    report({ status: at(2) }),
    report({ number: 'PBG-327312-01082023-02', status: at(9) }),
    report({ number: 'PBG-327312-01082023-03' }),
  ]);
  const waiting = await kit.desk.permits.waitingPermits(siti, null);
  expect(waiting.ok && waiting.rows.map(({ number: of }) => of.slice(-2))).toEqual(['02', '01']);
  expect(JSON.stringify(waiting)).not.toMatch(/person|Euis|5678/);
});

it('When an admin sets a number pattern, then it is read at once; what does not fit is named; an older version loses', async () => {
  const { kit, rina, siti } = await office([]);
  const patterns = [{ system: 'GAMPIL', name: 'resi GAMPIL', pattern: 'GMP-####-####' }];
  const { permits, permitOffice } = kit.desk;
  expect(await permitOffice.putPermitSettings(siti, { patterns }, 0)).toMatchObject({ ok: false, code: 'forbidden' });
  expect(await permitOffice.putPermitSettings(rina, { perContact: 50 }, 0)).toMatchObject({
    message: expect.stringContaining('perContact'),
  });
  expect(await permitOffice.putPermitSettings(rina, { patterns }, 0)).toMatchObject({ ok: true, version: 1 });
  expect(await permitOffice.putPermitSettings(rina, { patterns: [] }, 0)).toMatchObject({ ok: false, code: 'conflict' });
  const made = await permits.addPermit(siti, add({ number: 'gmp 1234 5678', nikTail: '0001' }));
  expect(made).toMatchObject({ ok: true, file: { system: 'GAMPIL', number: 'GMP-1234-5678' } });
  expect(await permitOffice.permitSettings(siti)).toMatchObject({ settings: { keepSilentDays: 730, patterns } });
});
