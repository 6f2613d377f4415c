// What the console says: times in WIB, waiting, states, trouble; Indonesian and English side by side. No DOM.
import type { ConversationRow, ConversationState, ConversationView, Duty } from '../../src/contract/conversation.ts';
import type { BotReason, ChannelName, Language, Message, MessageKind } from '../../src/contract/message.ts';
import { language, t } from './language.ts';
import type { Trouble } from './outbox.ts';

const MINUTE = 60_000;
const zone = 'Asia/Jakarta';
const locale = language === 'id' ? 'id-ID' : 'en-GB';
const clockFormat = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false });
const dayFormat = new Intl.DateTimeFormat(locale, {
  timeZone: zone,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const shortDayFormat = new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'short' });
const dayKeyFormat = new Intl.DateTimeFormat('en-CA', { timeZone: zone });

/** @returns `09.41`, WIB. */
export const clock = (at: number): string => clockFormat.format(at);
/** @returns `Rabu, 25 November 2026`, WIB. */
export const day = (at: number): string => dayFormat.format(at);
/** @param date `2026-12-25` @returns `25 Desember 2026` */
export const plainDate = (date: string): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString(locale, {
    ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
  });
/** @returns a key that is equal for two moments of one day in WIB. */
export const dayKey = (at: number): string => dayKeyFormat.format(at);
/** @returns the clock for today, else the date. */
export const moment = (at: number, now: number): string => (dayKey(at) === dayKey(now) ? clock(at) : shortDayFormat.format(at));

/** @returns a duration as people say it: `<1 m`, `6 m`, `2 j 5 m`, `3 hari`. */
export function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  if (minutes < 1) return '<1 m';
  if (minutes < 60) return `${minutes} m`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} ${t('hari', 'days')}`;
  return minutes % 60 === 0 ? `${hours} ${t('j', 'h')}` : `${hours} ${t('j', 'h')} ${minutes % 60} m`;
}

/** @returns `menunggu 6 m` since the oldest message without an answer (in the queue: since queueing); null when nobody waits. */
export function waitingText(row: Pick<ConversationRow, 'state' | 'waitingSince' | 'queuedAt'>, now: number): string | null {
  const since = waitsSince(row);
  return since === null ? null : `${t('menunggu', 'waiting')} ${duration(now - since)}`;
}

/** @returns `calm`, then `long` from 5 minutes, `late` from 15: how loudly a list row shows the waiting. */
export function urgency(
  row: Pick<ConversationRow, 'state' | 'waitingSince' | 'queuedAt'>,
  now: number,
): 'calm' | 'long' | 'late' {
  const since = waitsSince(row);
  if (since === null || now - since < 5 * MINUTE) return 'calm';
  return now - since < 15 * MINUTE ? 'long' : 'late';
}

function waitsSince(row: Pick<ConversationRow, 'state' | 'waitingSince' | 'queuedAt'>): number | null {
  if (row.state === 'closed') return null;
  return row.state === 'queued' ? (row.queuedAt ?? row.waitingSince) : row.waitingSince;
}

export const viewNames: Record<ConversationView, string> = {
  queue: t('Antrean', 'Queue'),
  mine: t('Milik saya', 'Mine'),
  all: t('Semua', 'All'),
  closed: t('Selesai', 'Closed'),
};
export const emptyViews: Record<ConversationView, string> = {
  queue: t(
    'Antrean kosong. Tidak ada warga yang menunggu petugas. Lihat Semua untuk percakapan yang dijawab bot.',
    'The queue is empty. Look at All for what the bot is answering.',
  ),
  mine: t(
    'Belum ada percakapan yang Anda pegang. Ambil yang menunggu paling lama dari Antrean (keyboard: n).',
    'You hold no conversation. Take the one that waits longest from the queue (keyboard: n).',
  ),
  all: t(
    'Belum ada percakapan yang berjalan. Pesan warga dari semua kanal muncul di sini.',
    'No conversation yet. Messages from every channel appear here.',
  ),
  closed: t(
    'Belum ada percakapan yang selesai. Yang Anda tutup muncul di sini.',
    'Nothing closed yet. What you close appears here.',
  ),
};
export const dutyNames: Record<Duty, string> = {
  on: t('Bertugas', 'On duty'),
  break: t('Istirahat', 'Break'),
  off: t('Selesai', 'Off'),
};
export const channelLabels: Record<ChannelName, string> = {
  web: 'Web',
  telegram: 'Telegram',
  whatsapp: 'WhatsApp',
  whatsappWeb: 'WhatsApp Web',
  shell: 'Terminal',
};
export const languageNames: Record<Language, string> = {
  id: t('Indonesia', 'Indonesian'),
  su: t('Sunda', 'Sundanese'),
  en: t('Inggris', 'English'),
};
export const kindNames: Record<MessageKind, string> = {
  text: t('Teks', 'Text'),
  image: t('Gambar', 'Picture'),
  document: t('Dokumen', 'Document'),
  voice: t('Pesan suara', 'Voice note'),
  audio: 'Audio',
  video: 'Video',
  location: t('Lokasi', 'Location'),
  contact: t('Kontak', 'Contact'),
  sticker: t('Stiker', 'Sticker'),
  call: t('Panggilan', 'Call'),
  unsupported: t('Jenis pesan ini belum dapat ditampilkan', 'This kind of message cannot be shown yet'),
};
export const decisionNames: Record<BotReason['decision'], string> = {
  answer: t('menjawab', 'answered'),
  ask: t('bertanya balik', 'asked back'),
  handoff: t('meneruskan ke petugas', 'handed over'),
  notice: t('pemberitahuan', 'notice'),
  smalltalk: t('basa-basi', 'small talk'),
};
/** Said in place of a decision when the bot did not know what was asked. */
export const unsureName = t('tidak paham', 'did not understand');

/** @returns the name a row goes by. */
export const nameOf = (row: ConversationRow): string => row.contactName ?? `${t('Warga', 'Citizen')} K-${row.number}`;

/** @param holder name of the officer who holds it */
export function stateText(row: ConversationRow, officerId: string, holder: string | null): string {
  const texts: Record<ConversationState, string> = {
    bot: t('dijawab bot', 'with the bot'),
    queued: t('menunggu petugas', 'in the queue'),
    officer:
      row.officerId === officerId
        ? t('Anda pegang', 'yours')
        : `${t('dipegang', 'held by')} ${holder ?? t('petugas lain', 'a colleague')}`,
    closed: t('selesai', 'closed'),
  };
  return texts[row.state];
}

/** @returns why the officer cannot reply here now; null when they can. */
export function replyBlock(row: ConversationRow, officerId: string, holder: string | null): string | null {
  if (row.state === 'closed')
    return t(
      'Percakapan ini sudah selesai. Kalau warga menulis lagi, percakapannya terbuka kembali.',
      'This conversation is closed. It opens again when the citizen writes.',
    );
  if (row.contactUnreachable)
    return t(
      'Pesan tidak dapat sampai: warga memblokir atau sudah meninggalkan kanal ini.',
      'Messages cannot arrive: the citizen blocked us or left this channel.',
    );
  if (row.state === 'bot')
    return t(
      'Bot sedang melayani. Ambil percakapan ini untuk membalas.',
      'The bot is answering. Take this conversation to reply.',
    );
  if (row.state === 'queued')
    return t(
      'Belum ada yang memegang. Ambil percakapan ini untuk membalas.',
      'Nobody holds it. Take this conversation to reply.',
    );
  if (row.officerId !== officerId)
    return t(
      `${holder ?? 'Petugas lain'} memegang percakapan ini. Hanya pemegangnya yang dapat membalas; Anda tetap dapat menulis catatan.`,
      `${holder ?? 'A colleague'} holds this conversation. Only the holder can reply; you can still write a note.`,
    );
  return null;
}

/** @returns the delivery of an outbound message in words, empty when there is nothing to say. */
export function deliveryText(message: Message): string {
  const reason = message.stateReason === null ? '' : `: ${message.stateReason}`;
  switch (message.state) {
    case 'pending':
    case 'sending':
      return t('sedang dikirim', 'sending');
    case 'sent':
      return t('terkirim', 'sent');
    case 'delivered':
      return t('sampai', 'delivered');
    case 'read':
      return t('dibaca', 'read');
    case 'failed':
      return `${t('Gagal terkirim', 'Not delivered')}${reason}`;
    case 'uncertain':
      return `${t('Tidak pasti sampai', 'May not have arrived')}${reason}`;
    default:
      return '';
  }
}

/** One sentence per kind of trouble: what happened, what to do. */
export const troubleTexts: Record<Trouble, string> = {
  invalid: t('Isian belum sesuai. Periksa lagi.', 'Something in the form does not fit. Check it again.'),
  unauthorized: t(
    'Sesi berakhir atau sandi salah. Silakan masuk lagi.',
    'Session ended or wrong password. Please sign in again.',
  ),
  forbidden: t('Anda tidak berhak melakukan ini.', 'You are not allowed to do this.'),
  'not-found': t('Tidak ditemukan. Mungkin sudah dihapus.', 'Not found. It may have been deleted.'),
  gone: t('Sudah dihapus.', 'Deleted.'),
  conflict: t(
    'Sudah diubah orang lain lebih dulu. Tampilan diperbarui.',
    'Somebody changed it first. The view is up to date now.',
  ),
  'not-owner': t('Anda tidak memegang percakapan ini.', 'You do not hold this conversation.'),
  closed: t('Percakapan ini sudah selesai.', 'This conversation is closed.'),
  'window-closed': t(
    'Waktu balas di kanal ini sudah habis. Kirim templat, atau tunggu warga menulis lagi.',
    'The time to reply on this channel is over. Send a template, or wait until the citizen writes.',
  ),
  unreachable: t('Warga tidak dapat dihubungi lewat kanal ini.', 'The citizen cannot be reached on this channel.'),
  'too-many': t('Terlalu banyak percobaan. Tunggu sebentar, lalu coba lagi.', 'Too many tries. Wait a moment, then try again.'),
  'too-large': t('Terlalu besar. Pendekkan, lalu coba lagi.', 'Too large. Make it smaller, then try again.'),
  overloaded: t('Server sedang penuh. Coba lagi sebentar lagi.', 'The server is busy. Try again in a moment.'),
  'store-away': t(
    'Penyimpanan sedang tidak dapat dipakai. Coba lagi sebentar lagi.',
    'The store cannot be used now. Try again in a moment.',
  ),
  failed: t('Terjadi kesalahan di server. Coba lagi.', 'Something went wrong on the server. Try again.'),
  'no-answer': t(
    'Tidak ada jawaban dari server. Periksa koneksi, lalu coba lagi.',
    'No answer from the server. Check the connection, then try again.',
  ),
};
