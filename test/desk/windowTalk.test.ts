// A channel with a service window, as WhatsApp is one: what officers and the bot may still say, what is promised, who comes first.
import { SendError } from '../../src/desk/ports.ts';
import { conversationOf, createKit, held, type Kit } from '../support/deskKit.ts';

const HOUR = 3_600_000;
const window = { ms: 24 * HOUR };
const makeKit = (capabilities = {}) => createKit({ capabilities: { window, templates: true, ...capabilities } });
const send = (kit: Kit, by: Parameters<Kit['desk']['officer']['send']>[0], conversationId: string, text: string) =>
  kit.desk.officer.send(by, { conversationId, clientMessageId: `c-${text}`.padEnd(12, '0'), text });

describe('outside the window', () => {
  it('When the window is over, then a reply is refused and not stored, a note is taken, and the next message opens it again', async () => {
    const kit = await makeKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    kit.tick(window.ms - 10);
    expect(await send(kit, rina, id, 'masih')).toMatchObject({ ok: true });
    kit.tick(10);
    const { seq } = await conversationOf(kit);
    expect(await send(kit, rina, id, 'terlambat')).toEqual({ ok: false, code: 'window-closed' });
    expect((await conversationOf(kit)).seq).toBe(seq);
    expect(await kit.desk.officer.note(rina, { conversationId: id, clientMessageId: 'n-0000001', text: 'catat' })).toMatchObject({
      ok: true,
    });
    await kit.says('halo, saya kembali');
    expect(await send(kit, rina, id, 'lagi')).toMatchObject({ ok: true });
    expect(await kit.heard()).toEqual(['masih', 'lagi']);
  });

  it('When a reply waited to be tried again until the window was over, then it fails with the reason and is not sent', async () => {
    const kit = await makeKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    const working = kit.onSend.current;
    let asked = 0;
    kit.onSend.current = async () => {
      asked += 1;
      throw new SendError('retry', 'sibuk', window.ms);
    };
    const sent = await send(kit, rina, id, 'besok');
    await kit.settled();
    expect(asked).toBe(1);
    kit.onSend.current = working;
    await kit.pass(window.ms + HOUR);
    const message = sent.ok ? await kit.store.messages.get(sent.message.id) : null;
    expect(message).toMatchObject({ state: 'failed', stateReason: expect.stringContaining('Waktu balas') });
    expect(kit.sent.map((out) => out.message.text)).not.toContain('besok');
  });

  it('When the bot would speak unasked, then nothing is written and the step is done all the same', async () => {
    const kit = await makeKit();
    const rina = await kit.officer('Rina');
    await kit.says('petugas');
    await kit.heard();
    kit.tick(window.ms + 1);
    const { seq } = await conversationOf(kit);
    expect(await kit.desk.officer.claim(rina, await kit.conversationId())).toMatchObject({ ok: true });
    expect(await kit.heard()).toEqual([]);
    expect(await conversationOf(kit)).toMatchObject({ state: 'officer', seq });
    expect(await kit.store.outbox.depth()).toEqual({ pending: 0, sending: 0, failed: 0, uncertain: 0 });
  });
});

describe('templates', () => {
  const template = {
    id: 't1',
    title: 'Kabar berkas',
    name: 'kabar_berkas',
    language: 'id',
    body: 'Halo {{1}}, berkas {{2}} ada kabar. Balas pesan ini.',
    approved: true,
  };
  const choose = (conversationId: string, variables: string[], clientMessageId = 'c-00000001') => ({
    conversationId,
    clientMessageId,
    templateId: 't1',
    variables,
  });

  it('When the window is over, then an approved template goes out with its variables, once', async () => {
    const kit = await makeKit();
    const [sari, rina] = [await kit.officer('Sari', { role: 'admin' }), await kit.officer('Rina')];
    const id = await held(kit, rina);
    expect(await kit.desk.officer.putTemplates(sari, [template], 0)).toMatchObject({
      ok: true,
      templates: [{ approvedBy: sari.id, approvedAt: kit.now() }],
    });
    kit.tick(window.ms + 1);
    for (let i = 0; i < 2; i++)
      expect(await kit.desk.officer.sendTemplate(rina, choose(id, ['Asep', 'I-12']))).toMatchObject({ ok: true });
    expect(await kit.heard()).toEqual(['Halo Asep, berkas I-12 ada kabar. Balas pesan ini.']);
    expect(kit.sent.at(-1)?.message.template).toEqual({ name: 'kabar_berkas', language: 'id', variables: ['Asep', 'I-12'] });
  });

  it.each([
    ['it is not approved', { approved: false }, {}, ['a', 'b']],
    ['a variable is missing', {}, {}, ['a']],
    ['there is one too many', {}, {}, ['a', 'b', 'c']],
    ['the channel takes none', {}, { templates: false }, ['a', 'b']],
  ])('When %s, then it is refused and nothing is stored', async (_name, change, capabilities, variables) => {
    const kit = await makeKit(capabilities);
    const [sari, rina] = [await kit.officer('Sari', { role: 'admin' }), await kit.officer('Rina')];
    const id = await held(kit, rina);
    await kit.desk.officer.putTemplates(sari, [{ ...template, ...change }], 0);
    const { seq } = await conversationOf(kit);
    expect(await kit.desk.officer.sendTemplate(rina, choose(id, variables))).toMatchObject({ ok: false, code: 'invalid' });
    expect((await conversationOf(kit)).seq).toBe(seq);
  });

  it('When somebody who does not hold the conversation sends one, then it is refused', async () => {
    const kit = await makeKit();
    const [sari, rina] = [await kit.officer('Sari', { role: 'admin' }), await kit.officer('Rina')];
    const id = await held(kit, rina);
    await kit.desk.officer.putTemplates(sari, [template], 0);
    expect(await kit.desk.officer.sendTemplate(sari, choose(id, ['a', 'b']))).toMatchObject({ ok: false, code: 'not-owner' });
  });

  it('When the text changes, then it is approved by who says so again; when only the title does, the approval stays', async () => {
    const kit = await makeKit();
    const [sari, budi] = [await kit.officer('Sari', { role: 'admin' }), await kit.officer('Budi', { role: 'admin' })];
    await kit.desk.officer.putTemplates(sari, [template], 0);
    const titled = await kit.desk.officer.putTemplates(budi, [{ ...template, title: 'Lain' }], 1);
    expect(titled).toMatchObject({ templates: [{ approvedBy: sari.id, title: 'Lain' }] });
    const changed = await kit.desk.officer.putTemplates(budi, [{ ...template, body: 'Halo {{1}} {{2}}' }], 2);
    expect(changed).toMatchObject({ templates: [{ approvedBy: budi.id }] });
    expect(await kit.desk.officer.putTemplates(sari, [], 1)).toEqual({ ok: false, code: 'conflict' });
  });
});

describe('what is promised', () => {
  const asks = async (kit: Kit) => {
    await kit.says('petugas');
    return (await kit.heard()).join('\n');
  };

  it('When nobody can answer before the window closes, then the citizen is told until when, and to write again', async () => {
    expect(await asks(await makeKit())).toMatch(/hanya mengizinkan kami membalas sampai besok pukul .+ tulis lagi di sini/);
  });

  it('When the channel has no window, or the office opens before it closes, then there is nothing to warn of', async () => {
    expect(await asks(await createKit())).not.toMatch(/membalas sampai/);
    const kit = await makeKit();
    const sari = await kit.officer('Sari', { role: 'admin', duty: 'off' });
    const every = [{ from: '00:00', to: '01:00' }];
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    const weekly = Object.fromEntries(days.map((day) => [day, every]));
    const put = await kit.desk.office.put(sari, { hours: { value: { weekly } } }, kit.desk.office.get().version);
    expect(put.ok).toBe(true);
    const said = await asks(kit);
    expect(said).toMatch(/buka lagi/);
    expect(said).not.toMatch(/membalas sampai/);
  });
});

describe('who comes first', () => {
  it('When less than two hours are left for somebody, then they stand before those who wait longer, on the first page only', async () => {
    const kit = await makeKit();
    const rina = await kit.officer('Rina');
    for (const from of ['ani', 'budi', 'citra']) await kit.says('petugas', { from });
    const queue = async (cursor: string | null, limit: number) => {
      const page = await kit.desk.officer.list(rina, { view: 'queue', cursor, limit });
      return { ...page, names: page.rows.map((row) => row.contactName) };
    };
    kit.tick(10 * HOUR);
    await kit.says('halo?', { from: 'ani' });
    await kit.says('halo?', { from: 'budi' });
    kit.tick(11 * HOUR);
    expect((await queue(null, 10)).names).toEqual(['Nama ani', 'Nama budi', 'Nama citra']);
    kit.tick(2 * HOUR);
    expect((await queue(null, 10)).names).toEqual(['Nama citra', 'Nama ani', 'Nama budi']);
    const first = await queue(null, 2);
    expect(first.names).toEqual(['Nama citra', 'Nama ani', 'Nama budi']);
    expect((await queue(first.cursor, 2)).names).toEqual([]);
    // Over is over: no hurry any more.
    kit.tick(2 * HOUR);
    expect((await queue(null, 10)).names).toEqual(['Nama ani', 'Nama budi', 'Nama citra']);
  });

  it('When an officer has answered already, then their own conversation does not come first, however little is left', async () => {
    const kit = await makeKit();
    const rina = await kit.officer('Rina');
    for (const from of ['ani', 'budi']) {
      await kit.says('petugas', { from });
      const { id } = await conversationOf(kit, from);
      expect((await kit.desk.officer.claim(rina, id)).ok).toBe(true);
      if (from === 'ani') expect(await send(kit, rina, id, 'sudah')).toMatchObject({ ok: true });
      kit.tick(HOUR);
    }
    kit.tick(21.5 * HOUR);
    const mine = async () => (await kit.desk.officer.list(rina, { view: 'mine', cursor: null, limit: 10 })).rows;
    expect((await mine()).map((row) => row.contactName)).toEqual(['Nama budi', 'Nama ani']);
  });
});
