// The plain words the desk takes as commands wherever there are no buttons: "batal", "petugas", "antrean". Pure.

/** `place` and `cancel` mean the queue only while there is one: the caller knows. */
export type PlainWord = 'greeting-ping' | 'ack' | 'cancel' | 'officer' | 'place' | 'legal';

const list = (text: string): string[] => text.split(', ');

const wordLists: Record<Exclude<PlainWord, 'ack'>, string[]> = {
  'greeting-ping': list(
    'p, ping, tes, test, testing, halo, hai, hi, hey, hei, hello, permisi, punten, min, mimin, pak, bu, kak, kang, teh',
  ),
  cancel: [
    ...list('batal, batal antre, batal antri, batal antrean, batal antrian, batalkan, batalkan antrean, batalkan antrian'),
    ...list('tidak jadi, nggak jadi, gak jadi, ga jadi, keluar antrean, cancel, cancel queue, leave the queue'),
  ],
  officer: [
    ...list('petugas, chat petugas, chat dengan petugas, hubungi petugas, bicara petugas, bicara dengan petugas, minta petugas'),
    ...list('admin, chat admin, cs, operator, orang, manusia, bicara dengan orang'),
    ...list('officer, chat with officer, talk to officer, talk to an officer, human, agent, a person'),
  ],
  place: [
    ...list('antrean, antrian, cek antrean, cek antrian, antrean berapa, antrian berapa, nomor antrean, nomor antrian'),
    ...list('berapa lagi, berapa orang lagi, urutan berapa, urutan ke berapa, giliran saya kapan, kapan giliran saya'),
    ...list('masih lama, masih lama tidak, masih lama nggak, masih lama gak, masih lama ga, masih lama kah'),
    ...list('masih lama antreannya, masih lama gak antreannya'),
    ...list('queue, my place, my place in queue, how much longer, how long is the queue'),
  ],
  legal: list('dasar hukum, dasar hukumnya, dasar hukumnya apa, apa dasar hukumnya, legal basis, what is the legal basis'),
};
/** Asked, these are questions ("batal?"), not orders. */
const neverAsked: readonly PlainWord[] = ['ack', 'cancel'];

const heard = list('ok, oke, okay, okey, okeh, sip, siap, baik, noted, mantap');
const ackWords = new Set([
  ...heard,
  ...list('makasih, makasi, mksh, trims, terimakasih, trimakasih, nuhun, thanks, thankyou, thx, tq'),
]);
/** May stand beside the words above, mean nothing alone. */
const particles = new Set([
  ...list('ya, yah, iya, dong, deh, aja, saja, tolong, mohon, banyak, banget, sekali, pisan, please, so, much'),
  ...list('kak, ka, kakak, pak, bu, pa, ibu, bapak, min, kang, teh, mas, mbak'),
]);
/** Said after an answer they want nothing more: heard, understood, yes, no. Thanks are not among them: they are answered in kind. */
const nods = new Set([
  ...heard,
  ...list(
    'y, ya, yah, iya, iyah, yup, yes, yep, no, hm, oh, owh, o, gitu, begitu, kitu, paham, faham, ngerti, mengerti, jelas, yaudah, yasudah, ' +
      'sudah, udah, cukup, tidak, nggak, enggak, gak, ga, muhun, mangga, nya, sae, bagus, alright, understood, sure, great, fine, i see, ' +
      'got it, all right',
  ).map(unstretch),
]);
/** With any skin tone or variation selector. */
const ackEmoji = /(?:👍|👌|🙏|👏|🤝|✅|😊|🙂)[\u{1f3fb}-\u{1f3ff}]?\ufe0f?/gu;

const meanings = new Map(
  Object.entries(wordLists).flatMap(([word, texts]) => texts.map((text) => [unstretch(text), word as PlainWord] as const)),
);

/**
 * Recognises a command written in plain words: only when it is the whole message, never inside a question.
 *
 * @returns null for everything else, which is the matcher's business
 */
export function readsAs(text: string): PlainWord | null {
  if (text.length > 60) return null;
  const bare = text.replace(ackEmoji, ' ');
  const folded = fold(bare);
  if (folded === '') return bare !== text && bare.trim() === '' ? 'ack' : null;
  const word = meaningOf(folded);
  return word !== null && text.includes('?') && neverAsked.includes(word) ? null : word;
}

/** @returns whether it says no more than "ok", "oh gitu", "iya" or a thumb. "SIP" in capitals is a permit. */
export function isNod(text: string): boolean {
  if (text.length > 40 || text.includes('?') || /^\W*SIP\W*$/.test(text)) return false;
  const bare = text.replace(ackEmoji, ' ');
  const folded = fold(bare);
  if (folded === '') return bare !== text && bare.trim() === '';
  const words = folded.split(' ');
  const isSaid = words.every((word) => nods.has(word) || particles.has(word)) && words.some((word) => nods.has(word));
  return isSaid || nods.has(folded);
}

/** "Assalamualaikum" as people write it, anywhere in the message: it is answered in kind. */
export function greetsWithSalam(text: string): boolean {
  return /as+al+a+m+[uo]*a*l+a+[iy]?k+[uo]m|sam+l[ei]+kum/.test(text.toLowerCase().replace(/[^a-z]+/g, ''));
}

/** Lower case without marks and stretched letters; thanks in one word. */
function fold(text: string): string {
  return unstretch(
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/terima kasih|thank you|hatur nuhun/g, (thanks) => (thanks === 'hatur nuhun' ? 'nuhun' : thanks.replace(' ', '')))
      .replace(/[\p{P}~`^\s]+/gu, ' ')
      .trim(),
  );
}

function meaningOf(folded: string): PlainWord | null {
  const exact = meanings.get(folded);
  if (exact !== undefined) return exact;
  const core = folded.split(' ').filter((word) => !particles.has(word));
  if (core.length === 0) return null;
  if (core.every((word) => ackWords.has(word))) return 'ack';
  // "halo halo", "p p p"
  return meanings.get(core.join(' ')) ?? (core.every((word) => word === core[0]) ? (meanings.get(core[0] ?? '') ?? null) : null);
}

/** "haloo", "okeee", "siiip": a letter held down says nothing more. */
function unstretch(text: string): string {
  return text.replace(/(\p{L})\1+/gu, '$1');
}
