// What running the channels is about, as the console's page of them knows it.
import { z } from 'zod';
import type { ChannelName } from './message.ts';

/** How a channel stands that a person has to log in. Times in epoch ms. */
export interface ChannelLogin {
  /** To be scanned with the office's phone before `until`. */
  qr: { text: string; until: number } | null;
  /** To be typed into the office's phone before `until`. */
  code: { code: string; until: number } | null;
  /** Nothing is tried by itself any more, until a restart is asked for: nobody scanned for a while, or it cannot start here. */
  isAsleep: boolean;
  /** The linked number, masked; null before. */
  number: string | null;
  memoryMb: number | null;
  startedAt: number | null;
  lastMessageAt: number | null;
}

export interface ChannelView {
  name: ChannelName;
  accountId: string;
  /** `standby`: another node runs it. */
  state: 'connecting' | 'ready' | 'needs-login' | 'down' | 'standby';
  since: number;
  detail: string | null;
  /** Null: nothing to log in, nothing to restart. */
  login: ChannelLogin | null;
}

/** International, digits only, as WhatsApp wants it. */
export const pairBody = z.object({
  phone: z
    .string()
    .transform((text) => text.replace(/[\s().+-]/g, '').replace(/^0/, '62'))
    .pipe(z.string().regex(/^\d{8,15}$/, 'Tulis nomor dengan kode negara, misalnya 62812…')),
});
