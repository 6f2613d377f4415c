// What a short message says about the bot's last one: "yang kedua" presses a button, a typed label too, "bukan itu" refuses it. Pure.
import type { Button } from '../contract/message.ts';

/** What the bot said last, as far as a reply may refer to it. */
export interface LastSaid {
  /** It asked which one is meant: its buttons can be picked by number. */
  isQuestion: boolean;
  /** It only answered an "ok": another one needs no answer. */
  isNod: boolean;
  buttons: Button[];
  /** The intents it offered or answered. */
  intents: string[];
  /** What the citizen had asked; known when this is refused. */
  question: string;
  questionId: string | null;
}

export type Pick = { kind: 'button'; id: string } | { kind: 'refusal' };

/** Longer messages say something of their own. Characters. */
export const longestPick = 40;

const words = (list: string): string[] => list.split(', ');
const lead =
  /^(?:(?:ok|oke|ya|iya|hmm|eh|saya|aku|mau|pilih|pilihan|opsi|jawaban|maksud|maksudnya|yang|yg|nu|anu|the|option|number|nomor|nomer|no|nmr) )+/;
const tail = /(?: (?:ya|dong|deh|aja|saja|kak|min|pak|bu|kang|teh|itu|one|please|tadi|di atas))+$/;
const ordinals: string[][] = [
  words('1, satu, pertama, kesatu, ke 1, ke1, first, 1st, hiji, kahiji, paling atas, atas'),
  words('2, dua, kedua, ke 2, ke2, second, 2nd, dua, kadua, tengah'),
  words('3, tiga, ketiga, ke 3, ke3, third, 3rd, tilu, katilu'),
];
/** To a question back: the one thing that is offered, or none of it. */
const yes = new Set(
  words('ya, iya, y, betul, benar, bener, ya betul, iya betul, iya itu, betul itu, yes, yup, muhun, leres, ok, oke'),
);
const no = new Set(words('tidak, enggak, nggak, gak, ga, bukan, no, nope, henteu, sanes'));
const last = new Set(words('terakhir, akhir, paling bawah, bawah, last, panungtung'));
const refusals = new Set([
  ...words(
    'bukan, bukan itu, bukan yang itu, bukan yg itu, bukan itu maksud saya, bukan itu maksudku, bukan begitu, bukan semua, bukan semuanya',
  ),
  ...words(
    'salah, itu salah, jawabannya salah, tidak ada, gak ada, ga ada, tidak ada semua, gak ada semua, yang lain, yg lain, lainnya',
  ),
  ...words(
    'bukan tentang itu, bukan soal itu, not that, not that one, none of these, none, no not that, sanes, sanes eta, lain eta',
  ),
]);

/** @returns null when the message has to be understood by its words */
export function readPick(text: string, said: LastSaid): Pick | null {
  if (text.length > longestPick || text.includes('?')) return null;
  const folded = fold(text);
  const typed = said.buttons.find(({ label }) => fold(label) === folded);
  if (typed) return { kind: 'button', id: typed.id };
  const bare = folded.replace(lead, '').replace(tail, '');
  if (said.intents.length > 0 && (refusals.has(folded) || refusals.has(folded.replace(tail, '')))) return { kind: 'refusal' };
  if (!said.isQuestion) return null;
  const offers = said.buttons.filter(({ id }) => !id.startsWith('cmd:'));
  if (offers.length === 1 && offers[0] && yes.has(folded.replace(tail, ''))) return { kind: 'button', id: offers[0].id };
  if (no.has(folded.replace(tail, ''))) return { kind: 'refusal' };
  const at = last.has(bare) ? said.buttons.length - 1 : ordinals.findIndex((names) => names.includes(bare));
  const button = said.buttons[at];
  return button ? { kind: 'button', id: button.id } : null;
}

/** Lower case, without accents and marks: labels as people type them. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
