// What people write beside the point while a status is being checked: they lack what is asked for, ask why, or send a number that is none. Pure.
import type { PermitTalk } from '../contract/permit.ts';

export type Aside = 'lost-fact' | 'why' | 'lost-number' | 'how' | 'no-details' | 'when';

/** They do not know, have, or remember it. */
const lacks =
  /\b(?:lupa|poho|hilang|forgot|lost|gatau|gatahu|(?:ga|gak|g|ngga|nggak|engga|enggak|tidak|tdk|tak|teu|belum|blm|not|don'?t) +(?:ingat|inget|tau|tahu|tw|hafal|hapal|apal|punya|py|dapat|dapet|ada|know|remember|have|nyaho|terang|gaduh|boga))\b/i;
/** The registered phone is somebody else's, or is no more. */
const othersPhone =
  /\b(?:hp|hape|handphone|nomor|nomer|no|wa|telepon|telp|phone)\b.*\b(?:istri|isteri|suami|anak|bapa|bapak|ibu|adik|kakak|calo|biro|konsultan|notaris|karyawan|teman|orang lain|mantan|ganti|diganti|hilang|hangus|mati|(?:ga|gak|nggak|tidak|sudah tidak|udah ga) aktif)\b/i;
const noLuck = /\b(?:(?:ga|gak|ngga|nggak|tidak|tdk|teu) cocok|salah (?:terus|mulu|wae)|gagal (?:terus|mulu))\b/i;
const why =
  /\b(?:kenapa|knp|kunaon|naha|why|(?:buat|untuk|utk|keur) (?:apa|naon))\b(?:.*\b(?:hp|hape|nomor|nomer|angka|digit|nik|phone|number)\b|\W*$)/i;
const whereIsIt = /\b(?:di ?mana|dmn|where|di mana)\b/i;
const whatToDo =
  /\b(?:harus|kudu|mesti|perlu) +(?:gimana|gmn|bagaimana|ngapain|apa|kumaha|kemana|ke mana)\b|\b(?:terus|trus|trs|lalu)\b.{0,14}\b(?:gimana|gmn|bagaimana|ngapain|kumaha)\b|\b(?:cara|gimana|gmn|bagaimana|kumaha)\b.{0,12}\b(?:(?:me)?lengkapi(?:nya|n)?|(?:mem)?perbaiki(?:nya)?|bayar(?:nya)?|benerin(?:nya)?)\b|\bbayar(?:nya|na)?\b.{0,6}\b(?:ke ?mana|di ?mana|gimana|gmn|lewat)\b|\bwhat (?:should|must|do) i do\b|\bhow (?:do|can) i (?:pay|complete|fix)\b/i;
const details =
  /\b(?:kirim|kirimin|minta|share|bagi|sebutkan|siapa|berapa|send)\b.*\b(?:nama|alamat|pdf|dokumen(?:nya)?|berkas(?:nya)?|sk(?:nya)?|hp|nik|name|document)\b|\b(?:nama|alamat|dokumen(?:nya)?|hp|nik)\b.*\b(?:siapa|berapa|brp|kirim|minta)\b/i;
const doneWords = '(?:selesai|kelar|beres|jadi|terbit|keluar|turun|rampung|done|ready|issued|finished)(?:nya|na|kah)?';
/** When this file will be done; about one still to be filed, the catalogue answers. */
const whenDone = new RegExp(
  `\\b(?:kapan|kpn|iraha|when)\\b.{0,30}\\b${doneWords}\\b|\\b(?:selesai|kelar|beres|terbit|rampung)(?:nya|na)?\\b.{0,12}\\b(?:kapan|kpn|iraha)\\b|` +
    '\\b(?:berapa|brp|sabaraha) lama (?:lagi|deui)\\b|\\b(?:masih|msh) lama\\b|\\bhow (?:much )?longer\\b',
  'i',
);
const stillToFile = /\b(?:daftar|ajukan|ngajuin|mengajukan|ajuin|apply)\b/i;
const upset =
  /\b(?:kecewa|kesal|kesel|keuheul|marah|emosi|muak|jengkel|dongkol|cape|capek|lelet|lambat|dipersulit|dipingpong|dioper|parah|payah|becus|nyebelin|disappointed|angry|annoyed|frustrated|unacceptable|too long)\b|\b(?:lama|lila) (?:banget|bgt|sekali|amat|pisan)\b|\b(?:kok|naha) (?:lama|lila)\b|\b(?:sudah|udah|udh|sdh|dah|tos|geus) (?:\p{L}+ )?(?:\d+|•+|\p{L}+) ?(?:bulan|bln|minggu|tahun|thn)\b/iu;

/** @returns whether somebody complains along with what they ask. */
export const isUpset = (text: string): boolean => upset.test(text);

/** Longer ones have a matter of their own. */
const MOST_CHARS = 120;

/** @param step where the live dialogue stands */
export function readAside(step: PermitTalk['step'], text: string): Aside | null {
  if (text.length > MOST_CHARS) return null;
  if (step === 'fact') {
    if (lacks.test(text) || othersPhone.test(text) || noLuck.test(text)) return 'lost-fact';
    return why.test(text) ? 'why' : null;
  }
  if (step === 'number') return lacks.test(text) || whereIsIt.test(text) ? 'lost-number' : null;
  if (step !== 'shown') return null;
  if (whatToDo.test(text)) return 'how';
  if (whenDone.test(text) && !stillToFile.test(text)) return 'when';
  return details.test(text) ? 'no-details' : null;
}

/** A number that leads to no file: a personal one (NIK and NPWP are masked already), or one of a form the office has not set. */
export type Stray = 'nik' | 'phone' | 'unknown';

const nik = /(?<!\d)(?:\d[ .-]?){4}(?:\*[ .-]?){7,9}\d/;
const phone = /^\W*(?:\+?62|0)[ .-]?8(?:[ .-]?\d){7,11}\W*$/;
const captioned =
  /\b(?:resi|registrasi|pendaftaran|permohonan|berkas|pengajuan)\b\D{0,20}?(?<![\p{L}\p{N}])(?=[\p{L}\p{N}/.-]*\d{4})[\p{L}\p{N}/.-]+/iu;
const anyNumber = /\d(?:[ ./-]?\d){4,}/;
const MOST_WORDS = 8;

/** @param isAsked a number of an application is asked for */
export function readStray(text: string, isAsked: boolean): Stray | null {
  if (text.includes('?') || text.trim().split(/\s+/).length > MOST_WORDS) return null;
  if (phone.test(text)) return 'phone';
  if (nik.test(text) && text.replace(/[^\p{L}]+/gu, '').length <= 20) return 'nik';
  return captioned.test(text) || (isAsked && anyNumber.test(text)) ? 'unknown' : null;
}
