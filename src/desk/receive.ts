// The story of one inbound message: masked, stored, acknowledged, shown, then answered in its conversation's line.

import type { InboundMessage, Message } from '../contract/message.ts';
import { fetchFiles } from './attachments.ts';
import type { DeskContext, Seat } from './context.ts';
import { maskPersonal } from './identifiers.ts';
import { identify } from './identity.ts';
import { newId } from './ids.ts';
import { isLinkTry, readLinkCode } from './linkCodes.ts';
import { openRequest } from './openRequest.ts';
import { readPrivately } from './permitIntake.ts';
import type { OpenRequest, Received } from './storePort.ts';
import { type Pace, type TurnOptions, takeTurn } from './turn.ts';

/** Judges how fast one sender writes; called once per stored message. */
export type PaceKeeper = (contactId: string, conversationId: string, text: string) => Pace;

/**
 * Stores one inbound message and starts answering it.
 * @returns once the message is durable; the answer follows by itself, and the sweep repeats it should this process die
 * @throws LoketError `store-away` / `overloaded`: nothing was stored, the channel must not acknowledge
 */
export async function receiveMessage(
  desk: DeskContext,
  paceOf: PaceKeeper,
  given: InboundMessage,
): Promise<{ kind: 'stored' | 'duplicate'; message: Message }> {
  const { inbound: identified, learn } = await identify(desk, given);
  const open = () => desk.store.conversations.open(requestOf(desk, identified));
  const inbound = await readLinkCode(desk, identified, open);
  const read = await readPrivately(desk, inbound, open);
  const received = await store(desk, inbound, read.text);
  if (received.kind === 'duplicate') return { kind: 'duplicate', message: received.message };

  const { conversation, contact, message } = received;
  // A failure costs nothing: the next message learns it.
  await learn(contact).catch((error: unknown) => desk.log.warn({ cause: String(error) }, 'names of a contact not written down'));
  desk.meter.message(inbound.channel, 'in', 'received');
  desk.realtime.changed({ conversation, contact, messages: [message] });
  if (message.attachments.length > 0) fetchFiles(desk, received);

  // What was hidden looks alike: two different tries are no repetition.
  const said = read.fact === null && !isLinkTry(message) ? message.text : message.id;
  const pace = paceOf(contact.id, conversation.id, said);
  answerInLine(desk, received, { message, pace, fact: read.fact });
  return { kind: 'stored', message };
}

const requestOf = (desk: DeskContext, { from, channel, accountId }: InboundMessage): OpenRequest =>
  openRequest(desk, { ...from, channel, accountId });

/** @param text of the message, with everything hidden that must not be written down */
function store(desk: DeskContext, inbound: InboundMessage, text: string): Promise<Received> {
  return desk.store.conversations.receive({
    ...requestOf(desk, inbound),
    message: {
      id: newId('m'),
      externalId: inbound.externalId,
      clientMessageId: inbound.clientMessageId,
      kind: inbound.kind,
      text,
      attachments: inbound.attachments.map((file) => ({ ...file, name: maskPersonal(file.name) })),
      button: inbound.button,
      author: { kind: inbound.from.isBot ? 'bot' : 'contact', id: null, name: null },
      sentAt: inbound.sentAt,
    },
  });
}

function answerInLine(desk: DeskContext, seat: Seat, fresh: NonNullable<TurnOptions['fresh']>): void {
  desk.serial
    .run(seat.conversation.id, () => takeTurn(desk, seat, { fresh }))
    .catch((error: unknown) =>
      desk.log.error({ conversationId: seat.conversation.id, cause: String(error) }, 'turn failed; the sweep will repeat it'),
    );
}
