// The desk's face to channels: messages in, edits, delivery reports, and the history for channels that show it themselves.
import type { Conversation } from '../contract/conversation.ts';
import type { WidgetHistory } from '../contract/events.ts';
import type { DeskContext } from './context.ts';
import { maskPersonal } from './identifiers.ts';
import { moveIdentity } from './identity.ts';
import { hideLinkCodes } from './linkCodeForm.ts';
import { openRequest } from './openRequest.ts';
import { hideEditedFact } from './permitIntake.ts';
import type { Intake } from './ports.ts';
import { placeOf } from './queue.ts';
import { type PaceKeeper, receiveMessage } from './receive.ts';
import type { VisitorVerbs } from './verbs.ts';
import { toWidgetConversation, toWidgetMessage } from './views.ts';

/** Messages in one answer of `history`; a client that gets `more` asks again. */
const HISTORY_PAGE = 100;

/** @returns the verbs channels may call. */
export function createIntake(desk: DeskContext, paceOf: PaceKeeper, { seen }: Pick<VisitorVerbs, 'seen'>): Intake {
  return {
    message: (inbound) => receiveMessage(desk, paceOf, inbound),

    async edit(edit) {
      const change = {
        find: { channel: edit.channel, accountId: edit.accountId, externalId: edit.externalId },
        ...(edit.deleted
          ? { text: '', attachments: [], deleted: true }
          : { text: hideEditedFact(maskPersonal(hideLinkCodes(edit.text))) }),
        editedAt: edit.at,
      };
      const revised = await desk.store.conversations.revise(change, desk.clock.now());
      if (revised === null) return;
      const seat = await desk.store.conversations.get(revised.conversation.id);
      if (seat !== null) desk.realtime.changed({ ...seat, messages: [revised.message] });
    },

    async report(report) {
      const changed = await desk.store.outbox.report({ ...report, now: desk.clock.now() });
      if (changed !== null) desk.realtime.status([changed]);
    },

    moved: (told) => moveIdentity(desk, told),

    async open(contact) {
      const opened = await desk.store.conversations.open(openRequest(desk, contact));
      return { conversationId: opened.conversation.id };
    },

    async history(key, rev) {
      const { conversation } = await desk.store.conversations.open(openRequest(desk, key));
      return history(desk, conversation, rev);
    },

    knows: async (key) => (await desk.store.contacts.find(key)) !== null,
    seen,

    typing(key) {
      desk.store.contacts
        .find(key)
        .then(async (contact) => {
          const opened = contact && (await desk.store.conversations.open(openRequest(desk, key)));
          if (opened) desk.realtime.typing(opened.conversation, null);
        })
        .catch((error: unknown) => desk.log.warn({ cause: String(error) }, 'typing not shown'));
    },
  };
}

async function history(desk: DeskContext, conversation: Conversation, rev: number): Promise<WidgetHistory> {
  const messages = await desk.store.messages.since(conversation.id, rev, HISTORY_PAGE);
  const more = messages.length === HISTORY_PAGE;
  const officer = conversation.officerId === null ? null : await desk.store.officers.get(conversation.officerId);
  const place = conversation.state === 'queued' ? await placeOf(desk, conversation) : null;
  return {
    rev: more ? (messages[messages.length - 1]?.rev ?? rev) : conversation.rev,
    messages: messages.flatMap((message) => toWidgetMessage(message) ?? []),
    conversation: toWidgetConversation(conversation, { officerName: officer?.name ?? null, place }),
    more,
  };
}
