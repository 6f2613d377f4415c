// What the console says, in Indonesian: times in WIB, waiting, states, trouble. No DOM.
import type { ConversationRow, ConversationState, ConversationView, Duty } from '../../src/contract/conversation.ts';
import type { BotReason, ChannelName, Language, Message } from '../../src/contract/message.ts';
import type { Trouble } from './outbox.ts';

const MINUTE = 60_000;
const zone = 'Asia/Jakarta';
const clockFormat = new Intl.DateTimeFormat('id-ID', { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false });
const dayFormat = new Intl.DateTimeFormat('id-ID', {
  timeZone: zone,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const shortDayFormat = new Intl.DateTimeFormat('id-ID', { timeZone: zone, day: 'numeric', month: 'short' });
const dayKeyFormat = new Intl.DateTimeFormat('en-CA', { timeZone: zone });

/** @returns `09.41`, WIB. */
export const clock = (at: number): string => clockFormat.format(at);
/** @returns `Rabu, 25 November 2026`, WIB. */
export const day = (at: number): string => dayFormat.format(at);
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
  if (hours >= 48) return `${Math.floor(hours / 24)} hari`;
  return minutes % 60 === 0 ? `${hours} j` : `${hours} j ${minutes % 60} m`;
}

/** @returns `menunggu 6 m` since the oldest message without an answer (in the queue: since queueing); null when nobody waits. */
export function waitingText(row: Pick<ConversationRow, 'state' | 'waitingSince' | 'queuedAt'>, now: number): string | null {
  const since = waitsSince(row);
  return since === null ? null : `menunggu ${duration(now - since)}`;
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
  queue: 'Antrean',
  mine: 'Milik saya',
  all: 'Semua',
  closed: 'Selesai',
};
export const emptyViews: Record<ConversationView, string> = {
  queue: 'Antrean kosong. Tidak ada warga yang menunggu petugas.',
  mine: 'Belum ada percakapan yang Anda pegang. Ambil satu dari Antrean.',
  all: 'Belum ada percakapan yang berjalan.',
  closed: 'Belum ada percakapan yang selesai.',
};
export const dutyNames: Record<Duty, string> = { on: 'Bertugas', break: 'Istirahat', off: 'Selesai' };
export const channelLabels: Record<ChannelName, string> = { web: 'Web', telegram: 'Telegram', shell: 'Terminal' };
export const languageNames: Record<Language, string> = { id: 'Indonesia', su: 'Sunda', en: 'Inggris' };
export const decisionNames: Record<BotReason['decision'], string> = {
  answer: 'menjawab',
  ask: 'bertanya balik',
  handoff: 'meneruskan ke petugas',
  notice: 'pemberitahuan',
  smalltalk: 'basa-basi',
};

/** @returns the name a row goes by. */
export const nameOf = (row: ConversationRow): string => row.contactName ?? `Warga K-${row.number}`;

/** @param holder name of the officer who holds it */
export function stateText(row: ConversationRow, officerId: string, holder: string | null): string {
  const texts: Record<ConversationState, string> = {
    bot: 'dijawab bot',
    queued: 'menunggu petugas',
    officer: row.officerId === officerId ? 'Anda pegang' : `dipegang ${holder ?? 'petugas lain'}`,
    closed: 'selesai',
  };
  return texts[row.state];
}

/** @returns why the officer cannot reply here now; null when they can. */
export function replyBlock(row: ConversationRow, officerId: string, holder: string | null): string | null {
  if (row.state === 'closed') return 'Percakapan ini sudah selesai. Kalau warga menulis lagi, percakapannya terbuka kembali.';
  if (row.contactUnreachable) return 'Pesan tidak dapat sampai: warga memblokir atau sudah meninggalkan kanal ini.';
  if (row.state === 'bot') return 'Bot sedang melayani. Ambil percakapan ini untuk membalas.';
  if (row.state === 'queued') return 'Belum ada yang memegang. Ambil percakapan ini untuk membalas.';
  if (row.officerId !== officerId)
    return `${holder ?? 'Petugas lain'} memegang percakapan ini. Hanya pemegangnya yang dapat membalas; Anda tetap dapat menulis catatan.`;
  return null;
}

/** @returns the delivery of an outbound message in words, empty when there is nothing to say. */
export function deliveryText(message: Message): string {
  const reason = message.stateReason === null ? '' : `: ${message.stateReason}`;
  switch (message.state) {
    case 'pending':
    case 'sending':
      return 'sedang dikirim';
    case 'sent':
      return 'terkirim';
    case 'delivered':
      return 'sampai';
    case 'read':
      return 'dibaca';
    case 'failed':
      return `Gagal terkirim${reason}`;
    case 'uncertain':
      return `Tidak pasti sampai${reason}`;
    default:
      return '';
  }
}

/** One sentence per kind of trouble: what happened, what to do. */
export const troubleTexts: Record<Trouble, string> = {
  invalid: 'Isian belum sesuai. Periksa lagi.',
  unauthorized: 'Sesi berakhir atau sandi salah. Silakan masuk lagi.',
  forbidden: 'Anda tidak berhak melakukan ini.',
  'not-found': 'Tidak ditemukan. Mungkin sudah dihapus.',
  gone: 'Sudah dihapus.',
  conflict: 'Sudah diubah orang lain lebih dulu. Tampilan diperbarui.',
  'not-owner': 'Anda tidak memegang percakapan ini.',
  closed: 'Percakapan ini sudah selesai.',
  unreachable: 'Warga tidak dapat dihubungi lewat kanal ini.',
  'too-many': 'Terlalu banyak percobaan. Tunggu sebentar, lalu coba lagi.',
  'too-large': 'Terlalu besar. Pendekkan, lalu coba lagi.',
  overloaded: 'Server sedang penuh. Coba lagi sebentar lagi.',
  'store-away': 'Penyimpanan sedang tidak dapat dipakai. Coba lagi sebentar lagi.',
  failed: 'Terjadi kesalahan di server. Coba lagi.',
  'no-answer': 'Tidak ada jawaban dari server. Periksa koneksi, lalu coba lagi.',
};
