// Translates between Telegram and the desk, in both directions. Pure: no network, no clock, never a throw.
import type { InboundEdit, InboundMessage } from '../../contract/message.ts';
import { findLinkCode } from '../../desk/linkCodeForm.ts';
import type { OutboundMessage } from '../../desk/ports.ts';
import { type Bot, mentionsUs, withoutMention } from './telegramAddress.ts';
import { cut, isServiceNote, readContent } from './telegramContent.ts';
import type { TelegramCallback, TelegramMessage, TelegramUpdate } from './telegramUpdate.ts';

export type Translated =
  /** `pressId`: the button press that Telegram wants confirmed. */
  { kind: 'message'; inbound: InboundMessage; pressId: string | null } | { kind: 'edit'; edit: InboundEdit } | { kind: 'ignore' };

/** The ids of a message: our part of the key under which a repeated delivery is recognised, the same at every repeat. */
const messageKey = (chatId: number, messageId: number): string => `${chatId}:${messageId}`;

/**
 * @param update as parsed from Telegram
 * @param now epoch ms; the time of a button press, for which Telegram gives none
 */
export function toInbound(update: TelegramUpdate, bot: Bot, now: number): Translated {
  if (update.message) return fromMessage(update.message, bot);
  if (update.edited_message) return fromEdit(update.edited_message, bot);
  if (update.callback_query) return fromPress(update.callback_query, bot, now);
  return { kind: 'ignore' };
}

/** @returns the chat whose updates must stay in order; null when the update belongs to none. */
export function chatOf(update: TelegramUpdate): number | null {
  const message = update.message ?? update.edited_message ?? update.callback_query?.message;
  // The id of a private chat is the id of the person.
  return message?.chat.id ?? update.callback_query?.from.id ?? null;
}

function fromMessage(message: TelegramMessage, bot: Bot): Translated {
  const { chat } = message;
  if (chat.type === 'channel' || isServiceNote(message)) return { kind: 'ignore' };
  if (chat.type !== 'private' && !mentionsUs(message, bot)) return { kind: 'ignore' };

  const externalId = messageKey(chat.id, message.message_id);
  const content = readContent(message, externalId);
  return {
    kind: 'message',
    pressId: null,
    inbound: {
      channel: 'telegram',
      accountId: bot.accountId,
      externalId,
      from: {
        externalId: String(chat.id),
        name: nameOf(message),
        phone: content.phone,
        isBot: message.from?.is_bot ?? false,
        ...(chat.type !== 'private' && { isGroup: true }),
      },
      kind: content.kind,
      text: withoutPayload(chat.type === 'private' ? content.text : withoutMention(content.text, bot)),
      attachments: content.attachments,
      button: null,
      clientMessageId: null,
      sentAt: message.date * 1000,
    },
  };
}

/** An edit of a message we never took (a group talking among itself) finds nothing in the store and changes nothing. */
function fromEdit(message: TelegramMessage, bot: Bot): Translated {
  const { chat } = message;
  if (chat.type === 'channel') return { kind: 'ignore' };
  const externalId = messageKey(chat.id, message.message_id);
  const { text } = readContent(message, externalId);
  return {
    kind: 'edit',
    edit: {
      channel: 'telegram',
      accountId: bot.accountId,
      externalId,
      text: chat.type === 'private' ? text : withoutMention(text, bot),
      deleted: false,
      at: (message.edit_date ?? message.date) * 1000,
    },
  };
}

function fromPress(press: TelegramCallback, bot: Bot, now: number): Translated {
  const { message, data } = press;
  if (data === undefined) return { kind: 'ignore' };
  const keys = message?.reply_markup?.inline_keyboard.flat() ?? [];
  const isPrivate = message === undefined || message.chat.type === 'private';
  return {
    kind: 'message',
    pressId: press.id,
    inbound: {
      channel: 'telegram',
      accountId: bot.accountId,
      externalId: `cb:${press.id}`,
      from: {
        externalId: String(message?.chat.id ?? press.from.id),
        name: isPrivate ? personName(press.from) : groupName(message.chat.title),
        phone: null,
        isBot: press.from.is_bot,
        ...(!isPrivate && { isGroup: true }),
      },
      kind: 'text',
      text: keys.find((key) => key.callback_data === data)?.text ?? data,
      attachments: [],
      button: data,
      clientMessageId: null,
      sentAt: now,
    },
  };
}

/** In a group the contact is the group: a reply goes to everybody in it, and the officer must see that. */
function nameOf({ chat, from }: TelegramMessage): string | null {
  if (chat.type !== 'private') return groupName(chat.title);
  return from ? personName(from) : null;
}

const groupName = (title: string | undefined): string => cut(`Grup: ${title ?? 'tanpa nama'}`, 120);

function personName(user: { first_name?: string | undefined; last_name?: string | undefined }): string | null {
  const name = [user.first_name, user.last_name].join(' ').trim();
  return name === '' ? null : cut(name, 120);
}

/** `t.me/<bot>?start=<payload>` arrives as "/start <payload>": the payload is for programs. */
const withoutPayload = (text: string): string =>
  /^\/start(?:\s|$)/.test(text) ? ['/start', findLinkCode(text) ?? []].flat().join(' ') : text;

interface Key {
  text: string;
  callback_data: string;
}
export interface SendMessage {
  chat_id: string;
  text: string;
  link_preview_options: { is_disabled: true };
  reply_markup?: { inline_keyboard: Key[][] };
}

/** Bytes Telegram takes as `callback_data`. */
const MAX_DATA = 64;
/** Two labels of this length still fit side by side on a small phone. */
const SHORT_LABEL = 12;

/** Plain text without `parse_mode`: what a citizen or officer wrote can never become markup. */
export function fromOutbound({ message, contact }: OutboundMessage): SendMessage {
  const keys = message.buttons
    .filter(({ id }) => Buffer.byteLength(id) <= MAX_DATA)
    .map(({ id, label }): Key => ({ text: label, callback_data: id }));
  return {
    chat_id: contact.externalId,
    text: message.text,
    link_preview_options: { is_disabled: true },
    ...(keys.length > 0 && { reply_markup: { inline_keyboard: inRows(keys) } }),
  };
}

function inRows(keys: Key[]): Key[][] {
  const perRow = keys.every(({ text }) => text.length <= SHORT_LABEL) ? 2 : 1;
  return Array.from({ length: Math.ceil(keys.length / perRow) }, (_, row) => keys.slice(row * perRow, (row + 1) * perRow));
}
