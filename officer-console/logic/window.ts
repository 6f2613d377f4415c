// The time left to reply on channels that take free texts only for a while after the citizen's last message. No DOM.
import type { ConversationRow } from '../../src/contract/conversation.ts';
import type { ChannelNews } from '../../src/contract/templates.ts';
import { t } from './language.ts';

/** With less than this left a conversation goes to the top, as the server's lists do. Milliseconds. */
const URGENT_MS = 2 * 3_600_000;

const newsOf = (channels: readonly ChannelNews[], row: ConversationRow) => channels.find(({ name }) => name === row.channel);

/** @returns when the window ends, epoch ms; null when the channel has none or is not known yet. */
export function windowEnd(row: ConversationRow, channels: readonly ChannelNews[]): number | null {
  const windowMs = newsOf(channels, row)?.windowMs ?? null;
  return windowMs === null ? null : (row.lastInboundAt ?? 0) + windowMs;
}

/** @returns whether approved texts can be sent on the row's channel. */
export const takesTemplates = (row: ConversationRow, channels: readonly ChannelNews[]): boolean =>
  newsOf(channels, row)?.templates ?? false;

/** @returns the end of a window that closes within two hours while somebody waits; null when there is no such hurry. */
export function hurry(row: ConversationRow, channels: readonly ChannelNews[], now: number): number | null {
  const end = windowEnd(row, channels);
  const waits = row.state === 'queued' || (row.state === 'officer' && row.waitingSince !== null);
  return end !== null && waits && end > now && end - now < URGENT_MS ? end : null;
}

/** @returns `23 j 10 m lagi untuk membalas`, `waktu balas habis`; null without a window. */
export function windowText(row: ConversationRow, channels: readonly ChannelNews[], now: number): string | null {
  const end = windowEnd(row, channels);
  if (end === null) return null;
  const minutes = Math.ceil((end - now) / 60_000);
  if (minutes <= 0) return t('waktu balas habis', 'time to reply is over');
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const left = hours === 0 ? `${rest} m` : `${hours} ${t('j', 'h')} ${rest} m`;
  return t(`${left} lagi untuk membalas`, `${left} left to reply`);
}

/** @returns why nothing but a template can be sent now; null while the window is open. */
export function windowBlock(row: ConversationRow, channels: readonly ChannelNews[], now: number): string | null {
  const end = windowEnd(row, channels);
  if (end === null || now < end) return null;
  return takesTemplates(row, channels)
    ? t(
        'Waktu balas di kanal ini habis: sudah lebih dari 24 jam sejak pesan terakhir warga. Kirim templat, atau tunggu warga menulis lagi.',
        'The time to reply is over: more than 24 h since the citizen wrote. Send a template, or wait until the citizen writes.',
      )
    : t(
        'Waktu balas di kanal ini habis. Balasan dapat dikirim lagi begitu warga menulis.',
        'The time to reply on this channel is over. You can reply again as soon as the citizen writes.',
      );
}
