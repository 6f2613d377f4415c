// A file of ours as Telegram wants it: as a photo where phones show it at once, else as a document under its own name.
import type { Attachment } from '../../contract/message.ts';
import type { OutboundMessage } from '../../desk/ports.ts';

/** What goes out as multipart: telegraf uploads `source` under `filename`. */
interface Upload {
  source: Buffer;
  filename: string;
}
export type FileCall =
  | { method: 'sendPhoto'; payload: { chat_id: string; photo: Upload; caption?: string } }
  | { method: 'sendDocument'; payload: { chat_id: string; document: Upload; caption?: string } };

/** Larger pictures go as documents (Bot API, sendPhoto). Bytes. */
const MAX_PHOTO = 10_000_000;
/** Bot API: caption, 0-1024 characters. */
const MAX_CAPTION = 1024;

/** @param bytes the whole file */
export function fromFile({ message, contact }: OutboundMessage, file: Attachment, bytes: Uint8Array): FileCall {
  const upload = { source: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), filename: file.name };
  const to = { chat_id: contact.externalId, ...(message.text !== '' && { caption: message.text.slice(0, MAX_CAPTION) }) };
  const isPhoto = /^image\/(jpeg|png|webp)$/.test(file.mime) && bytes.byteLength <= MAX_PHOTO;
  return isPhoto
    ? { method: 'sendPhoto', payload: { ...to, photo: upload } }
    : { method: 'sendDocument', payload: { ...to, document: upload } };
}
