// Outbound messages for channel tests.
import type { Button } from '../../src/contract/message.ts';
import type { OutboundMessage } from '../../src/desk/ports.ts';

/** @param to which contact on which channel, by the channel's own id */
export function outbound(
  to: { channel: OutboundMessage['contact']['channel']; accountId: string; externalId: string },
  text: string,
  buttons: Button[] = [],
): OutboundMessage {
  return {
    contact: { id: `p:${to.externalId}`, ...to, name: null, phone: null, unreachable: false, blocked: false, createdAt: 0 },
    message: {
      ...{ id: `m:${text}`, conversationId: `c:${to.externalId}`, seq: 1, rev: 1, direction: 'out', state: 'sending' },
      ...{ author: { kind: 'bot', id: null, name: null }, kind: 'text', text, buttons, attachments: [], stateReason: null },
      ...{ externalId: null, clientMessageId: null, inReplyTo: null, ruleId: null, coveredBy: null, button: null, reason: null },
      ...{ attempt: 1, createdAt: 0, sentAt: null, editedAt: null, deleted: false },
    },
  };
}
