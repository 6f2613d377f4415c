// Realtime where several nodes serve browsers: what this node's desk did is shown here and told to the others, and what others did is
// read from the store and shown here, as if it had happened here. So each node knows what its own browsers have seen.
// Options main.ts must pass: the publisher, the two namespaces, the nodes' hints, the store's `conversations` and `messages`, the log.
import type { Hint, Hints } from '../desk/nodes.ts';
import type { DeskLog, Realtime } from '../desk/ports.ts';
import { createSerial } from '../desk/serial.ts';
import type { Store } from '../desk/storePort.ts';
import type { OfficerNamespace, WidgetNamespace } from './server.ts';

export interface EveryNodeParts {
  publisher: Realtime;
  widget: WidgetNamespace;
  officer: OfficerNamespace;
  hints: Hints;
  store: { conversations: Pick<Store['conversations'], 'get'>; messages: Pick<Store['messages'], 'get' | 'since'> };
  log: DeskLog;
}

/** Changes of one conversation that are shown at once; who missed more catches up by `rev`. */
const MOST = 50;

/** @returns the port for the desk of this node. */
export function createEveryNode({ publisher, widget, officer, hints, store, log }: EveryNodeParts): Realtime {
  const lines = createSerial();
  const isOfInterest = (conversationId: string) =>
    officer.sockets.size > 0 || widget.adapter.rooms.has(`conversation:${conversationId}`);

  async function show(hint: Exclude<Hint, { kind: 'presence' }>): Promise<void> {
    if (hint.kind === 'duty') return publisher.duty(hint.officerId, hint.duty);
    if (hint.kind === 'cut') return publisher.cut(hint.officerId);
    if (!isOfInterest(hint.conversationId)) return;
    if (hint.kind === 'status') {
      const found = await Promise.all(hint.messageIds.map((id) => store.messages.get(id)));
      return publisher.status(found.filter((message) => message !== null));
    }
    const seat = await store.conversations.get(hint.conversationId);
    if (seat === null) return;
    if (hint.kind === 'place') return publisher.place(seat.conversation, hint.place);
    if (hint.kind === 'typing') return publisher.typing(seat.conversation, hint.officer);
    publisher.changed({ ...seat, messages: await store.messages.since(hint.conversationId, hint.afterRev, MOST) });
  }

  hints.listen((hint) => {
    if (hint.kind === 'presence') return; // see elsewhere.ts
    const line = 'conversationId' in hint ? hint.conversationId : hint.officerId;
    lines
      .run(line, () => show(hint))
      .catch((error: unknown) => log.warn({ cause: error instanceof Error ? error.name : '' }, 'hint dropped'));
  });

  return {
    changed(change) {
      publisher.changed(change);
      const { id, rev } = change.conversation;
      const afterRev = Math.min(rev, ...change.messages.map((message) => message.rev - 1));
      hints.tell({ kind: 'changed', conversationId: id, afterRev });
    },
    status(messages) {
      publisher.status(messages);
      const byConversation = new Map<string, string[]>();
      for (const { conversationId, id } of messages)
        byConversation.set(conversationId, [...(byConversation.get(conversationId) ?? []), id]);
      for (const [conversationId, messageIds] of byConversation) hints.tell({ kind: 'status', conversationId, messageIds });
    },
    place(conversation, place) {
      publisher.place(conversation, place);
      hints.tell({ kind: 'place', conversationId: conversation.id, place });
    },
    typing(conversation, by) {
      publisher.typing(conversation, by);
      hints.tell({ kind: 'typing', conversationId: conversation.id, officer: by });
    },
    duty(officerId, duty) {
      publisher.duty(officerId, duty);
      hints.tell({ kind: 'duty', officerId, duty });
    },
    cut(officerId) {
      publisher.cut(officerId);
      hints.tell({ kind: 'cut', officerId });
    },
    // Every node finds alarms by itself.
    alarms: publisher.alarms,
  };
}
