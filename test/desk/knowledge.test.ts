// What the bot does not know, facts by demand, and labels: the rules of the desk, on the memory store.
import type { Officer } from '../../src/contract/conversation.ts';
import { exampleText } from '../../src/desk/labels.ts';
import type { Nlu } from '../../src/desk/ports.ts';
import { answers, createKit, type Kit, simpleNlu } from '../support/deskKit.ts';

const days = (n: number) => n * 86_400_000;
const nlu: Nlu = {
  ...simpleNlu,
  understand(text, context) {
    const found = simpleNlu.understand(text, context);
    const guesses = found.guesses.filter(({ intent }) => !context.refused?.includes(intent));
    return { ...found, guesses, zone: guesses.length === 0 ? 'none' : found.zone };
  },
  facts: () => ({
    'kantor.alamat': { title: 'Alamat', en: 'Address', value: 'Jl. Cianjur No. 34', source: 'kop surat' },
    'kantor.wa': { title: 'Nomor WhatsApp', value: null, source: null },
  }),
  reviews: () =>
    Object.values(answers).map(({ intent, title }) => ({ intent, title, reviewBy: intent === 'pbg.apa' ? '2026-11-24' : null })),
};

describe('knowledge', () => {
  let kit: Kit;
  let siti: Officer;
  let penyelia: Officer;
  beforeEach(async () => {
    kit = await createKit({ nlu, greetingWaitMs: 0 });
    siti = await kit.officer('Siti');
    penyelia = await kit.officer('Pen', { role: 'supervisor' });
  });
  const ok = async <T extends object>(result: Promise<({ ok: true } & T) | { ok: false; code: string }>) => {
    const known = await result;
    if (!known.ok) throw new Error(known.code);
    return known;
  };
  const unanswered = async () => (await ok(kit.desk.knowledge.unanswered(penyelia))).questions;
  /** A question the bot does not know, from somebody new. */
  const asks = (from: string, text: string) => kit.says(text, { from });
  const reply = () => kit.sent.at(-1)!.message;

  describe('questions without an answer', () => {
    it('When the bot does not know, then questions in the same words are one, the most frequent first', async () => {
      await asks('a', 'parkir motor dekat kantor di mana ya');
      await asks('b', 'toilet kantor ada di lantai berapa');
      await asks('c', 'di mana ya parkir motor dekat Kantor?');
      await asks('d', 'nib itu apa sih sebenarnya pak');
      const [parking, toilet, ...rest] = await unanswered();
      expect(parking).toMatchObject({
        text: 'di mana ya parkir motor dekat Kantor?',
        others: ['parkir motor dekat kantor di mana ya'],
        count: 2,
        label: null,
      });
      expect([toilet?.count, rest]).toEqual([1, []]);
    });

    it('When it is not understood twice, then both are listed; commands and old ones are not', async () => {
      await asks('lama', 'ini pertanyaan dari bulan lalu ya');
      kit.tick(days(31));
      await asks('a', 'parkir motor dekat kantor di mana ya');
      await asks('a', 'kalau mobil bisa parkir di situ juga tidak');
      await asks('c', 'petugas');
      expect((await unanswered()).map(({ text }) => text)).toEqual([
        'kalau mobil bisa parkir di situ juga tidak',
        'parkir motor dekat kantor di mana ya',
      ]);
    });

    it('When it asks back, then the question is listed only while the citizen does not reply', async () => {
      const asked = await asks('a', 'nib sama pbg bedanya di mana ya pak');
      expect((await unanswered()).map(({ messageId }) => messageId)).toEqual([asked.id]);
      kit.tick(1000);
      await kit.says('pbg.apa', { from: 'a', button: 'pbg.apa' });
      expect(await unanswered()).toEqual([]);
    });

    it.each([
      ['an answer', 'nib untuk parkir motor itu bagaimana'],
      ['what it asked back', 'nib sama pbg bedanya di mana ya pak'],
    ])('When the citizen says that %s was wrong, then their question is listed, not those words', async (_, text) => {
      const asked = await asks('a', text);
      await asks('a', 'bukan itu');
      expect((await unanswered()).map(({ messageId, count }) => [messageId, count])).toEqual([[asked.id, 1]]);
      expect(await kit.desk.knowledge.labelOf(siti, reply().id)).toMatchObject({ question: { messageId: asked.id } });
    });

    it('When one of a group has a label, then the group is done and stands below the others', async () => {
      const first = await asks('a', 'parkir motor dekat kantor di mana ya');
      await asks('b', 'parkir motor dekat kantor di mana ya');
      await asks('c', 'toilet kantor ada di lantai berapa');
      await ok(kit.desk.knowledge.label(siti, first.id, 'nib.apa'));
      const [toilet, parking] = await unanswered();
      expect(toilet?.label).toBeNull();
      expect(parking).toMatchObject({
        count: 2,
        messageId: first.id,
        label: { intent: 'nib.apa', title: 'nib.apa', by: siti.id },
      });
    });

    it('When an officer asks for the list or the facts, then it is a supervisor’s', async () => {
      for (const verb of ['unanswered', 'factUses'] as const)
        expect(await kit.desk.knowledge[verb](siti)).toMatchObject({ ok: false, code: 'forbidden' });
    });
  });

  describe('facts', () => {
    it('When answers need a fact, then it is counted with the answer, told by title, and not after 30 days', async () => {
      await kit.says('jam buka');
      await kit.says('jam buka', { from: 'lain' });
      const uses = async () => ok(kit.desk.knowledge.factUses(penyelia));
      expect((await uses()).facts).toEqual([
        { key: 'kantor.jam', title: { id: 'Jam layanan', en: 'Service hours' }, asked: 2, answers: ['kantor.jam'] },
        { key: 'kantor.alamat', title: { id: 'Alamat', en: 'Address' }, asked: 0, answers: [] },
        { key: 'kantor.wa', title: { id: 'Nomor WhatsApp', en: 'Nomor WhatsApp' }, asked: 0, answers: [] },
      ]);
      kit.tick(days(31));
      expect((await uses()).facts[0]?.asked).toBe(0);
    });

    it('When an answer is past its review, then it is named', async () => {
      expect((await ok(kit.desk.knowledge.factUses(penyelia))).overdue).toEqual([
        { intent: 'pbg.apa', title: 'pbg.apa', reviewBy: '2026-11-24' },
      ]);
    });
  });

  describe('labels', () => {
    const trail = async () => (await kit.store.settings.audit(9)).filter(({ action }) => action.endsWith('label'));

    it('When the bot answered wrongly, then the label goes to the citizen’s words, can be changed and taken back', async () => {
      const asked = await kit.says('nib saya kok belum jadi ya pak');
      expect(reply().reason).toMatchObject({ intent: 'nib.apa', decision: 'answer', version: 'v1' });
      const { id } = reply();
      const question = { messageId: asked.id, text: asked.text };
      expect(await kit.desk.knowledge.labelOf(siti, id)).toEqual({ ok: true, question, label: null });
      const made = await kit.desk.knowledge.label(siti, id, 'pbg.apa');
      const label = { intent: 'pbg.apa', title: 'pbg.apa', by: siti.id, at: kit.now() };
      expect(made).toEqual({ ok: true, question, label });
      expect(await kit.desk.knowledge.labelOf(siti, asked.id)).toEqual(made);
      await ok(kit.desk.knowledge.label(penyelia, id, null));
      expect(await ok(kit.desk.knowledge.labelOf(siti, id))).toMatchObject({
        label: { intent: null, title: null, by: penyelia.id },
      });
      expect(await ok(kit.desk.knowledge.unlabel(siti, id))).toMatchObject({ question, label: null });
      expect(await ok(kit.desk.knowledge.labelOf(siti, id))).toMatchObject({ label: null });
      const { conversationId: subject } = asked;
      expect(await trail()).toMatchObject([
        { actor: siti.id, action: 'unlabel', subject },
        { actor: penyelia.id, action: 'label', subject, detail: null },
        { actor: siti.id, action: 'label', subject, detail: 'pbg.apa' },
      ]);
    });

    it('When a turn has several messages, then the one with the most words is the question', async () => {
      const slow = await createKit({ nlu });
      await slow.arrives('halo selamat siang');
      const asked = await slow.arrives('cara mengurus nib untuk warung bagaimana ya');
      await slow.settled();
      const by = await slow.officer('Tia');
      const reply = slow.sent.at(-1)!.message;
      expect(await slow.desk.knowledge.labelOf(by, reply.id)).toMatchObject({ question: { messageId: asked.id } });
    });

    it('When there are no words of the citizen, or no such intent, then it says so and nothing is stored', async () => {
      await kit.says('NIB', { button: 'nib.apa' });
      expect(await kit.desk.knowledge.labelOf(siti, reply().id)).toEqual({ ok: true, question: null, label: null });
      expect(await kit.desk.knowledge.label(siti, reply().id, 'pbg.apa')).toMatchObject({ ok: false, code: 'invalid' });
      await kit.says('nib itu apa sih sebenarnya pak');
      expect(await kit.desk.knowledge.label(siti, reply().id, 'tidak.ada')).toMatchObject({ ok: false, code: 'invalid' });
      expect(await kit.desk.knowledge.label(siti, 'm_none', null)).toMatchObject({ ok: false, code: 'not-found' });
      expect(await trail()).toEqual([]);
    });

    it('When the conversation is another team’s, then neither text nor label is shown or changed', async () => {
      const asked = await kit.says('nib saya kok belum jadi ya pak');
      const { conversation } = (await kit.store.conversations.get(asked.conversationId))!;
      const patch = { teamId: 't1' };
      const { id: conversationId, rev: expectedRev } = conversation;
      await kit.store.conversations.commit({
        ...{ conversationId, expectedRev, patch, messages: [], cover: null, facts: [], audit: [], now: kit.now() },
      });
      const { knowledge } = kit.desk;
      const { id } = reply();
      for (const refused of [knowledge.labelOf(siti, id), knowledge.label(siti, id, null), knowledge.unlabel(siti, asked.id)])
        expect(await refused).toMatchObject({ ok: false, code: 'not-found' });
      expect(await knowledge.labelOf(penyelia, id)).toMatchObject({ ok: true });
    });
  });

  it.each([
    ['Nama saya Asep, wa 0812-3456-7890 ya', 'Nama saya ***, wa ****-****-**** ya'],
    ['+62 812 3456 7890', '+** *** **** ****'],
    ['kirim ke asep.s@contoh.co.id\n segera', 'kirim ke *** segera'],
    ['NIK 3273010101010001', 'NIK 3273********0001'],
    ['KBLI 47111 tahun 2025', 'KBLI 47111 tahun 2025'],
    ['nama saya asep sunandar, mau cek izin', 'nama saya ***, mau cek izin'],
    ['Nama: Rina Marlina mau bikin NIB', 'Nama: *** mau bikin NIB'],
    ['imb a.n. H. Dedi Kusnadi di Cibiru', 'imb a.n. *** di Cibiru'],
    ['pbg atas nama SITI AMINAH sudah terbit?', 'pbg atas nama *** sudah terbit?'],
    ['sertifikat masih atas nama orang tua', 'sertifikat masih atas nama orang tua'],
    ['nama saya salah di NIB', 'nama saya salah di NIB'],
    ['halo pak, saya Budi Santoso dari Antapani', 'halo pak, saya *** dari Antapani'],
    ['tadi dibantu Bu Ani dan Kang Ujang', 'tadi dibantu Bu *** dan Kang ***'],
    ['saya mau bikin NIB', 'saya mau bikin NIB'],
    ['Saya Punya Warung Di Dago', 'Saya Punya Warung Di Dago'],
    ['Saya NIB belum punya', 'Saya NIB belum punya'],
    ['my name is John Doe and I need a permit', 'my name is *** and I need a permit'],
  ])('When %p is exported, then it reads %p', (text, example) => {
    expect(exampleText(text)).toBe(example);
  });
});
