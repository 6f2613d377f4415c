// What the bot says in the dialogue about a permit's status, by language. Sundanese only once a native speaker has checked it: then here.

import type { Language } from '../contract/message.ts';
import type { PermitStage, PermitTurn } from '../contract/permit.ts';
import type { Stray } from './permitAsides.ts';

interface PermitParams {
  /** No file is stored here yet. */
  closed: object;
  askNumber: object;
  /** The same for every number, known or not. `isOneOf`: the turn named others too. */
  askFact: { number: string; isOneOf: boolean };
  wrongLength: object;
  /** The digits came while nobody could read them: they are asked for again. */
  lost: object;
  /** The same words for an unknown number and a wrong second fact. */
  noMatch: { number: string };
  /** They lack the digits, or their tries fail. */
  lostFact: object;
  why: object;
  lostNumber: object;
  noDetails: object;
  /** When it is done stands in no data. */
  noDate: object;
  /** Before the answer to somebody who complains. */
  sorry: object;
  stray: { of: Stray };
  /** `link` opens a private chat; empty while there is none. */
  inPrivate: { link: string };
  /** What was asked for may have more files than those shown. */
  others: object;
  capped: object;
  expired: object;
  cancelled: object;
  phoneOrNib: { number: string };
  slip: { number: string };
  otherOss: { number: string };
  length: { name: string; digits: number; expected: number };
  remindFact: object;
  remindNumber: object;
  position: { label: string; since: string | null; turn: string };
  /** A code nobody has mapped: its own text, word for word. */
  unmapped: { text: string; turn: string };
  reason: { text: string };
  standard: { used: number; days: number };
  asOf: { at: string; system: string };
  stale: object;
  simbgLink: { link: string };
  howGampil: object;
  /** `account`: of which system; null when that is not known. */
  howOther: { account: string | null };
  howPay: { account: string | null };
  howElse: { account: string | null };
  nothingToDo: object;
  watching: object;
  watchOver: object;
  notProved: object;
  unwatched: object;
  notWatching: object;
  moved: { number: string; status: string };
  corrected: { number: string; status: string };
  /** What was told was withdrawn with the file, or its person: nothing can be said any more. */
  withdrawn: { number: string };
  /** The file names somebody else now; who watches is not told that. */
  proofOver: { number: string };
  /** A draft for officers. */
  returned: { number: string; reason: string; how: string };
  labelAgain: object;
  labelHow: object;
  labelPay: object;
  labelDo: object;
  labelWatch: object;
  labelStop: object;
  labelYes: object;
  labelIsNib: object;
  labelIsPhone: object;
}
type Key = keyof PermitParams;
type Phrases = { [K in Key]: (params: PermitParams[K]) => string };

const akun = (system: string | null): string => (system === null ? 'akun' : `akun ${system}`);
const accountOf = (system: string | null): string => (system === null ? 'account' : `${system} account`);

const indonesian: Phrases = {
  closed: () =>
    'Data permohonan belum tersambung ke chat ini, jadi posisi berkas belum bisa saya lihat. Untuk izin lewat GAMPIL, buka menu monitoring dan masukkan nomor resi; nomor resi baru ada setelah lolos verifikasi teknis. Petugas bisa membantu memeriksa.',
  askNumber: () =>
    'Kirim nomor permohonannya: nomor registrasi atau resi, NIB, nomor izin OSS (I-…), atau nomor PBG/SLF. Belum ada? Tulis petugas.',
  askFact: ({ number, isOneOf }) =>
    `Nomor ${number}${isOneOf ? ' dulu, yang lain kirim setelah ini' : ''}. Demi keamanan, ketik 4 angka terakhir nomor HP yang didaftarkan. Jangan kirim NIK lengkap, sandi, atau OTP.`,
  wrongLength: () => 'Yang dibutuhkan tepat 4 angka terakhir nomor HP yang didaftarkan. Bisa diketik lagi?',
  lost: () => 'Angka tadi tidak sempat terbaca. Ketik sekali lagi 4 angka terakhir nomor HP yang didaftarkan.',
  lostFact: () =>
    'Kalau nomor HP yang didaftarkan tidak diketahui, tulis nik lalu 4 angka terakhir NIK pemohon. Kalau itu juga tidak ada, petugas bisa membantu: tulis petugas.',
  why: () =>
    'Supaya posisi berkas hanya sampai ke pemohonnya. Angkanya hanya dicocokkan, tidak disimpan di chat. Ketik 4 angka terakhir nomor HP yang didaftarkan, atau tulis petugas.',
  lostNumber: () =>
    'Nomornya ada di akun tempat izin diajukan, misalnya GAMPIL, OSS, atau SIMBG. Kalau ketemu, kirim di sini. Kalau tidak, petugas bisa membantu mencarinya: tulis petugas.',
  noDetails: () =>
    'Nama, nomor, dan dokumen tidak dikirim lewat chat, supaya tidak sampai ke orang lain. Petugas bisa membantu: tulis petugas.',
  noDate: () => 'Tanggal selesainya tidak ada di data itu, jadi tidak saya perkirakan. Petugas bisa memeriksa: tulis petugas.',
  sorry: () => 'Maaf, prosesnya mengecewakan. Kalau mau langsung dibantu orang, tulis petugas.',
  stray: ({ of }) =>
    `${of === 'nik' ? 'Itu seperti NIK atau NPWP, jadi saya sembunyikan; status tidak dicari dengan nomor itu.' : of === 'phone' ? 'Itu seperti nomor HP; status tidak dicari dengan nomor itu.' : 'Bentuk nomor itu belum saya kenali.'} Kirim nomor permohonannya: NIB, nomor izin OSS (I-…), nomor PBG/SLF, atau nomor registrasi. Petugas juga bisa memeriksa: tulis petugas.`,
  noMatch: ({ number }) =>
    `Nomor ${number} dan 4 angka itu tidak cocok dengan data yang saya punya. Bisa salah ketik, HP milik pengurus, atau data belum masuk. Ketik lagi 4 angkanya, atau tulis nik lalu 4 angka terakhir NIK.`,
  inPrivate: ({ link }) =>
    `Status izin tidak dibahas di grup, supaya tidak terbaca orang lain. Tulis ke saya di chat pribadi${link === '' ? '.' : `: ${link}`}`,
  others: () => 'Permohonan lain dengan nomor itu? Kirim nomor permohonannya.',
  capped: () =>
    'Batas pengecekan lewat chat sudah tercapai. Ini bisa juga karena orang lain. Petugas bisa memeriksa: tulis petugas. Atau coba lagi besok.',
  expired: () => 'Waktu pengecekan tadi sudah habis. Kirim lagi nomor permohonannya.',
  cancelled: () => 'Pengecekan status dibatalkan. Saya tetap bisa ditanya.',
  phoneOrNib: ({ number }) => `${number} itu NIB atau nomor HP?`,
  slip: ({ number }) => `Maksudnya ${number}? Sepertinya ada huruf yang kurang atau tertukar dengan angka.`,
  otherOss: ({ number }) =>
    `${number} bukan nomor izin: di OSS yang berawalan R, P, atau U itu nomor proyek, usaha, atau berkas. Kirim nomor izinnya (I-…) atau NIB.`,
  length: ({ name, digits, expected }) =>
    `Nomor ${name} itu belum cocok${digits === expected ? '' : `: yang terbaca ${digits} angka, biasanya ${expected}`}. Coba dicek, lalu kirim lagi.`,
  remindFact: () => 'Untuk melanjutkan cek status, ketik 4 angka terakhir nomor HP yang didaftarkan, atau tulis batal.',
  remindNumber: () => 'Untuk melanjutkan cek status, kirim nomor permohonannya, atau tulis batal.',
  position: ({ label, since, turn }) => `${label}${since === null ? '' : `, sejak ${since}`}. ${turn}`,
  unmapped: ({ text, turn }) => `Status dari sistem: “${text}”. Artinya belum saya ketahui. ${turn}`,
  reason: ({ text }) => `Alasannya: ${text}.`,
  standard: ({ used, days }) => `Sudah ${used} dari ${days} hari kerja standar layanan.`,
  asOf: ({ at, system }) => `Data per ${at}, sumber ${system}.`,
  stale: () => 'Data ini sudah lama, mungkin sudah berubah. Petugas bisa memeriksa.',
  simbgLink: ({ link }) => `Nomor SIMBG juga bisa dilacak sendiri di ${link}`,
  howGampil: () =>
    'Buka GAMPIL, menu “pengajuan saya”, lalu “lengkapi data”. Perbaiki berkasnya dan kirim ulang. Lewat browser HP, pakai posisi mendatar.\n\nSumber: FAQ DPMPTSP Kota Bandung (dpmptsp.bandung.go.id/faq) · diperiksa 25 November 2026',
  howOther: ({ account }) =>
    `Catatan perbaikannya ada di ${akun(account)} tempat izin diajukan. Langkah rincinya belum dikonfirmasi kantor, jadi petugas yang membantu.`,
  howPay: ({ account }) =>
    `Tagihan resminya ada di ${akun(account)} tempat izin diajukan. Bayar hanya lewat tagihan itu, jangan lewat perorangan. Cara rincinya belum dikonfirmasi kantor, jadi petugas yang membantu.`,
  howElse: ({ account }) =>
    `Yang perlu dilakukan tertulis di ${akun(account)} tempat izin diajukan. Langkah rincinya belum dikonfirmasi kantor, jadi petugas yang membantu.`,
  nothingToDo: () => 'Sekarang tidak ada yang perlu dilengkapi pemohon.',
  watching: () => 'Baik, saya kabari di sini kalau statusnya berubah. Untuk berhenti, tulis berhenti.',
  watchOver: () => 'Permohonan ini sudah selesai, jadi tidak ada perubahan yang ditunggu.',
  notProved: () => 'Untuk itu, cek dulu statusnya: kirim nomor permohonannya.',
  unwatched: () => 'Baik, kabar perubahan dihentikan.',
  notWatching: () => 'Tidak ada kabar perubahan yang aktif di sini.',
  moved: ({ number, status }) => `Kabar untuk ${number}: ${status}`,
  corrected: ({ number, status }) =>
    `Mohon maaf, kabar terakhir untuk ${number} keliru dan ditarik kembali. Yang benar: ${status}`,
  withdrawn: ({ number }) =>
    `Mohon maaf, data ${number} yang pernah saya sampaikan di sini keliru dan sudah ditarik kembali, jadi jangan dijadikan pegangan. Sekarang belum ada data yang bisa saya sampaikan, dan kabar perubahannya berhenti. Untuk mengecek lagi nanti, kirim nomornya.`,
  proofOver: ({ number }) =>
    `Kabar perubahan untuk ${number} berhenti, karena buktinya perlu diulang. Kalau masih ingin dikabari, kirim nomornya lagi.`,
  returned: ({ number, reason, how }) => `Berkas ${number} dikembalikan karena ${reason}. ${how}`,
  labelAgain: () => 'Coba lagi',
  labelHow: () => 'Cara melengkapi',
  labelPay: () => 'Cara membayar',
  labelDo: () => 'Yang perlu dilakukan',
  labelWatch: () => 'Kabari perubahan',
  labelStop: () => 'Berhenti dikabari',
  labelYes: () => 'Ya, itu',
  labelIsNib: () => 'NIB',
  labelIsPhone: () => 'Nomor HP',
};

const english: Phrases = {
  closed: () =>
    'Applications are not connected to this chat yet, so I cannot see your file. For permits filed in GAMPIL, open the monitoring menu and enter the nomor resi; it exists only after the technical check is passed. An officer can help you look.',
  askNumber: () =>
    'Send the application number: registration number or resi, NIB, OSS licence number (I-…), or PBG/SLF number. None yet? Write officer.',
  askFact: ({ number, isOneOf }) =>
    `Number ${number}${isOneOf ? ' first, send the others after it' : ''}. For safety, type the last 4 digits of the registered phone number. Do not send a full NIK, a password or an OTP.`,
  wrongLength: () => 'I need exactly the last 4 digits of the registered phone number. Could you type them again?',
  lost: () => 'I could not read those digits. Please type the last 4 digits of the registered phone number once more.',
  lostFact: () =>
    'If you do not know the registered phone number, write nik and the last 4 digits of the applicant’s NIK. If you do not have those either, an officer can help: write officer.',
  why: () =>
    'So that only the applicant learns where the file stands. The digits are compared, and not kept in the chat. Type the last 4 digits of the registered phone number, or write officer.',
  lostNumber: () =>
    'The number is in the account where you applied, for instance GAMPIL, OSS or SIMBG. If you find it, send it here. If not, an officer can help you look for it: write officer.',
  noDetails: () =>
    'Names, numbers and documents are not sent by chat, so that nobody else gets them. An officer can help: write officer.',
  noDate: () => 'That data does not say when it will be done, so I do not guess. An officer can look: write officer.',
  sorry: () => 'Sorry that this has let you down. If you would rather have a person help you now, write officer.',
  stray: ({ of }) =>
    `${of === 'nik' ? 'That looks like a NIK or NPWP, so I have hidden it; a status is not looked up by it.' : of === 'phone' ? 'That looks like a phone number; a status is not looked up by it.' : 'I do not know this form of number.'} Send the number of the application: NIB, OSS permit number (I-…), PBG/SLF number, or registration number. An officer can look as well: write officer.`,
  noMatch: ({ number }) =>
    `The number ${number} and those 4 digits do not match the data I have. It may be a typo, the agent’s phone, or data not in yet. Type the 4 digits again, or write nik and the last 4 digits of the NIK.`,
  inPrivate: ({ link }) =>
    `The status of a permit is not talked about in a group, where others read along. Write to me in a private chat${link === '' ? '.' : `: ${link}`}`,
  others: () => 'Another application with that number? Send its own number.',
  capped: () =>
    'The limit for checks by chat is reached. Somebody else may have caused it. An officer can look: write officer. Or try again tomorrow.',
  expired: () => 'The time for that check is over. Please send the application number again.',
  cancelled: () => 'The status check is cancelled. You may keep asking me.',
  phoneOrNib: ({ number }) => `Is ${number} a NIB or a phone number?`,
  slip: ({ number }) => `Do you mean ${number}? It seems a letter is missing or was typed for a digit.`,
  otherOss: ({ number }) =>
    `${number} is not the number of a licence: in OSS those with R, P or U are of a project, a business or a file. Send the licence number (I-…) or the NIB.`,
  length: ({ name, digits, expected }) =>
    `That ${name} number does not fit yet${digits === expected ? '' : `: I read ${digits} digits, usually it is ${expected}`}. Could you check it and send it again?`,
  remindFact: () => 'To go on with the status check, type the last 4 digits of the registered phone number, or write cancel.',
  remindNumber: () => 'To go on with the status check, send the application number, or write cancel.',
  position: ({ label, since, turn }) => `${label}${since === null ? '' : `, since ${since}`}. ${turn}`,
  unmapped: ({ text, turn }) => `Status by the system: “${text}”. I do not know what it means. ${turn}`,
  reason: ({ text }) => `Reason: ${text}.`,
  standard: ({ used, days }) => `${used} of ${days} working days of the service standard are used.`,
  asOf: ({ at, system }) => `Data as of ${at}, source ${system}.`,
  stale: () => 'This data is old and may have changed. An officer can check.',
  simbgLink: ({ link }) => `You can also follow a SIMBG number yourself at ${link}`,
  howGampil: () =>
    'Open GAMPIL, menu “pengajuan saya”, then “lengkapi data”. Correct the files and send them again. In a phone browser, hold the phone sideways.\n\nSource: FAQ DPMPTSP Kota Bandung (dpmptsp.bandung.go.id/faq) · checked 25 November 2026',
  howOther: ({ account }) =>
    `The notes are in the ${accountOf(account)} where you applied. The office has not confirmed the detailed steps yet, so an officer will help.`,
  howPay: ({ account }) =>
    `The official bill is in the ${accountOf(account)} where you applied. Pay only by that bill, never to a person. The office has not confirmed the detailed steps yet, so an officer will help.`,
  howElse: ({ account }) =>
    `What to do stands in the ${accountOf(account)} where you applied. The office has not confirmed the detailed steps yet, so an officer will help.`,
  nothingToDo: () => 'There is nothing for the applicant to complete now.',
  watching: () => 'I will tell you here when the status changes. To stop, write stop.',
  watchOver: () => 'This application is finished, so no change is to come.',
  notProved: () => 'For that, check the status first: send the application number.',
  unwatched: () => 'You will not be told of changes any more.',
  notWatching: () => 'Nothing is being watched here.',
  moved: ({ number, status }) => `News for ${number}: ${status}`,
  corrected: ({ number, status }) =>
    `We are sorry: our last news about ${number} was wrong and is withdrawn. What is right: ${status}`,
  withdrawn: ({ number }) =>
    `We are sorry: the data about ${number} that I told you here was wrong and is withdrawn, so please do not rely on it. There is nothing I can tell you about it now, and you will not be told of changes. To check again later, send the number.`,
  proofOver: ({ number }) =>
    `You will not be told of changes of ${number} any more, because it has to be proved again. If you still want to be told, send the number again.`,
  returned: ({ number, reason, how }) => `File ${number} was returned because ${reason}. ${how}`,
  labelAgain: () => 'Try again',
  labelHow: () => 'How to complete',
  labelPay: () => 'How to pay',
  labelDo: () => 'What to do',
  labelWatch: () => 'Tell me of changes',
  labelStop: () => 'Stop telling me',
  labelYes: () => 'Yes, that one',
  labelIsNib: () => 'NIB',
  labelIsPhone: () => 'Phone number',
};

/** @returns the sentence in English for English, else in Indonesian. */
export function sayPermit<K extends Key>(language: Language, key: K, params: PermitParams[K]): string {
  const phrase: Phrases[K] = (language === 'en' ? english : indonesian)[key];
  return phrase(params);
}

const stages: Record<PermitStage, [id: string, en: string]> = {
  terdaftar: ['Terdaftar', 'Registered'],
  verifikasi_berkas: ['Verifikasi berkas', 'Checking the files'],
  dikembalikan: ['Dikembalikan', 'Returned'],
  verifikasi_teknis: ['Verifikasi teknis', 'Technical check'],
  tinjauan_lapangan: ['Tinjauan lapangan', 'Site visit'],
  rekomendasi_teknis: ['Rekomendasi teknis', 'Technical recommendation'],
  menunggu_pembayaran: ['Menunggu pembayaran', 'Payment'],
  penetapan: ['Penetapan', 'Decision being signed'],
  terbit: ['Terbit', 'Issued'],
  ditolak: ['Ditolak', 'Refused'],
  dicabut: ['Dicabut', 'Revoked'],
};
const turns: Record<PermitTurn, [id: string, en: string]> = {
  applicant: ['Giliran pemohon.', 'It is the applicant’s turn.'],
  office: ['Giliran kantor; pemohon menunggu.', 'It is the office’s turn; you need not do anything.'],
  agency: ['Giliran dinas teknis; pemohon menunggu.', 'It is the technical agency’s turn; you need not do anything.'],
  none: ['Prosesnya sudah selesai.', 'The process is over.'],
  unknown: ['Giliran siapa tidak disebut sistemnya, tanya petugas.', 'The system does not say whose turn it is; ask an officer.'],
};

export const stageLabel = (language: Language, stage: PermitStage): string => stages[stage][language === 'en' ? 1 : 0];
export const turnLabel = (language: Language, turn: PermitTurn): string => turns[turn][language === 'en' ? 1 : 0];
