// What the matcher makes of messages it was not trained on: the right answer, a question back, or nothing; never a wrong answer.
import { createNlu } from '../../src/nlu/nlu.ts';
import { intentsDir, table } from './kit.ts';

const nlu = createNlu({ intentsDir });
const understand = (text: string, topic: string | null = null) => nlu.understand(text, { topic });
const best = (text: string) => understand(text).guesses[0]?.intent ?? null;

const inScope = table('inScope.tsv').map(({ text, second }) => ({ text, intent: second }));
const mustNot = table('mustNotAnswer.tsv');

describe('questions that have an answer', () => {
  it('When they are asked, then none is answered wrongly and at least nine in ten are answered', () => {
    const results = inScope.map((row) => ({ ...row, ...understand(row.text) }));
    const answered = results.filter((row) => row.zone === 'answer');
    expect(answered.filter((row) => row.guesses[0]?.intent !== row.intent)).toEqual([]);
    expect(answered.length / inScope.length).toBeGreaterThanOrEqual(0.9);
    const lost = results.filter((row) => row.zone !== 'answer' && !row.guesses.some((guess) => guess.intent === row.intent));
    expect(lost.length).toBeLessThanOrEqual(2);
  });

  const answered = inScope.filter(({ text }) => understand(text).zone === 'answer');
  it.each([
    ['in capitals', (text: string) => text.toUpperCase()],
    ['in small letters', (text: string) => text.toLowerCase()],
    ['with marks at the end', (text: string) => `${text} ???!!`],
    ['with "min" behind', (text: string) => `${text} min`],
    ['with "kak" before', (text: string) => `kak ${text}`],
    ['with "dong" behind', (text: string) => `${text} dong`],
    ['with accents', (text: string) => text.replace(/e/g, 'é')],
    ['with its last letter held down', (text: string) => text.replace(/(?<=([a-z]))(?!\1)([a-z])\W*$/i, '$2$2$2$2')],
    ['with wide spaces and a smile', (text: string) => `  ${text.replaceAll(' ', '   ')} 🙂`],
    ['with a greeting before', (text: string) => `Selamat siang, ${text}`],
  ])('When a message comes %s, then it is understood as before', (_, change) => {
    const changed = answered
      .filter(({ text }) => text.length > 5)
      .filter(({ text, intent }) => {
        const result = understand(change(text));
        const isGreeted = intent === 'sapa' || intent === 'terima-kasih' || intent === 'pamit';
        return result.zone !== 'answer' || (result.guesses[0]?.intent !== intent && !isGreeted);
      });
    expect(changed).toEqual([]);
  });

  it.each([
    ['halo min, nib itu apa ya', 'oss.nib-apa'],
    ['assalamualaikum kak maaf mau tanya pbg itu apa ya', 'pbg.apa'],
    ['Nama saya Siti Aminah, NIB itu apa?', 'oss.nib-apa'],
    ['Punya usaha keripik kecil-kecilan di rumah. NIB itu apa ya?', 'oss.nib-apa'],
    ['berkas PBG-327301-01012025-01 sudah sampai mana', 'status.cek'],
    ['cek status permohonan saya no 0812-3456-7890 email budi@contoh.id', 'status.cek'],
    ['tolong sambungkan ke petugas, saya mau tanya biaya reklame', 'minta-petugas'],
    ['NIB itu apa? Ah sudahlah, minta petugas', 'minta-petugas'],
  ])('When courtesy, names or numbers surround the question "%s", then the question is answered', (text, intent) => {
    expect({ zone: understand(text).zone, intent: best(text) }).toEqual({ zone: 'answer', intent });
  });
});

describe('questions that have no answer', () => {
  it.each(mustNot)('When "$text" is asked, then no sure answer is given', ({ text }) => {
    expect(understand(text).zone).not.toBe('answer');
  });

  it.each([
    ['biaya PBG berapa', 'pbg.apa'],
    ['cara perpanjang NIB', 'oss.nib-apa'],
    ['NIB', 'oss.nib-apa'],
  ])('When the service of "%s" is known but not what is asked, then the bot asks back about that service', (text, intent) => {
    expect(understand(text)).toMatchObject({ zone: 'ask' });
    expect(understand(text).guesses.map((guess) => guess.intent)).toContain(intent);
  });

  it('When two questions come in one message, then both are offered', () => {
    const { zone, guesses } = understand('NIB itu apa? terus jam buka kantor?');
    expect(zone).toBe('ask');
    expect(guesses.map((guess) => guess.intent).sort()).toEqual(['kantor.jam', 'oss.nib-apa']);
  });

  it('When choices are offered, then small talk and anger are not among them and each has a label', () => {
    for (const { text } of mustNot) {
      for (const { intent, score } of understand(text).guesses) {
        expect(nlu.label(intent, 'id')).not.toBeNull();
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }
    }
  });

  it('When the message is "SIM", then it is not taken for SIP or SIMBG', () => {
    expect(best('perpanjang SIM di mana')).toBe('lain.instansi');
    expect(understand('perpanjang SIP').zone).toBe('none');
    expect(best('SIMBG')).not.toBe('lain.instansi');
  });
});

describe('follow-ups', () => {
  it('When "itu bayar gak?" follows NIB, then the bot asks back about NIB and never answers', () => {
    expect(understand('itu bayar gak?', 'oss.nib-apa')).toMatchObject({ zone: 'ask', guesses: [{ intent: 'oss.nib-cara' }] });
    expect(understand('itu bayar gak?', 'pbg.apa').zone).not.toBe('answer');
    expect(understand('itu bayar gak?').zone).toBe('none');
    expect(understand('itu bayar gak?', 'no.such-intent').zone).toBe('none');
  });
});

describe('strange messages', () => {
  it.each([
    ['', '   ', '🙂', '???', '\u0000\u200b', '12345', 'constructor', '__proto__ toString', 'nib '.repeat(3000)],
    ['a'.repeat(8000), '1-'.repeat(4000), 'x@'.repeat(4000), 'nama saya '.repeat(800), '\ud800', 'ﷺ', '你好', 'سلام'],
  ])('When a message is empty, endless or in another script, then it is not answered and nothing throws', (...texts) => {
    for (const text of texts) expect(understand(text).zone).not.toBe('answer');
  });

  it('When a question drowns in five hundred other words, then it is not answered surely', () => {
    expect(understand(`${'kata lain yang panjang '.repeat(125)} nib`).zone).not.toBe('answer');
  });

  it('When the same message comes twice, then it is understood the same', () => {
    for (const { text } of inScope) expect(understand(text)).toEqual(understand(text));
  });
});

describe('language', () => {
  it.each([
    ['NIB itu apa ya kak', 'id'],
    ['punten kak, nib itu apa, nuhun', 'id'],
    ['Punten, NIB téh naon nya?', 'su'],
    ['kumaha carana ngadamel NIB', 'su'],
    ['berkas saya teh sudah sampai mana atuh', 'id'],
    ['what are your opening hours?', 'en'],
    ['how do I get an NIB', 'en'],
    ['cek status dong min', 'id'],
    ['PBG', 'id'],
  ])('When "%s" is written, then the language is %s', (text, language) => {
    expect(understand(text).language).toBe(language);
  });
});

describe('answers', () => {
  it('When an answer is asked for in a language nobody checked, then it comes in Indonesian', () => {
    const answer = nlu.answer('oss.nib-cara', 'su');
    expect(answer).toMatchObject({ language: 'id', handoff: 'offer', smalltalk: false, facts: [], unconfirmed: null });
    expect(answer?.text).toMatch(/^NIB dibuat sendiri di oss\.go\.id, gratis/);
    expect(answer?.source).toEqual({
      name: expect.stringContaining('Pekalongan'),
      checked: '2026-11-25',
      legal: expect.stringContaining('PP 28/2025'),
    });
  });

  it('When English is asked for, then text and buttons are English', () => {
    expect(nlu.answer('sapa', 'en')).toMatchObject({
      language: 'en',
      smalltalk: true,
      source: null,
      buttons: [
        { id: 'bantuan', label: 'Ask about permits' },
        { id: 'status.cek', label: 'Check status' },
        { id: 'cmd:officer', label: 'Chat with officer' },
      ],
    });
  });

  it('When the opening hours are not confirmed, then there is a text without hours', () => {
    const answer = nlu.answer('kantor.jam', 'id');
    expect(answer).toMatchObject({ facts: ['kantor.jam'], text: expect.stringContaining('{kantor.jam}') });
    expect(answer?.unconfirmed).toMatch(/belum dikonfirmasi kantor/);
    expect(answer?.unconfirmed).not.toMatch(/\d/);
  });

  it('When an old IMB is asked about, then its validity is not claimed', () => {
    expect(nlu.answer('imb.lama', 'id')?.text).toMatch(/belum dikonfirmasi kantor/);
  });

  it('When the intent is unknown, then there is neither answer nor label', () => {
    expect(nlu.answer('tidak.ada', 'id')).toBeNull();
    expect(nlu.label('tidak.ada', 'id')).toBeNull();
    expect(nlu.label('pbg.apa', 'su')).toBe('Apa itu PBG');
  });
});
