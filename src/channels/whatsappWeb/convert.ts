// Translates between WhatsApp Web and the desk, in both directions. Pure: no network, never a throw.
import type { Attachment, InboundEdit, InboundMessage, MessageKind } from '../../contract/message.ts';
import { maskPhone } from '../../desk/identifiers.ts';
import type { OutboundMessage } from '../../desk/ports.ts';
import type { DeliveryReport } from '../../desk/storePort.ts';
import type { FromChild, WireMessage } from './protocol.ts';

const MAX_TEXT = 8000;
const channel = 'whatsappWeb';

/** Direction and id together are unique within a number. */
const inId = (id: string): string => `in:${id}`;
export const outId = (id: string): string => `out:${id}`;

const kinds: Record<string, MessageKind> = {
  chat: 'text',
  image: 'image',
  video: 'video',
  gif: 'video',
  ptv: 'video',
  ptt: 'voice',
  audio: 'audio',
  document: 'document',
  sticker: 'sticker',
  location: 'location',
  vcard: 'contact',
  multi_vcard: 'contact',
  // Answers to menus of other programs: the words are what counts.
  list_response: 'text',
  buttons_response: 'text',
  template_button_reply: 'text',
};
const fileNames: Partial<Record<MessageKind, string>> = {
  image: 'foto.jpg',
  video: 'video.mp4',
  voice: 'pesan-suara.ogg',
  audio: 'audio.mp3',
};

export function toInbound(wire: WireMessage, accountId: string): InboundMessage {
  const kind = kinds[wire.type] ?? 'unsupported';
  return {
    channel,
    accountId,
    externalId: inId(wire.id),
    from: sender(wire.chat, wire.name, wire.lid),
    kind,
    text: cut(textOf(wire, kind), MAX_TEXT),
    attachments: wire.file === null || kind === 'sticker' ? [] : [attachment(wire, wire.file, kind)],
    button: null,
    clientMessageId: null,
    sentAt: Math.round(wire.t * 1000),
  };
}

/** A call cannot be taken here: it is written down, and the bot says so in words. */
export function callToInbound(call: Extract<FromChild, { kind: 'call-in' }>, accountId: string, now: number): InboundMessage {
  return {
    channel,
    accountId,
    externalId: `call:${call.id}`,
    from: sender(call.chat, null, null),
    kind: 'call',
    text: call.isVideo ? 'Panggilan video masuk, tidak terjawab.' : 'Panggilan suara masuk, tidak terjawab.',
    attachments: [],
    button: null,
    clientMessageId: null,
    sentAt: now,
  };
}

export function toEdit(edit: Extract<FromChild, { kind: 'edit' }>, accountId: string): InboundEdit {
  const { deleted } = edit;
  const text = deleted ? '' : cut(edit.text, MAX_TEXT);
  return { channel, accountId, externalId: inId(edit.id), text, deleted, at: Math.round(edit.at) };
}

/** @returns null for what says nothing new: still on its way */
export function toReport({ id, ack }: { id: string; ack: number }, accountId: string): DeliveryReport | null {
  if (ack === 0) return null;
  const state = ack < 0 ? 'failed' : ack === 1 ? 'sent' : ack === 2 ? 'delivered' : 'read';
  const reason = state === 'failed' ? 'WhatsApp menolak pesan ini.' : null;
  return { channel, accountId, externalId: outId(id), state, reason };
}

/** Buttons do not exist here. The desk understands 1 to 3 after a question, and a label that is typed, at any time. */
export function fromOutbound({ message }: OutboundMessage): string {
  if (message.buttons.length === 0) return message.text;
  const isQuestion = message.reason?.decision === 'ask';
  const menu = message.buttons.map(({ label }, at) => (isQuestion && at < 3 ? `${at + 1}. ${label}` : `• ${label}`));
  return `${message.text}\n\n${menu.join('\n')}`;
}

/** The address is the phone itself unless WhatsApp hides it. Both names lead to one contact, whichever the next message comes under. */
function sender(chat: string, name: string | null, told: string | null): InboundMessage['from'] {
  const digits = /^(\d{6,15})@c\.us$/.exec(chat)?.[1];
  const phone = digits === undefined ? null : `+${digits}`;
  const lid = told ?? (chat.endsWith('@lid') ? chat : null);
  const known = name?.trim() ?? '';
  return {
    externalId: chat,
    name: known === '' ? null : cut(known, 120),
    phone,
    isBot: false,
    aliases: [
      ...(lid === null ? [] : [{ kind: 'lid' as const, value: lid }]),
      ...(phone === null ? [] : [{ kind: 'phone' as const, value: phone }]),
    ],
  };
}

function textOf(wire: WireMessage, kind: MessageKind): string {
  if (kind === 'location') {
    const point = wire.place ? `${wire.place.latitude}, ${wire.place.longitude}` : '';
    return wire.place?.name ? `${wire.place.name} (${point})` : point;
  }
  if (kind === 'contact') return wire.cards.map(cardText).join('\n') || 'Kontak dibagikan.';
  if (kind === 'sticker') return '';
  return kind === 'unsupported' ? wire.body || 'Jenis pesan ini tidak dapat ditampilkan.' : wire.body;
}

/** Somebody's number is not written down in full. */
function cardText(card: string): string {
  const phone = /^TEL[^:\n]*:\s*(\+?[\d\s().-]{6,24})/m.exec(card)?.[1]?.replace(/[^\d+]/g, '');
  return phone === undefined ? 'Kontak dibagikan.' : `Kontak: ${maskPhone(phone)}`;
}

function attachment(wire: WireMessage, file: NonNullable<WireMessage['file']>, kind: MessageKind): Attachment {
  return {
    id: `${inId(wire.id).slice(0, 75)}:file`,
    name: cut(file.name || (fileNames[kind] ?? 'dokumen'), 200),
    mime: cut(file.mime || 'application/octet-stream', 120),
    size: Math.round(file.size),
    state: 'remote',
    ref: wire.key,
    key: null,
  };
}

/** At most `max` UTF-16 units, never half of a character. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max);
  return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}
