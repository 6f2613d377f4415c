// From a picked file or a recording to something the chat can send: small enough, without metadata, or a reason why not.
import type { OutgoingFile } from './outgoing.ts';
import { photoName, shrinkPhoto } from './photo.ts';

/** What the file picker offers; what really is inside is judged by the server. */
export const accepted =
  'image/*,audio/*,video/mp4,application/pdf,.docx,.xlsx,application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export type Prepared = { blob: Blob; file: OutgoingFile } | { problem: 'badPhoto' | 'badType' | 'tooLarge' };

/**
 * @param picked what the visitor chose
 * @param maxBytes the server's limit
 * @returns photos shrunk, everything else as it is
 */
export async function prepareFile(picked: File, maxBytes: number): Promise<Prepared> {
  if (/svg|html|xml$/.test(picked.type)) return { problem: 'badType' };
  if (!picked.type.startsWith('image/'))
    return fitting(picked, { name: picked.name, mime: picked.type, size: picked.size, isVoice: false }, maxBytes);
  const photo = await shrinkPhoto(picked);
  if (photo === null) return { problem: 'badPhoto' };
  return fitting(photo, { name: photoName(picked.name), mime: photo.type, size: photo.size, isVoice: false }, maxBytes);
}

/** @returns a recording as it is sent */
export function prepareVoice(note: Blob, now: Date): { blob: Blob; file: OutgoingFile } {
  const kind = note.type.split('/')[1] ?? 'webm';
  const stamp = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0')).join('.');
  return { blob: note, file: { name: `suara ${stamp}.${kind}`, mime: note.type, size: note.size, isVoice: true } };
}

const fitting = (blob: Blob, file: OutgoingFile, maxBytes: number): Prepared =>
  blob.size > maxBytes ? { problem: 'tooLarge' } : { blob, file };
