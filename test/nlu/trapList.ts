// Superseded rules that are still told online: how to recognise a sentence that repeats one, and a sentence that does, per language.

interface Trap {
  name: string;
  /** Whether one sentence of an answer repeats the old rule. */
  repeats: (sentence: string) => boolean;
  /** Sentences that must be caught. */
  wrong: string[];
}

const not = /\b(tidak|tak|bukan|belum|tanpa|teu|no|not|nor|without)\b/i;
const gone =
  /\b(diganti|digentos|gantina|pengganti|menggantikan|dihapus|dicabut|dulu|replac\w+|abolished|revoked|took their place)\b/i;
const needed =
  /\b(perlu|memerlukan|membutuhkan|peryogi|kedah|wajib|harus|siapkan|siapkeun|bawa|lampirkan|syarat|need\w*|must|requires?|bring)\b/i;
const handle = /\b(urus|mengurus|ngurus|ajukan|mengajukan|buat|membuat|bikin|ngadamel|daftar|apply for|get|obtain|file)\b/i;
const days = /(\d+)(?:\s*(?:-|–|sampai|to)\s*(\d+))?\s*(?:hari|dinten|poe|(?:working |business )?days?)/gi;

/** Whether the sentence names a number of days other than the allowed ones. */
const otherDays = (sentence: string, allowed: string[]): boolean =>
  [...sentence.matchAll(days)].some(
    ([, from = '', to]) => !allowed.includes(from) || (to !== undefined && !allowed.includes(to)),
  );
/** Whether the sentence demands what `name` matches: a word of need close to it that is not itself negated. */
const asked = (sentence: string, name: RegExp): boolean =>
  [...sentence.matchAll(new RegExp(needed.source, 'gi'))].some((word) => {
    const before = sentence.slice(Math.max(0, word.index - 40), word.index);
    const after = sentence.slice(word.index + word[0].length, word.index + word[0].length + 60);
    const negated = /^no\b/i.test(sentence) || not.test(before.slice(-20)) || /^\s*(no|not|tidak)\b/i.test(after);
    return !negated && name.test(before + after);
  });

export const traps: Trap[] = [
  {
    name: 'IMB as something to obtain',
    repeats: (text) => new RegExp(`${handle.source}[^.;,]{0,25}\\bIMB\\b`, 'i').test(text) && !not.test(text) && !gone.test(text),
    wrong: ['Untuk membangun rumah, urus IMB di kantor.', 'Apply for an IMB at our counter.', 'Mangga ngurus IMB ka kantor.'],
  },
  {
    name: 'SIUP, TDP or SKDU demanded',
    repeats: (text) => asked(text, /\b(SIUP|TDP|SKDU|SITU|TDUP|IUJK)\b/),
    wrong: ['NIB perlu SKDU dari kelurahan.', 'Bring your SIUP and TDP.', 'Kanggo NIB kedah aya SKDU.'],
  },
  {
    name: 'HO demanded',
    repeats: (text) => asked(text, /\bHO\b|izin gangguan|nuisance permit/i),
    wrong: ['Kafe wajib punya izin gangguan.', 'A workshop must have an HO.', 'Béngkél kedah gaduh HO.'],
  },
  {
    name: 'PP 5/2021 in force',
    repeats: (text) => /\bPP\s*(No\.?|Nomor)?\s*5\s*(\/|\s+Tahun\s+)2021/i.test(text),
    wrong: ['Dasarnya PP 5/2021.', 'It rests on PP No. 5 Tahun 2021.', 'Dumasar kana PP Nomor 5 Tahun 2021.'],
  },
  {
    name: 'STR that expires',
    repeats: (text) =>
      /\bSTR\b.{0,60}\b(5|lima|five)[ -]?(tahun|taun|years?)/i.test(text) ||
      (/\bSTR\b[^,;]{0,30}\b(diperpanjang|dipanjangkeun|renew\w*)/i.test(text) && !not.test(text) && !/no longer/i.test(text)),
    wrong: ['STR berlaku 5 tahun.', 'The STR is valid for five years.', 'STR lumaku 5 taun.', 'STR harus diperpanjang.'],
  },
  {
    name: 'recommendation of a professional organisation demanded',
    repeats: (text) =>
      /r[eé]kom[eé]ndasi|recommendation/i.test(text) &&
      /organi|profes|\b(IDI|PPNI|IBI|IAI|PDGI)\b/i.test(text) &&
      !not.test(text),
    wrong: ['Lampirkan rekomendasi IDI.', 'You need a recommendation from PPNI.', 'Kedah aya rékoméndasi organisasi profési.'],
  },
  {
    name: 'repealed sign regulations',
    repeats: (text) => /Perda[^.;]{0,20}\b(4\/2012|2\/2017)|Perwal[^.;]{0,12}217\/2018|jaminan bank|bank guarantee/i.test(text),
    wrong: ['Dasarnya Perda 4/2012.', 'A bank guarantee is asked for.', 'Aturanna Perwal 217/2018.'],
  },
  {
    name: 'another time than 14 working days for signs',
    repeats: (text) => /reklame|sign permit|spanduk|billboard/i.test(text) && otherDays(text, ['14']),
    wrong: ['Izin reklame selesai 7 hari.', 'A sign permit takes 7 working days.', 'Izin reklame bérés 7 dinten gawé.'],
  },
  {
    name: 'another edition than KBLI 2025',
    repeats: (text) => /\bKBLI\s*(edisi\s*|edition\s*)?(20(?!25)\d\d)/i.test(text),
    wrong: ['Pilih kode di KBLI 2020.', 'Use the KBLI 2017.', 'Pilih tina KBLI 2020.'],
  },
  {
    name: 'another time than 28 (MBR: 10) working days for PBG',
    repeats: (text) => /\bPBG\b|\bMBR\b/.test(text) && otherDays(text, ['28', '10']),
    wrong: ['PBG selesai 3-7 hari.', 'A PBG takes 14 working days.', 'PBG bérés 7 dinten.', 'PBG 3 sampai 7 hari kerja.'],
  },
  {
    name: 'location permit for all',
    repeats: (text) =>
      /izin lokasi|location permit/i.test(text) &&
      (needed.test(text) || handle.test(text)) &&
      !not.test(text) &&
      !gone.test(text),
    wrong: ['Setiap usaha wajib punya izin lokasi.', 'Apply for a location permit first.', 'Usaha kedah gaduh izin lokasi.'],
  },
  {
    name: 'kartu pengawasan or bongkar muat issued',
    repeats: (text) =>
      /kartu pengawasan|bongkar muat|supervision card/i.test(text) && !not.test(text) && !/no longer/i.test(text),
    wrong: ['Kartu pengawasan diurus di GAMPIL.', 'The kartu pengawasan is issued here.', 'Izin bongkar muat didamel di dieu.'],
  },
  {
    name: 'a hotline or fee nobody has confirmed',
    repeats: (text) => /\b169\b|\bRp\.?\s?\d|\b\d+ (ribu|juta) rupiah/i.test(text),
    wrong: ['Hubungi 169.', 'The fee is Rp 50.000.', 'Biayana 50 ribu rupiah.'],
  },
];

/** @returns the sentences of a text that repeat an old rule, each with the trap's name. */
export function oldRulesIn(text: string): string[] {
  const sentences = text.split(/(?<=(?<!\bNo)[.?;])\s+|\n+/);
  return sentences.flatMap((sentence) =>
    traps.filter((trap) => trap.repeats(sentence)).map((trap) => `${trap.name}: ${sentence}`),
  );
}
