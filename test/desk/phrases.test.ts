// What the desk says: complete, in tone, short. What it reads as a command: whole messages only.
import { type PhraseKey, type PhraseParams, say } from '../../src/desk/phrases.ts';
import { isNod, readsAs } from '../../src/desk/plainWords.ts';

/** For each key the parameters that make it longest or different. */
const samples: { [K in PhraseKey]: PhraseParams[K][] } = {
  introduction: [{}],
  handedOver: [{ number: 'K-4821' }],
  joined: [{ name: 'R. Ayu Kusumaningrum Wulandari' }],
  backInQueue: [{ number: 'K-4821' }],
  queuePlace: [
    { ahead: 3, estimate: { fromMinutes: 10, toMinutes: 15 }, officersOnDuty: 2 },
    { ahead: 1, estimate: { fromMinutes: 5, toMinutes: 5 }, officersOnDuty: 1 },
    { ahead: 120, estimate: null, officersOnDuty: 1 },
    { ahead: 0, estimate: null, officersOnDuty: 0 },
  ],
  nobodyOnDuty: [{ number: 'K-4821', when: 'Layanan buka lagi Senin, 10 Agustus 2026, pukul 08.00.' }],
  hoursUnset: [{}],
  opensAt: [{ at: 'Senin, 10 Agustus 2026, pukul 08.00' }],
  writeAgain: [{ at: 'Senin, 10 Agustus 2026, pukul 08.00' }],
  linked: [{}],
  linkWrong: [{}],
  queueCancelled: [{}],
  notQueued: [{}],
  toTeam: [
    { number: 'K-4821', team: 'Penanaman Modal dan Perizinan Berusaha', keepsPlace: true },
    { number: 'K-4821', team: 'Reklame', keepsPlace: false },
  ],
  toAbsent: [{ number: 'K-4821', name: 'R. Ayu Kusumaningrum Wulandari' }],
  closed: [{ number: 'K-4821' }],
  idleClosed: [{ number: 'K-4821' }],
  ask: [{}],
  again: [{}],
  nod: [{}],
  moreAsked: [{}],
  unsure: [{}],
  unsureAgain: [{}],
  unreadable: [{}],
  called: [{}],
  trouble: [{}],
  flood: [{}],
  factUnconfirmed: [{}],
  answerOverdue: [{}],
  elsewhere: [{ matter: 'SIM', office: 'kepolisian' }],
  noLegal: [{}],
  source: [{ source: 'PP 28 Tahun 2025', checked: '2026-08-01' }],
  labelOfficer: [{}],
  labelCancel: [{}],
  labelPlace: [{}],
  labelLegal: [{}],
};
const keys = Object.keys(samples) as PhraseKey[];
const spoken = (language: 'id' | 'en' | 'su', key: PhraseKey) =>
  samples[key].map((params) => say(language, key, params as never));

describe('say', () => {
  it.each(keys)('When %s is said, then it keeps to the rules of tone in every language', (key) => {
    for (const text of (['id', 'en', 'su'] as const).flatMap((language) => spoken(language, key))) {
      expect(text.trim()).toBe(text);
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(key.startsWith('label') ? 20 : 200);
      expect(text).not.toMatch(/!|\p{Extended_Pictographic}|\b(bapak|ibu|pak|bu)\b|ketidaknyamanan|undefined|null|\{|\}| {2}/iu);
    }
  });

  it.each(keys)('When %s is said in Indonesian and English, then the words differ', (key) => {
    spoken('id', key).forEach((text, at) => {
      expect(spoken('en', key)[at]).not.toBe(text);
    });
  });

  it('When a sentence was not checked in Sundanese, then it is said in Indonesian', () => {
    for (const key of keys) expect(spoken('su', key)).toEqual(spoken('id', key));
  });

  it('When an estimate is known, unknown, or nobody is on duty, then the place says so', () => {
    expect(spoken('id', 'queuePlace')).toEqual([
      'Ada 3 orang di depan. Perkiraan 10–15 menit. Sambil menunggu, boleh tetap bertanya.',
      'Ada 1 orang di depan. Perkiraan 5 menit. Sambil menunggu, boleh tetap bertanya.',
      'Ada 120 orang di depan. Perkiraan waktunya belum bisa saya hitung. Sambil menunggu, boleh tetap bertanya.',
      'Tidak ada orang lain di depan. Sekarang belum ada petugas yang bertugas. Sambil menunggu, boleh tetap bertanya.',
    ]);
    expect(spoken('en', 'queuePlace')[1]).toBe(
      '1 person is ahead of you. Estimated wait: 5 minutes. You may keep asking me meanwhile.',
    );
  });

  it('When a source is given, then its date is written out', () => {
    expect(spoken('id', 'source')).toEqual(['Sumber: PP 28 Tahun 2025 · diperiksa 1 Agustus 2026']);
    expect(spoken('en', 'source')).toEqual(['Source: PP 28 Tahun 2025 · checked 1 August 2026']);
  });

  it('When the bot introduces itself, then it says that it is a machine, how to reach a person, and where privacy is', () => {
    expect(say('id', 'introduction', {})).toMatch(/asisten otomatis.*tulis petugas.*privasi/);
    expect(say('id', 'ask', {})).toMatch(/tulis petugas\.$/);
  });
});

describe('readsAs', () => {
  it.each([
    [
      'greeting-ping',
      ['P', 'p', 'pp', 'P P P', 'tes', 'Test', 'min?', 'Halo?', 'haloo', 'halo halo', 'Halo kak', 'permisi', 'punten', 'pak?'],
    ],
    [
      'ack',
      [
        'ok',
        'OKE',
        'okee',
        'oke pak',
        'sip',
        'siip',
        'makasih ya',
        'Terima kasih.',
        'terima kasih banyak ya bu',
        'nuhun',
        'Hatur nuhun pisan',
      ],
    ],
    ['ack', ['👍', '👍🏽', '🙏🙏', 'ok 👍', 'thank you so much', 'thanks', 'oke, makasih min']],
    ['cancel', ['batal', 'Batal antre', 'batal ya', 'batalkan antrean', 'gak jadi', 'Leave the queue']],
    [
      'officer',
      [
        'petugas',
        'PETUGAS',
        'Chat petugas',
        'petugas dong',
        'tolong petugas',
        'admin',
        'cs',
        'orang',
        'petugas 🙏',
        'petugas?',
        'officer',
      ],
    ],
    [
      'place',
      [
        'antrean',
        'antrian?',
        'berapa lagi',
        'Masih lama?',
        'masih lama ya',
        'Masih lama gak antreannya?',
        'Cek antrean',
        'my place in queue',
      ],
    ],
  ] as const)('When a whole message is one of the words for %s, then it is read so', (word, texts) => {
    for (const text of texts) expect([text, readsAs(text)]).toEqual([text, word]);
  });

  it.each([
    ['berapa lama izin reklame'],
    ['masih lama izinnya?'],
    ['apakah petugas datang ke rumah?'],
    ['syarat izin untuk orang asing'],
    ['izin operator'],
    ['batal?'],
    ['ok?'],
    ['oke tapi bagaimana caranya'],
    ['ok 😡'],
    ['cara membatalkan izin'],
    ['cs gas'],
    ['ya'],
    ['tidak'],
    ['kasih'],
    ['terima'],
    ['nomor antrean puskesmas'],
    ['tes urine'],
    ['😡'],
    ['?'],
    [''],
    ['1234567890123'],
    [`petugas ${'ya '.repeat(40)}`],
  ])('When a message is "%s", then it is left to the matcher', (text) => {
    expect(readsAs(text)).toBeNull();
  });

  it('When a button cannot be pressed and its label is typed, then the label is read as its command', () => {
    for (const language of ['id', 'en'] as const) {
      expect(readsAs(say(language, 'labelOfficer', {}))).toBe('officer');
      expect(readsAs(say(language, 'labelCancel', {}))).toBe('cancel');
      expect(readsAs(say(language, 'labelPlace', {}))).toBe('place');
      expect(readsAs(say(language, 'labelLegal', {}))).toBe('legal');
    }
  });
});

describe('isNod', () => {
  it.each([
    'ok',
    'Oke kak',
    'okeee',
    'sip',
    'SIP min',
    '👍',
    'iya',
    'oh gitu ya',
    'hmm',
    'nggak',
    'ya sudah',
    'paham pak',
    'I see',
    'all right',
  ])('When "%s" is said, then nothing more is asked', (text) => expect(isNod(text)).toBe(true));
  it.each(['SIP', 'sip perawat', 'makasih', 'ok makasih', 'iya?', 'kak', '', 'nib', 'tidak bisa masuk', 'sudah sebulan', '😡'])(
    'When "%s" is said, then it is more than a nod',
    (text) => expect(isNod(text)).toBe(false),
  );
});
