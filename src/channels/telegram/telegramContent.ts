// What a Telegram message says: its kind, its text for people, its files. Pure; no kind of message makes it throw.
import type { Attachment, MessageKind } from '../../contract/message.ts';
import { maskPhone } from '../../desk/identifiers.ts';
import type { TelegramFile, TelegramMessage } from './telegramUpdate.ts';

/** `getFile` gives nothing larger (Bot API, "getFile"). Bytes. */
const FILE_LIMIT = 20 * 1024 * 1024;
const MAX_TEXT = 8000;

export interface Content {
  kind: MessageKind;
  text: string;
  attachments: Attachment[];
  /** The sender's own number in E.164, when the sender shared it. */
  phone: string | null;
}

/**
 * @param message of any kind
 * @param externalId our id of the message; files are numbered under it
 */
export function readContent(message: TelegramMessage, externalId: string): Content {
  const caption = cut(message.caption ?? '', MAX_TEXT);
  const withFile = (kind: MessageKind, file: TelegramFile, name: string, mime: string): Content => ({
    kind,
    text: caption,
    attachments: [toAttachment(file, { id: `${externalId}:file`, name, mime })],
    phone: null,
  });
  const plain = (kind: MessageKind, text: string): Content => ({ kind, text: cut(text, MAX_TEXT), attachments: [], phone: null });

  if (message.text !== undefined) return plain('text', message.text);
  if (message.photo) return withFile('image', largest(message.photo), 'foto.jpg', 'image/jpeg');
  // A GIF carries `document` as well, for old clients: `animation` is asked first.
  if (message.animation) return withFile('video', message.animation, 'animasi.mp4', 'video/mp4');
  if (message.document) return withFile('document', message.document, 'dokumen', 'application/octet-stream');
  if (message.voice) return withFile('voice', message.voice, 'pesan-suara.ogg', 'audio/ogg');
  if (message.audio) return withFile('audio', message.audio, 'audio.mp3', 'audio/mpeg');
  if (message.video) return withFile('video', message.video, 'video.mp4', 'video/mp4');
  if (message.video_note) return withFile('video', message.video_note, 'video.mp4', 'video/mp4');
  if (message.sticker) return plain('sticker', message.sticker.emoji ?? '');
  if (message.location) return plain('location', placeText(message));
  if (message.contact) return { ...plain('contact', ''), ...sharedContact(message, message.contact) };
  return plain('unsupported', caption || 'Jenis pesan ini tidak dapat ditampilkan.');
}

/** The app's own notes in a private chat: not something the citizen said. */
export function isServiceNote(message: TelegramMessage): boolean {
  return (
    message.pinned_message !== undefined ||
    message.message_auto_delete_timer_changed !== undefined ||
    message.write_access_allowed !== undefined ||
    message.chat_background_set !== undefined
  );
}

/** @returns at most `max` UTF-16 units, never half of a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max);
  return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}

/** The largest size that may be fetched; the smallest of all when none may. */
function largest(sizes: TelegramFile[]): TelegramFile {
  const byArea = sizes.toSorted((a, b) => area(b) - area(a));
  const first = byArea.find((size) => (size.file_size ?? 0) <= FILE_LIMIT) ?? byArea.at(-1);
  if (first === undefined) throw new Error('a photo without sizes passed the schema');
  return first;
}

const area = (size: TelegramFile): number => (size.width ?? 0) * (size.height ?? 0);

function toAttachment(file: TelegramFile, defaults: { id: string; name: string; mime: string }): Attachment {
  const size = file.file_size ?? 0;
  const isTooLarge = size > FILE_LIMIT;
  return {
    id: defaults.id,
    name: cut(file.file_name || defaults.name, 200),
    mime: cut(file.mime_type || defaults.mime, 120),
    size,
    state: isTooLarge ? 'refused' : 'remote',
    ref: isTooLarge ? null : file.file_id,
    key: null,
  };
}

function placeText({ location, venue }: TelegramMessage): string {
  const point = location ? `${location.latitude}, ${location.longitude}` : '';
  return venue ? `${venue.title}, ${venue.address} (${point})` : point;
}

/** A number belongs to the sender only when Telegram says whose it is and both are the same person in a private chat. */
function sharedContact(
  message: TelegramMessage,
  contact: { phone_number: string; user_id?: number | undefined },
): Pick<Content, 'text' | 'phone'> {
  const digits = contact.phone_number.replace(/\D/g, '');
  if (digits.length < 6 || digits.length > 15) return { text: 'Nomor telepon dibagikan.', phone: null };
  const phone = `+${digits}`;
  const isOwn = message.chat.type === 'private' && contact.user_id !== undefined && contact.user_id === message.from?.id;
  return isOwn
    ? { text: `Nomor telepon sendiri: ${maskPhone(phone)}`, phone }
    : { text: `Kontak: ${maskPhone(phone)}`, phone: null };
}
