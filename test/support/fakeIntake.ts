// A hand-written Intake for channel tests: keeps what arrives, knows repeats as a store does, fails when told to.
import { type InboundEdit, type InboundMessage, inboundSchema, type Message } from '../../src/contract/message.ts';
import type { Intake } from '../../src/desk/ports.ts';

export interface FakeIntake extends Intake {
  /** Stored messages, in the order in which they were stored; no repeats. */
  stored: InboundMessage[];
  /** Every call, repeats and refusals included. */
  asked: InboundMessage[];
  edits: InboundEdit[];
  reports: Parameters<Intake['report']>[0][];
  moves: Parameters<Intake['moved']>[0][];
  /** Asked before a message is stored: an error refuses it, a promise delays it. */
  before: ((inbound: InboundMessage) => Error | null | Promise<void>) | null;
}

export function createFakeIntake(): FakeIntake {
  const intake: FakeIntake = {
    stored: [],
    asked: [],
    edits: [],
    reports: [],
    moves: [],
    before: null,
    async message(inbound) {
      inboundSchema.parse(inbound);
      intake.asked.push(inbound);
      const trouble = intake.before?.(inbound);
      if (trouble instanceof Error) throw trouble;
      await trouble;
      const known = intake.stored.some((one) => one.accountId === inbound.accountId && one.externalId === inbound.externalId);
      if (!known) intake.stored.push(inbound);
      return { kind: known ? 'duplicate' : 'stored', message: toMessage(inbound) };
    },
    async edit(edit) {
      intake.edits.push(edit);
    },
    async report(report) {
      intake.reports.push(report);
    },
    async moved(told) {
      intake.moves.push(told);
    },
    open: async (contact) => ({ conversationId: `c:${contact.externalId}` }),
    history: () => Promise.reject(new Error('no history here')),
    knows: async () => true,
    seen: async () => undefined,
    typing: () => undefined,
  };
  return intake;
}

function toMessage(inbound: InboundMessage): Message {
  return {
    ...{ id: `m:${inbound.externalId}`, conversationId: `c:${inbound.from.externalId}`, seq: 1, rev: 1, direction: 'in' },
    ...{ author: { kind: 'contact', id: null, name: null }, kind: inbound.kind, text: inbound.text, buttons: [] },
    ...{ attachments: inbound.attachments, state: 'received', stateReason: null, externalId: inbound.externalId },
    ...{ clientMessageId: inbound.clientMessageId, inReplyTo: null, ruleId: null, coveredBy: null, button: inbound.button },
    ...{ reason: null, attempt: 0, createdAt: inbound.sentAt, sentAt: null, editedAt: null, deleted: false },
  };
}
