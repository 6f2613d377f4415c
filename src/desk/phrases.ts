// Every fixed sentence the desk itself says to citizens, by language. Pure.
import type { Language } from '../contract/message.ts';
import { describeDate } from './hours.ts';

/** What a sentence needs to know, by its key. Labels (`label…`) fit a button: at most 20 characters. */
export interface PhraseParams {
  /** Once, after the first reply: a machine, how to reach a person, where the privacy note is. */
  introduction: object;
  /** Comes after whatever led to it; `number` is `K-4821`. */
  handedOver: { number: string };
  joined: { name: string };
  /** The officer left or was taken off: the conversation waits again, at its old place. */
  backInQueue: { number: string };
  queuePlace: {
    ahead: number;
    estimate: { fromMinutes: number; toMinutes: number } | null;
    officersOnDuty: number;
  };
  /** `when`: what `hoursUnset` or `opensAt` says. */
  nobodyOnDuty: { number: string; when: string };
  hoursUnset: object;
  /** `at` from `describeMoment`. */
  opensAt: { at: string };
  /** The channel's window closes before anybody can answer. `at` from `describeMoment`. */
  writeAgain: { at: string };
  /** Both ends of a link by a code hear it. */
  linked: object;
  /** Wrong, used or expired: it never says which. */
  linkWrong: object;
  queueCancelled: object;
  /** The queue is asked about, or left, while there is none. */
  notQueued: object;
  /** It goes to a team; `keepsPlace`: it was queued before. */
  toTeam: { number: string; team: string; keepsPlace: boolean };
  /** It goes to an officer who is not within reach. The bot is silent from now on: the citizen may only wait. */
  toAbsent: { number: string; name: string };
  closed: { number: string };
  idleClosed: { number: string };
  /** Above buttons with the likely questions. */
  ask: object;
  /** Another agency's matter and who has it, as its list of names says. */
  elsewhere: { matter: string; office: string };
  /** Before an answer that was the last one already; ends with how to reach a person. */
  again: object;
  /** To "ok", "oh gitu", "iya": nothing is asked. */
  nod: object;
  /** Behind the answers to the first two of several questions. */
  moreAsked: object;
  /** Not understood the first time. */
  unsure: object;
  /** Not understood again: the hand-over follows in the same message. */
  unsureAgain: object;
  /** A file, sticker, voice message, place or anything else without words. */
  unreadable: object;
  called: object;
  /** The bot failed: the hand-over follows in the same message. */
  trouble: object;
  flood: object;
  factUnconfirmed: object;
  /** The approved answer is older than its source may be trusted: it is not given, a person takes over. */
  answerOverdue: object;
  /** The legal basis is asked for, and the answer it is asked for has none. */
  noLegal: object;
  /** `checked` is YYYY-MM-DD. */
  source: { source: string; checked: string };
  labelOfficer: object;
  labelCancel: object;
  labelPlace: object;
  labelLegal: object;
}
export type PhraseKey = keyof PhraseParams;
type Phrases = { [K in PhraseKey]: (params: PhraseParams[K]) => string };

const indonesian: Phrases = {
  introduction: () =>
    'Saya asisten otomatis DPMPTSP Kota Bandung, bukan petugas. Untuk bicara dengan orang, tulis petugas. Soal data pribadi, tulis privasi.',
  handedOver: ({ number }) => `Saya teruskan ke petugas. Nomor konsultasi ${number}. Tidak perlu mengulang cerita.`,
  joined: ({ name }) => `${name}, petugas, sudah bergabung.`,
  backInQueue: ({ number }) =>
    `Petugas tadi sedang tidak bisa melanjutkan. Konsultasi ${number} kembali ke antrean dan tempatnya tetap. Tidak perlu mengulang cerita.`,
  queuePlace: ({ ahead, estimate, officersOnDuty }) =>
    sentences(
      ahead === 0 ? 'Tidak ada orang lain di depan.' : `Ada ${ahead} orang di depan.`,
      officersOnDuty === 0
        ? 'Sekarang belum ada petugas yang bertugas.'
        : estimate === null
          ? 'Perkiraan waktunya belum bisa saya hitung.'
          : `Perkiraan ${minutes(estimate)} menit.`,
      'Sambil menunggu, boleh tetap bertanya.',
    ),
  nobodyOnDuty: ({ number, when }) =>
    sentences(
      'Sekarang belum ada petugas yang bertugas.',
      `Pesan sudah tersimpan, nomor konsultasi ${number}.`,
      when,
      'Sementara itu, saya tetap bisa ditanya.',
    ),
  hoursUnset: () => 'Jam layanan belum dikonfirmasi, jadi saya tidak bisa menjanjikan waktunya.',
  opensAt: ({ at }) => `Layanan buka lagi ${at}.`,
  writeAgain: ({ at }) =>
    `Kanal ini hanya mengizinkan kami membalas sampai ${at}. Kalau saat itu belum ada balasan, tulis lagi di sini.`,
  linked: () => 'Tersambung. Petugas kini melihat chat ini dan chat Anda di tempat lain sebagai satu orang.',
  linkWrong: () =>
    'Kode ini tidak dapat dipakai. Buka chat di situs kami, pilih Lanjut di WhatsApp atau Telegram, lalu kirim kode barunya dari aplikasi itu.',
  queueCancelled: () => 'Antrean dibatalkan. Saya tetap bisa ditanya. Untuk antre lagi, tulis petugas.',
  notQueued: () => 'Konsultasi ini tidak sedang dalam antrean. Saya tetap bisa ditanya. Untuk antre, tulis petugas.',
  toTeam: ({ number, team, keepsPlace }) =>
    sentences(
      `Konsultasi ${number} diteruskan ke petugas ${team}.`,
      keepsPlace ? 'Waktu antre tetap dihitung dari awal.' : '',
      'Tidak perlu mengulang cerita.',
    ),
  toAbsent: ({ number, name }) =>
    `Konsultasi ${number} diteruskan ke ${name}, petugas, yang sekarang tidak di tempat. Pesan tersimpan. Kalau terlalu lama, konsultasi kembali ke antrean.`,
  closed: ({ number }) => `Konsultasi ${number} sudah ditutup petugas. Kalau ada pertanyaan lagi, tulis saja di sini.`,
  idleClosed: ({ number }) => `Konsultasi ${number} ditutup karena lama tidak ada pesan. Kalau masih perlu, tulis saja di sini.`,
  ask: () => 'Maksudnya yang mana? Kalau tidak ada yang cocok, tulis petugas.',
  elsewhere: ({ matter, office }) =>
    `Bukan di sini. ${matter} diurus ${office}; DPMPTSP mengurus perizinan. Ada urusan izin yang bisa saya bantu?`,
  again: () => 'Jawaban saya masih sama. Kalau belum cocok, tulis dengan kata lain, atau tulis petugas.',
  nod: () => 'Baik. Kalau ada pertanyaan, tulis saja di sini.',
  moreAsked: () => 'Pertanyaan selebihnya di pesan itu belum terjawab; tulis lagi satu per satu.',
  unsure: () => 'Saya belum paham maksudnya. Bisa ditulis dengan kata lain, misalnya dengan nama izinnya? Atau tulis petugas.',
  unsureAgain: () => 'Saya masih belum paham maksudnya.',
  unreadable: () =>
    'Sudah sampai dan tersimpan, tetapi saya hanya bisa membaca tulisan. Tulis pertanyaannya di sini, atau tulis petugas.',
  called: () => 'Panggilan tidak bisa diterima di sini. Tulis pertanyaannya, saya bantu jawab, atau tulis petugas.',
  trouble: () => 'Maaf, sistem sedang ada gangguan; pesan sudah tersimpan.',
  flood: () =>
    'Pesan datang lebih cepat daripada yang bisa saya jawab. Semua tersimpan. Tunggu satu menit, lalu tulis pertanyaannya dalam satu pesan.',
  factUnconfirmed: () => 'Bagian itu belum dikonfirmasi kantor, jadi saya tidak menyebutkannya. Petugas bisa membantu.',
  answerOverdue: () => 'Jawaban untuk itu sedang ditinjau ulang, jadi saya tidak menyebutkannya. Petugas yang akan menjawab.',
  noLegal: () => 'Untuk jawaban itu belum ada dasar hukum yang bisa saya sebut. Petugas bisa membantu.',
  source: ({ source, checked }) => `Sumber: ${source} · diperiksa ${describeDate(checked, 'id')}`,
  labelOfficer: () => 'Chat petugas',
  labelCancel: () => 'Batal antre',
  labelPlace: () => 'Cek antrean',
  labelLegal: () => 'Dasar hukum',
};

const english: Phrases = {
  introduction: () =>
    'I am the automatic assistant of DPMPTSP Kota Bandung, not an officer. To talk to a person, write officer. About your personal data, write privacy.',
  handedOver: ({ number }) => `I am passing this on to an officer. Consultation number ${number}. No need to tell it all again.`,
  joined: ({ name }) => `${name}, an officer, has joined.`,
  backInQueue: ({ number }) =>
    `The officer cannot continue right now. Consultation ${number} is back in the queue and keeps its place. No need to tell it all again.`,
  queuePlace: ({ ahead, estimate, officersOnDuty }) =>
    sentences(
      ahead === 0 ? 'Nobody else is ahead of you.' : `${ahead} ${ahead === 1 ? 'person is' : 'people are'} ahead of you.`,
      officersOnDuty === 0
        ? 'No officer is on duty right now.'
        : estimate === null
          ? 'I cannot estimate the waiting time yet.'
          : `Estimated wait: ${minutes(estimate)} minutes.`,
      'You may keep asking me meanwhile.',
    ),
  nobodyOnDuty: ({ number, when }) =>
    sentences(
      'No officer is on duty right now.',
      `Your message is saved, consultation number ${number}.`,
      when,
      'Meanwhile you may keep asking me.',
    ),
  hoursUnset: () => 'The service hours are not confirmed yet, so I cannot promise a time.',
  opensAt: ({ at }) => `The service opens again ${at}.`,
  writeAgain: ({ at }) => `This channel lets us reply until ${at} only. If there is no reply by then, write here again.`,
  linked: () => 'Connected. Officers now see this chat and your other chat as one person.',
  linkWrong: () =>
    'This code cannot be used. Open the chat on our site, choose Continue on WhatsApp or Telegram, and send the new code from that app.',
  queueCancelled: () => 'You have left the queue. You may keep asking me. To queue again, write officer.',
  notQueued: () => 'This consultation is not in the queue. You may keep asking me. To queue, write officer.',
  toTeam: ({ number, team, keepsPlace }) =>
    sentences(
      `Consultation ${number} goes to the ${team} officers.`,
      keepsPlace ? 'Your time in the queue still counts from the start.' : '',
      'No need to tell it all again.',
    ),
  toAbsent: ({ number, name }) =>
    `Consultation ${number} goes to ${name}, an officer, who is away right now. Your messages are saved. If it takes too long, it goes back to the queue.`,
  closed: ({ number }) => `The officer has closed consultation ${number}. If there is another question, just write here.`,
  idleClosed: ({ number }) => `Consultation ${number} was closed after a long silence. If you still need help, just write here.`,
  ask: () => 'Which one do you mean? Not listed? Write officer.',
  elsewhere: ({ matter, office }) =>
    `Not here. ${matter}: that is for ${office}; DPMPTSP handles permits. Is there a permit matter I can help with?`,
  again: () => 'My answer is still the same. If it does not fit, use other words, or write officer.',
  nod: () => 'All right. If you have a question, just write here.',
  moreAsked: () => 'The other questions of that message are not answered yet; please write them one by one.',
  unsure: () =>
    'I do not understand yet. Could you put it in other words, for example with the name of the permit? Or write officer.',
  unsureAgain: () => 'I still do not understand.',
  unreadable: () => 'It has arrived and is saved, but I can only read text. Write your question here, or write officer.',
  called: () => 'Calls cannot be taken here. Write your question and I will help, or write officer.',
  trouble: () => 'Sorry, the system has a problem right now; your message is saved.',
  flood: () =>
    'Messages are coming faster than I can answer. All of them are saved. Please wait a minute, then write your question in one message.',
  factUnconfirmed: () => 'The office has not confirmed that part, so I will not state it. An officer can help.',
  answerOverdue: () => 'The answer to that is being reviewed, so I will not state it. An officer will answer.',
  noLegal: () => 'I cannot name a legal basis for that answer. An officer can help.',
  source: ({ source, checked }) => `Source: ${source} · checked ${describeDate(checked, 'en')}`,
  labelOfficer: () => 'Chat with officer',
  labelCancel: () => 'Leave the queue',
  labelPlace: () => 'My place in queue',
  labelLegal: () => 'Legal basis',
};

/** Only sentences a native speaker has checked may stand here; the rest is said in Indonesian. */
const sundanese: Partial<Phrases> = {};

const byLanguage: Record<Language, Partial<Phrases>> = { id: indonesian, en: english, su: sundanese };

/** @returns the sentence in the language, or in Indonesian where that language has none. */
export function say<K extends PhraseKey>(language: Language, key: K, params: PhraseParams[K]): string {
  const phrase: Phrases[K] = byLanguage[language][key] ?? indonesian[key];
  return phrase(params);
}

const sentences = (...parts: string[]): string => parts.filter((part) => part !== '').join(' ');
const minutes = ({ fromMinutes, toMinutes }: { fromMinutes: number; toMinutes: number }): string =>
  fromMinutes === toMinutes ? `${toMinutes}` : `${fromMinutes}–${toMinutes}`;
