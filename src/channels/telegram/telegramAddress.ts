// In a group the bot answers only when it is spoken to: this says when, and takes the bot's name out of the words. Pure.
import type { TelegramMessage } from './telegramUpdate.ts';

/** Who we are on Telegram. `username` is null until Telegram has told it. */
export interface Bot {
  id: number;
  accountId: string;
  username: string | null;
}

/** True for a reply to the bot, a mention of it (`@name`, or by id) and a command that names it (`/start@name`). */
export function mentionsUs(message: TelegramMessage, bot: Bot): boolean {
  if (message.reply_to_message?.from?.id === bot.id) return true;
  const text = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const us = bot.username === null ? null : `@${bot.username.toLowerCase()}`;
  return entities.some((entity) => {
    if (entity.type === 'text_mention') return entity.user?.id === bot.id;
    if (us === null) return false;
    const words = text.slice(entity.offset, entity.offset + entity.length).toLowerCase();
    if (entity.type === 'mention') return words === us;
    return entity.type === 'bot_command' && words.endsWith(us);
  });
}

/** The words without our `@name`; the whole text when nothing else would be left. */
export function withoutMention(text: string, bot: Bot): string {
  if (bot.username === null) return text;
  const rest = text
    .replace(new RegExp(`@${bot.username}\\b`, 'gi'), '')
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
  return rest === '' ? text : rest;
}
