// What a WhatsApp message says: its kind, its text for people, its files, the pressed button. Pure; no kind of message makes it throw.
import type { Attachment, MessageKind } from '../../contract/message.ts';
import { maskPhone } from '../../desk/identifiers.ts';
import type { CloudMedia, CloudMessage } from './cloudUpdate.ts';

const MAX_TEXT = 8000;
/** What a button of ours may carry (contract/message.ts). */
const MAX_BUTTON = 64;

export interface Content {
  kind: MessageKind;
  text: string;
  attachments: Attachment[];
  button: string | null;
}

const unreadable = 'Jenis pesan ini tidak dapat ditampilkan.';

/** @returns null when there is nothing to keep: a reaction taken back */
export function readContent(message: CloudMessage): Content | null {
  const { text, interactive, button, location, contacts, reaction, order } = message;
  if (text) return plain('text', text.body);
  const choice = interactive?.button_reply ?? interactive?.list_reply;
  if (choice?.title !== undefined) return pressed(choice.title, choice.id);
  // The quick reply of a template.
  if (button) return pressed(button.text ?? button.payload ?? '', button.payload);
  const media = mediaOf(message);
  if (media !== null) return media;
  if (location) return plain('location', placeText(location));
  if (contacts && contacts.length > 0) return plain('contact', contacts.map(cardText).join('\n'));
  // A thumb under a message asks for nothing, like a sticker.
  if (reaction) return reaction.emoji ? plain('sticker', reaction.emoji) : null;
  if (order) return plain('unsupported', order.text || `Pesanan dari katalog (${order.product_items?.length ?? 0} barang).`);
  return plain('unsupported', unreadable);
}

const plain = (kind: MessageKind, text: string): Content => ({ kind, text: cut(text, MAX_TEXT), attachments: [], button: null });

function pressed(label: string, id: string | undefined): Content {
  const isOurs = id !== undefined && id !== '' && id.length <= MAX_BUTTON;
  return { ...plain('text', label), button: isOurs ? id : null };
}

function mediaOf(message: CloudMessage): Content | null {
  const { image, document, audio, video, sticker } = message;
  const of = (kind: MessageKind, media: CloudMedia, name: string, mime: string): Content => ({
    ...plain(kind, media.caption ?? ''),
    attachments: [toAttachment(message.id, media, name, mime)],
  });
  if (image) return of('image', image, 'foto.jpg', 'image/jpeg');
  if (document) return of('document', document, 'dokumen', 'application/octet-stream');
  if (audio?.voice === true) return of('voice', audio, 'pesan-suara.ogg', 'audio/ogg');
  if (audio) return of('audio', audio, 'audio.mp3', 'audio/mpeg');
  if (video) return of('video', video, 'video.mp4', 'video/mp4');
  if (sticker) return of('sticker', sticker, 'stiker.webp', 'image/webp');
  return null;
}

/** A WhatsApp message has one file at most; its id is our message's, cut to what the contract takes. */
function toAttachment(messageId: string, media: CloudMedia, name: string, mime: string): Attachment {
  return {
    id: `${messageId.slice(-70).replace(/[^A-Za-z0-9:_.-]/g, '_')}:file`,
    name: cut(media.filename || name, 200),
    mime: cut(media.mime_type?.split(';')[0]?.trim() || mime, 120),
    size: 0,
    state: 'remote',
    ref: media.id,
    key: null,
  };
}

function placeText({ latitude, longitude, name, address }: NonNullable<CloudMessage['location']>): string {
  const point = `${latitude}, ${longitude}`;
  const words = [name, address].filter((one) => one !== undefined && one !== '').join(', ');
  return words === '' ? point : `${words} (${point})`;
}

/** A shared card is somebody else's: its number is masked and never becomes the sender's. */
function cardText({ name, phones }: NonNullable<CloudMessage['contacts']>[number]): string {
  const numbers = (phones ?? []).flatMap(({ phone, wa_id }) => {
    const digits = (wa_id ?? phone ?? '').replace(/\D/g, '');
    return digits === '' ? [] : maskPhone(`+${digits}`);
  });
  return `Kontak: ${[name?.formatted_name ?? 'tanpa nama', ...numbers].join(', ')}`;
}

/** @returns at most `max` UTF-16 units, never half of a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max);
  return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}
