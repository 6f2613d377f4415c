// What goes out, as the Cloud API wants it. Limits are checked here, before anything is sent. Pure. Source: Meta, "Messages", v24.0.
import type { Attachment, Button, MessageTemplate } from '../../contract/message.ts';
import type { OutboundMessage } from '../../desk/ports.ts';
import { cut } from './cloudContent.ts';

/** Characters. */
export const limits = { text: 4096, interactiveBody: 1024, caption: 1024 };
const MAX_REPLY_BUTTONS = 3;
const MAX_ROWS = 10;
/** What opens a list, at most 20 characters. */
const LIST_LABEL = 'Pilih';

export interface Upload {
  type: 'image' | 'document' | 'audio' | 'video';
  mime: string;
  name: string;
}
type Body =
  | { type: 'text'; text: { body: string; preview_url: false } }
  | { type: 'interactive'; interactive: object }
  | { type: 'template'; template: object }
  | { type: Upload['type']; [media: string]: unknown };
/** `to` is a number, `recipient` a business-scoped id: one of both. A BSUID in `to` is answered 200 and never delivered. */
type Address = { to: string } | { recipient: string };
export type SendRequest = {
  messaging_product: 'whatsapp';
  recipient_type: 'individual';
  biz_opaque_callback_data: string;
} & Address &
  Body;

/** @param uploaded Meta's id of the message's file, when it has one */
export function fromOutbound(out: OutboundMessage, uploaded: { upload: Upload; id: string } | null = null): SendRequest {
  const { externalId } = out.contact;
  const address = /^\d+$/.test(externalId) ? { to: externalId } : { recipient: externalId };
  const { template, text } = out.message;
  const body = template ? templateBody(template) : uploaded === null ? textBody(out.message) : mediaBody(text, uploaded);
  // Comes back in every status: settles what was sent without an answer.
  const ours = { biz_opaque_callback_data: out.message.id };
  return { messaging_product: 'whatsapp', recipient_type: 'individual', ...address, ...ours, ...body };
}

function templateBody({ name, language, variables }: MessageTemplate): Body {
  const parameters = variables.map((text) => ({ type: 'text', text }));
  const components = parameters.length === 0 ? {} : { components: [{ type: 'body', parameters }] };
  return { type: 'template', template: { name, language: { code: language }, ...components } };
}

function textBody({ text, buttons }: { text: string; buttons: Button[] }): Body {
  if (buttons.length === 0) return plain(text);
  const fits = text.length <= limits.interactiveBody && text.trim() !== '' && areDistinct(buttons);
  if (fits && buttons.length <= MAX_REPLY_BUTTONS) return interactive(text, { type: 'button', action: replies(buttons) });
  if (fits && buttons.length <= MAX_ROWS) return interactive(text, { type: 'list', action: rows(buttons) });
  return plain(withNumbers(text, buttons));
}

const plain = (body: string): Body => ({ type: 'text', text: { body, preview_url: false } });

const interactive = (text: string, { type, action }: { type: string; action: object }): Body => ({
  type: 'interactive',
  interactive: { type, body: { text }, action },
});

const replies = (buttons: Button[]) => ({
  buttons: buttons.map(({ id, label }) => ({ type: 'reply', reply: { id, title: label } })),
});

const rows = (buttons: Button[]) => ({
  button: LIST_LABEL,
  sections: [{ title: LIST_LABEL, rows: buttons.map(({ id, label }) => ({ id, title: label })) }],
});

/** Meta refuses two buttons with one id or one title. */
function areDistinct(buttons: Button[]): boolean {
  return [buttons.map(({ id }) => id), buttons.map(({ label }) => label)].every((names) => new Set(names).size === names.length);
}

/** What cannot be shown as buttons stands below the text; the desk reads the typed words of a button as a press. */
function withNumbers(text: string, buttons: Button[]): string {
  const choices = buttons.map(({ label }, i) => `${i + 1}. ${label}`).join('\n');
  const whole = text.trim() === '' ? choices : `${text}\n\n${choices}`;
  // A text of the full length keeps its words: a way on is said again in the next message, a fact is not.
  return whole.length <= limits.text ? whole : text;
}

function mediaBody(text: string, { upload, id }: { upload: Upload; id: string }): Body {
  const { type, name } = upload;
  const caption = type !== 'audio' && text !== '' && { caption: cut(text, limits.caption) };
  return { type, [type]: { id, ...caption, ...(type === 'document' && { filename: name }) } };
}

/** What Meta takes as which kind, and up to which size in bytes (Cloud API, "Supported media types"); the rest are documents. */
const kinds: { type: Upload['type']; mime: RegExp; max: number }[] = [
  { type: 'image', mime: /^image\/(jpeg|png)$/, max: 5_000_000 },
  { type: 'video', mime: /^video\/(mp4|3gpp)$/, max: 16_000_000 },
  { type: 'audio', mime: /^audio\/(aac|mp4|mpeg|amr|ogg)$/, max: 16_000_000 },
];
/** The largest document. Bytes. */
export const maxFile = 100_000_000;

/** @param size of the bytes that will be sent */
export function asUpload(file: Attachment, size: number): Upload {
  const kind = kinds.find(({ mime, max }) => mime.test(file.mime) && size <= max);
  return { type: kind?.type ?? 'document', mime: file.mime, name: file.name };
}
