// Hands updates to the desk: one chat's in the order they came, different chats side by side. Polling and webhook both end here.
import { LoketError } from '../../contract/errors.ts';
import type { DeskLog, Intake } from '../../desk/ports.ts';
import type { Bot } from './telegramAddress.ts';
import type { TelegramApi } from './telegramApi.ts';
import { chatOf, toInbound } from './telegramConvert.ts';
import { readTrouble } from './telegramErrors.ts';
import type { TelegramUpdate } from './telegramUpdate.ts';

export interface Ingest {
  /**
   * Calls the intake in this very turn of the event loop unless the chat has an update in hand: the store can then write many
   * chats in one commit.
   * @returns once the update is durable; rejects as the intake does, and then so does every update of the chat behind it,
   *   because storing that one first would turn the order around
   */
  take(update: TelegramUpdate): Promise<void>;
  /** Resolves when nothing is in hand. */
  idle(): Promise<void>;
}

export function createIngest(parts: { intake: Intake; bot: Bot; api: TelegramApi; log: DeskLog; now: () => number }): Ingest {
  const { intake, bot, api, log, now } = parts;
  const lanes = new Map<number | null, Promise<void>>();

  async function hand(update: TelegramUpdate): Promise<void> {
    // Group ids are negative. Whether a group speaks to us can only be told by our name, which a webhook may outrun.
    if (bot.username === null && (chatOf(update) ?? 0) < 0)
      throw new LoketError('overloaded', 'The bot does not know its name yet.');
    const translated = toInbound(update, bot, now());
    if (translated.kind === 'ignore') return;
    if (translated.kind === 'edit') return intake.edit(translated.edit);
    await intake.message(translated.inbound);
    if (translated.pressId !== null) confirmPress(translated.pressId);
  }

  /** Ends the little clock on the pressed button. Nothing hangs on it, so nobody waits for it. */
  function confirmPress(pressId: string): void {
    api
      .call('answerCallbackQuery', { callback_query_id: pressId })
      .catch((error: unknown) =>
        log.info({ channel: 'telegram', status: readTrouble(error).status }, 'button press not confirmed'),
      );
  }

  return {
    take(update) {
      const chat = chatOf(update);
      const before = lanes.get(chat);
      const work = before === undefined ? hand(update) : before.then(() => hand(update));
      lanes.set(chat, work);
      const leave = () => {
        if (lanes.get(chat) === work) lanes.delete(chat);
      };
      work.then(leave, leave);
      return work;
    },
    async idle() {
      await Promise.allSettled(lanes.values());
    },
  };
}
