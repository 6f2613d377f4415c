// What the matcher makes of messages it was not trained on: the right answer, a question back, or nothing; never a wrong answer.
import { openOwn, table } from './kit.ts';

const nlu = openOwn();
const understand = (text: string, topic: string | null = null, refused: string[] = []) =>
  nlu.understand(text, { topic, refused });
const best = (text: string, topic: string | null = null) => understand(text, topic).guesses[0]?.intent ?? null;
const inScope = table('inScope.tsv').map(({ text, second }) => ({ text, intent: second }));

describe('questions that have an answer', () => {
  it('When the regression rows are asked, then nearly all are answered and hardly one wrongly', () => {
    const results = inScope.map((row) => ({ ...row, ...understand(row.text) }));
    const answered = results.filter((row) => row.zone === 'answer');
    const wrong = answered.filter((row) => row.guesses[0]?.intent !== row.intent);
    expect(wrong.length / inScope.length).toBeLessThanOrEqual(0.02);
    expect((answered.length - wrong.length) / inScope.length).toBeGreaterThanOrEqual(0.85);
  });

  const answered = inScope.filter(({ text, intent }) => understand(text).zone === 'answer' && best(text) === intent);
  it.each([
    ['in capitals', (text: string) => text.toUpperCase()],
    ['with marks at the end', (text: string) => `${text} ???!!`],
    ['with "min" behind', (text: string) => `${text} min`],
    ['with "kak" before', (text: string) => `kak ${text}`],
    ['with accents', (text: string) => text.replace(/e/g, 'é')],
    ['with wide spaces and a smile', (text: string) => `  ${text.replaceAll(' ', '   ')} 🙂`],
    ['with a greeting before', (text: string) => `Selamat siang, ${text}`],
  ])('When a message comes %s, then it is understood as before', (_, change) => {
    const changed = answered
      .filter(({ text, intent }) => text.length > 5 && !['sapa', 'terima-kasih', 'pamit'].includes(intent))
      .filter(({ text, intent }) => understand(change(text)).zone !== 'answer' || best(change(text)) !== intent);
    expect(changed.length / answered.length).toBeLessThanOrEqual(0.03);
  });

  it.each([
    ['halo min, nib itu apa ya', 'oss.nib-apa'],
    ['Nama saya Siti Aminah, NIK 3273********0001, NIB itu apa?', 'oss.nib-apa'],
    ['berkas PBG-327301-01012025-01 sudah sampai mana', 'status.cek'],
    ['cek status permohonan saya no 0812-3456-7890 email budi@contoh.id', 'status.cek'],
    ['NIB itu apa? Ah sudahlah, minta petugas', 'minta-petugas'],
  ])('When courtesy, names or numbers surround the question "%s", then the question is answered', (text, intent) => {
    expect({ zone: understand(text).zone, intent: best(text) }).toEqual({ zone: 'answer', intent });
  });

  it.each([
    ['klo bikin nib bayar ga', 'oss.nib-apa'],
    ['apakah bikin nib bayar', 'oss.nib-apa'],
    ['cara bikin izin usaha', 'izin.kebutuhan'],
    ['mau urus izin min', 'izin.daftar'],
    ['Berapa lama ya kak?', 'izin.lama-proses'],
    ['izin restoran', 'izin.kebutuhan'],
    ['no telp kantor', 'kantor.kontak'],
    ['AMDAL', 'lingkungan.dokumen'],
    ['siup', 'oss.siup-tdp'],
  ])('When "%s" is all that is said, then it is answered', (text, intent) => {
    expect({ zone: understand(text).zone, intent: best(text) }).toEqual({ zone: 'answer', intent });
  });

  it.each([
    ['gratis ga', 'parkir motor di alun alun gratis ga'],
    ['berapa lama', 'berapa lama ayam direbus'],
  ])('When "%s" stands beside words about something else, then it is not answered', (alone, text) => {
    expect({ alone: understand(alone).zone, beside: understand(text).zone === 'answer' }).toEqual({
      alone: 'answer',
      beside: false,
    });
  });

  it('When two questions come in one message, then both are answered', () => {
    const { zone, guesses, also } = understand('NIB itu apa? terus jam buka kantor jam berapa?');
    expect({ zone, both: [guesses[0]?.intent, also] }).toEqual({ zone: 'answer', both: ['oss.nib-apa', 'kantor.jam'] });
  });
});

describe('what is not ours or not known', () => {
  it.each([
    ['perpanjang SIM di mana', 'SIM', 'kepolisian'],
    ['cara bikin paspor', 'Paspor dan visa', 'kantor imigrasi'],
    ['where do I renew my passport', 'Passports and visas', 'the immigration office'],
  ])('When "%s" is asked, then the office that has it is named', (text, matter, office) => {
    expect(understand(text)).toMatchObject({
      zone: 'answer',
      guesses: [{ intent: 'lain.instansi' }],
      elsewhere: { matter, office },
    });
  });

  it.each(['syarat PBG perlu KTP gak', 'bikin NIB harus punya BPJS gak', 'perpanjang SIP', 'SIMBG error'])(
    'When "%s" names a document or sounds like another agency, then it stays a permit question',
    (text) => {
      expect(best(text)).not.toBe('lain.instansi');
      expect(understand(text).elsewhere).toBeNull();
    },
  );

  it.each([
    ['syarat imb rumah tinggal apa aja', 'pbg.syarat'],
    ['biaya imb rumah berapa ya', 'pbg.biaya'],
    ['str sekarang berlaku seumur hidup ya', 'sip.str'],
  ])('When "%s" uses an old name, then the answer that says what replaced it is given', (text, intent) => {
    expect({ zone: understand(text).zone, intent: best(text) }).toEqual({ zone: 'answer', intent });
    expect(nlu.answer(intent, 'id')?.text).toMatch(/IMB|STR/);
  });

  it.each(['alamat kelurahan di mana', 'dari stasiun ke kelurahan naik apa'])(
    'When the place in "%s" is not our office, then our address is not the answer',
    (text) => expect(understand(text).zone === 'answer' && best(text) === 'kantor.alamat').toBe(false),
  );

  it('When the way to our office starts at another place, then the way is what is asked', () => {
    expect(best('dari terminal leuwipanjang ke dinas perizinan naik apa')).toBe('kantor.alamat');
  });

  it('When only an opening is written, then the bot says what can be asked', () => {
    expect(best('boleh tanya tanya dulu gak')).toBe('bantuan');
  });

  it.each(['syarat izin trayek angkot', 'cara perpanjang izin koperasi', 'biaya izin TKA berapa'])(
    'When a service without answers is named in "%s", then no neighbour answers',
    (text) => {
      const { zone, guesses } = understand(text);
      expect(zone === 'answer' && /^(pbg|sip|reklame|slf|oss|gampil|klinik)\./.test(guesses[0]?.intent ?? '')).toBe(false);
    },
  );

  it('When only a service is named, then its own questions are offered as buttons', () => {
    const { zone, guesses } = understand('PBG');
    expect(zone).toBe('ask');
    expect(guesses.filter(({ intent }) => intent.startsWith('pbg.')).length).toBeGreaterThanOrEqual(2);
  });

  it.each(['NIB saya', 'NIB saya 9120 0012 34567', 'nomor PBG saya'])(
    'When "%s" only names what the citizen has, then it is asked back, never answered',
    (text) => expect(understand(text).zone).toBe('ask'),
  );

  it.each([
    ['', '   ', '🙂', '???', '\u0000\u200b', '12345', 'constructor', '__proto__ toString'],
    ['a'.repeat(8000), '1-'.repeat(4000), 'x@'.repeat(4000), 'nama saya '.repeat(800), '\ud800', 'ﷺ', '你好', 'سلام'],
  ])('When a message is empty, endless or in another script, then it is not answered and nothing throws', (...texts) => {
    for (const text of texts) expect(understand(text).zone).not.toBe('answer');
  });

  it('When far questions come, then none is answered', () => {
    const far = table('mustNotAnswer.tsv').filter(({ second }) => second === 'far');
    expect(far.length).toBeGreaterThan(20);
    const answered = far.filter(({ text }) => understand(text).zone === 'answer' && best(text) !== 'lain.instansi');
    expect(answered.length).toBeLessThanOrEqual(2);
  });
});

describe('context', () => {
  it.each([
    ['kalau biayanya?', 'pbg.apa', 'pbg.biaya'],
    ['terus syaratnya apa aja', 'pbg.apa', 'pbg.syarat'],
    ['berapa lama?', 'pbg.syarat', 'pbg.lama'],
  ])('When "%s" follows %s, then the service is kept', (text, topic, intent) => {
    expect({ zone: understand(text, topic).zone, intent: best(text, topic) }).toEqual({ zone: 'answer', intent });
  });

  it.each([
    ['caranya gimana', 'oss.nib-cara'],
    ['trus bayar ga', 'oss.nib-apa'],
  ])(
    'When "%s" follows a question back about one service, then it is about that; between two services it is not',
    (text, intent) => {
      const offer = (offered: string[]) => nlu.understand(text, { topic: null, offered });
      const { zone, guesses } = offer(['oss.nib-apa', 'oss.nib-cabut']);
      expect({ zone, intent: guesses[0]?.intent }).toEqual({ zone: 'answer', intent });
      // A choice that holds for every permit takes nothing away, but where it is the first nothing is named.
      expect(offer(['oss.nib-apa', 'izin.perpanjang'])).toEqual(offer(['oss.nib-apa']));
      expect(offer(['izin.perpanjang', 'oss.nib-apa'])).toEqual(understand(text));
      expect(offer(['oss.nib-apa', 'reklame.lama'])).toEqual(understand(text));
    },
  );

  it('When the talk was about something unknown, then nothing is made of it', () => {
    expect(understand('kalau biayanya?', 'no.such-intent')).toEqual(understand('kalau biayanya?'));
  });

  it('When an intent is refused, then it is not offered again', () => {
    const refused = best('biaya PBG berapa');
    expect(refused).toBe('pbg.biaya');
    expect(understand('biaya PBG berapa', null, ['pbg.biaya']).guesses.map(({ intent }) => intent)).not.toContain('pbg.biaya');
  });
});

describe('language and answers', () => {
  it.each([
    ['NIB itu apa ya kak', 'id'],
    ['punten kak, nib itu apa, nuhun', 'id'],
    ['Punten, NIB téh naon nya?', 'su'],
    ['what are your opening hours?', 'en'],
    ['PBG', 'id'],
  ])('When "%s" is written, then the language is %s', (text, language) => {
    expect(understand(text).language).toBe(language);
  });

  it('When nobody has checked a Sundanese text, then the answer comes in Indonesian', () => {
    expect(nlu.answer('izin.kebutuhan', 'su')).toMatchObject({ language: 'id' });
    expect(nlu.answer('tidak.ada', 'id')).toBeNull();
    expect(nlu.label('pbg.apa', 'su')).toBe('Apa itu PBG');
  });
});
