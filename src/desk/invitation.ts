// The link that opens WhatsApp with a code already written: the same for both WhatsApp channels.
import type { Invitation } from './ports.ts';

/** @param number digits with country code. Form of the link: WhatsApp's "click to chat" */
export const waInvitation = (number: string, code: string): Invitation => ({
  app: 'WhatsApp',
  url: `https://wa.me/${number}?text=${encodeURIComponent(`Sambungkan chat saya: ${code}`)}`,
});
