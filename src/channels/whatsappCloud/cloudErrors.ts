// The error table of the Cloud API, and what each code means for a message and for the channel. Pure. Raw errors end here: they carry
// numbers and texts of people. Codes: Meta, "Error codes" (130429, 131047, 131051 checked there; the rest from third parties).
import { SendError } from '../../desk/ports.ts';

/** One failed call, without anything secret. */
export interface Trouble {
  /** HTTP status; null when no answer came. */
  status: number | null;
  /** Meta's own code; null when the answer held none. */
  code: number | null;
  /** The request certainly never left: there was no connection to write it to. */
  isUnsent: boolean;
}

export type Verdict =
  /** Busy: again with a back-off. */
  | 'retry'
  /** Too much for this one recipient: 4ⁿ seconds. */
  | 'pair'
  /** The 24 hours are over. */
  | 'template'
  /** This message will never be taken. */
  | 'permanent'
  /** Nothing of ours is taken any more: the channel pauses and an alarm tells. */
  | 'pause';

interface Row {
  verdict: Verdict;
  /** For officers. */
  text: string;
}
const row = (verdict: Verdict, text: string): Row => ({ verdict, text });
const busy = row('retry', 'Layanan WhatsApp sedang sibuk.');
const noRight = row('pause', 'WhatsApp menolak: token tidak berhak mengirim.');
const locked = row('pause', 'Akun WhatsApp dibatasi oleh Meta karena pelanggaran kebijakan.');

const table = new Map<number, Row>([
  [1, busy],
  [2, busy],
  [4, busy],
  [80007, busy],
  [130429, row('retry', 'Batas kecepatan kirim WhatsApp tercapai.')],
  [131000, busy],
  [131016, busy],
  [131057, row('retry', 'Akun WhatsApp sedang dalam pemeliharaan.')],
  [131056, row('pair', 'Terlalu banyak pesan ke warga ini dalam waktu singkat.')],
  [131047, row('template', 'Sudah lewat 24 jam sejak pesan terakhir warga: kirim templat.')],
  [100, row('permanent', 'WhatsApp menolak isi pesan ini.')],
  [131009, row('permanent', 'WhatsApp menolak isi pesan ini.')],
  [131026, row('permanent', 'Pesan tidak dapat diantar ke warga ini.')],
  [131049, row('permanent', 'WhatsApp membatasi pesan promosi ke warga ini.')],
  [131051, row('permanent', 'Jenis pesan ini tidak didukung WhatsApp.')],
  [131053, row('permanent', 'WhatsApp menolak berkas ini.')],
  [131062, row('permanent', 'Pesan ini tidak dapat dikirim tanpa nomor telepon warga.')],
  [132000, row('permanent', 'Isian templat tidak cocok.')],
  [132001, row('permanent', 'Templat tidak ada atau belum disetujui Meta.')],
  [133010, row('permanent', 'Nomor WhatsApp kantor belum terdaftar di Cloud API.')],
  [190, row('pause', 'Token WhatsApp tidak berlaku lagi. Ganti token di pengaturan server.')],
  [10, noRight],
  [368, locked],
  [131031, locked],
  [131042, row('pause', 'Pembayaran akun WhatsApp bermasalah.')],
]);

/** 200–299: permissions. */
const isPermission = (code: number): boolean => code >= 200 && code <= 299;

const rowOf = (code: number | null | undefined): Row | undefined =>
  code === null || code === undefined ? undefined : (table.get(code) ?? (isPermission(code) ? noRight : undefined));

/** @returns why a message failed, for officers; without words of strangers. */
export function errorText(code: number | undefined): string {
  const known = rowOf(code)?.text ?? 'Pesan tidak dapat diantar.';
  return code === undefined ? known : `${known} (kode ${code})`;
}

/** @returns why the whole channel has to pause; null when this code concerns one message only. */
export function pauseReason(code: number | null): string | null {
  const known = rowOf(code);
  return known?.verdict === 'pause' ? `${known.text} (kode ${code})` : null;
}

/**
 * The verdict on a message whose send failed. An answer with a code is Meta's "not taken". Without one: 500 and 503 are "not done"; 502,
 * 504 and a broken connection may come after it was taken. There is no idempotency key: such a message is `uncertain` until a status
 * with our id settles it.
 * @param attempt how often it was tried, from 1
 */
export function toSendError({ status, code, isUnsent }: Trouble, attempt: number): SendError {
  const known = rowOf(code);
  if (known !== undefined) {
    const reason = errorText(code ?? undefined);
    if (known.verdict === 'pair') return new SendError('retry', reason, 4 ** Math.min(attempt, 6) * 1000);
    return new SendError(known.verdict === 'retry' || known.verdict === 'pause' ? 'retry' : 'rejected', reason);
  }
  if (status === null) {
    return isUnsent
      ? new SendError('retry', 'WhatsApp tidak dapat dihubungi.')
      : new SendError('uncertain', 'Sambungan ke WhatsApp putus sebelum ada jawaban.');
  }
  if (status === 429) return new SendError('retry', 'WhatsApp meminta jeda.');
  if (status === 500 || status === 503) return new SendError('retry', `Layanan WhatsApp terganggu (${status}).`);
  if (status > 500) return new SendError('uncertain', `Gerbang WhatsApp tidak menjawab (${status}).`);
  if (status === 401 || status === 403) return new SendError('retry', 'WhatsApp menolak token.');
  const detail = code === null ? `${status}` : `${status}, kode ${code}`;
  return new SendError('rejected', `WhatsApp menolak pesan ini (${detail}).`);
}

/** One sentence for officers: why the channel as a whole does not work. */
export function channelDetail({ status, code }: Trouble): string {
  if (code !== null) return pauseReason(code) ?? `WhatsApp menolak permintaan (kode ${code}).`;
  if (status === null) return 'WhatsApp tidak dapat dihubungi.';
  return status >= 500 ? `Layanan WhatsApp terganggu (${status}).` : `WhatsApp menolak permintaan (${status}).`;
}
