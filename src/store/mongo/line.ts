// The one way a stored message changes after it was written: its own `rev` and its conversation's rise together, in one transaction.
import type { ClientSession } from 'mongoose';
import type { Message } from '../../contract/message.ts';
import type { MongoConnection } from './connection.ts';
import { Overtaken } from './errors.ts';
import { oneOf } from './filters.ts';
import type { ConversationDoc, MessageDoc } from './models.ts';
import { toMessage } from './records.ts';

export interface Line {
  /**
   * Changes one message, as it was read in this session, and finds anew what its line may send.
   * @param also more to set on the conversation
   */
  change(
    message: MessageDoc,
    set: Partial<MessageDoc>,
    session: ClientSession,
    also?: Partial<ConversationDoc>,
  ): Promise<Message>;
  /** When the head of the outgoing line may be sent; null while it is being sent, or when nothing waits. */
  headAt(conversationId: string, session: ClientSession): Promise<number | null>;
}

/** @returns changes of messages for use inside an atomic command. */
export function createLine({ models }: MongoConnection): Line {
  async function headAt(conversationId: string, session: ClientSession): Promise<number | null> {
    const head = await models.messages
      .findOne({ conversationId, state: oneOf(['pending', 'sending'] as const) }, { state: 1, notBefore: 1 }, { session })
      .sort({ pos: 1 })
      .lean();
    return head?.state === 'pending' ? head.notBefore : null;
  }

  return {
    headAt,
    async change(message, set, session, also = {}) {
      const { conversationId } = message;
      const conversation = await models.conversations.findById(conversationId, { rev: 1 }, { session }).lean();
      if (conversation === null) throw new Overtaken();
      const rev = conversation.rev + 1;
      const changed = { ...message, ...set, rev };
      const written = await models.messages.updateOne({ _id: message._id }, { $set: { ...set, rev } }, { session });
      const sendAt = await headAt(conversationId, session);
      const raised = await models.conversations.updateOne(
        { _id: conversationId, rev: conversation.rev },
        { $set: { ...also, rev, sendAt } },
        { session },
      );
      if (written.matchedCount !== 1 || raised.matchedCount !== 1) throw new Overtaken();
      return toMessage(changed);
    },
  };
}
