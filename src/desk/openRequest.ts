// How a verb asks for a contact's open conversation.
import type { InboundMessage } from '../contract/message.ts';
import type { DeskContext } from './context.ts';
import { newId } from './ids.ts';
import type { OpenRequest } from './storePort.ts';

/** @returns what the store needs to find or make the contact's open conversation. */
export function openRequest(
  desk: DeskContext,
  contact: {
    channel: InboundMessage['channel'];
    accountId: string;
    externalId: string;
    name?: string | null;
    phone?: string | null;
  },
): OpenRequest {
  const now = desk.clock.now();
  const oneThread = desk.channel(contact.channel)?.capabilities.oneThread ?? false;
  return {
    contact: {
      channel: contact.channel,
      accountId: contact.accountId,
      externalId: contact.externalId,
      name: contact.name ?? null,
      phone: contact.phone ?? null,
    },
    newContactId: newId('p'),
    newConversationId: newId('c'),
    reuseClosedSince: oneThread ? 0 : now - desk.office().rules.reopenDays * 86_400_000,
    now,
  };
}
