// The verbs of a person who holds their own conversation in a browser: files both ways, what they have seen, and being forgotten.
import type { MessageKind } from '../contract/message.ts';
import { fetchFile } from './attachments.ts';
import type { DeskContext } from './context.ts';
import { forgetContact } from './forget.ts';
import { newId } from './ids.ts';
import { createLinkCodeVerbs } from './linkCodes.ts';
import { openRequest } from './openRequest.ts';
import { type PaceKeeper, receiveMessage } from './receive.ts';
import type { ContactKey } from './storePort.ts';
import type { VisitorVerbs } from './verbs.ts';
import { toInbound } from './visitorToken.ts';

/** @returns every verb of a visitor; each finds what it touches through the visitor's own contact and nothing else. */
export function createVisitorVerbs(desk: DeskContext, paceOf: PaceKeeper): VisitorVerbs {
  const { store, files } = desk;

  /** The visitor's conversation; null when nothing is stored about them. */
  async function seatOf(key: ContactKey) {
    const contact = await store.contacts.find(key);
    return contact && (await store.conversations.open(openRequest(desk, key)));
  }

  const inLine = <T>(key: ContactKey, work: () => Promise<T>): Promise<T> => desk.serial.run(`visitor:${key.externalId}`, work);

  async function sendFile(key: ContactKey, sent: Parameters<VisitorVerbs['sendFile']>[1]) {
    const seat = await seatOf(key);
    // Erased while the file was still on its way: nothing comes back by it.
    if (seat === null) return { ok: false as const, code: 'unauthorized' as const };
    const known = await store.messages.byClientId(seat.conversation.id, sent.clientMessageId);
    if (known !== null) return { ok: true as const, message: known };
    const saved = await files.save(sent.bytes);
    if (saved === 'refused') return refusedType;

    // The file is on disk before the message that names it: a crash in between leaves a file nobody sees, never a broken message.
    const attachment = { id: newId('f'), name: sent.name, ...saved, state: 'stored' as const, ref: null };
    const inbound = toInbound(key.externalId, { clientMessageId: sent.clientMessageId, text: '' }, desk.clock.now());
    const kind = kindOf(saved.mime, sent.isVoice);
    try {
      const received = await receiveMessage(desk, paceOf, { ...inbound, kind, attachments: [attachment] });
      if (received.kind === 'duplicate') await files.remove(saved.key);
      return { ok: true as const, message: received.message };
    } catch (error) {
      // Only a file that certainly no message names is removed.
      const named = await store.messages.byAttachment(seat.conversation.id, attachment.id).catch(() => 'unknown');
      if (named === null) await files.remove(saved.key);
      throw error;
    }
  }

  return {
    ...createLinkCodeVerbs(desk),

    // One after the other: a repeat must not write its file twice, and nothing may be stored behind an erasure.
    sendFile: (key, sent) => inLine(key, () => sendFile(key, sent)),

    async file(key, attachmentId) {
      const seat = await seatOf(key);
      const message = seat && (await store.messages.byAttachment(seat.conversation.id, attachmentId));
      // A note is for officers alone, and so is a file pinned to one.
      if (!message || message.direction === 'note' || message.deleted) return { ok: false, code: 'not-found' };
      const file = await fetchFile(desk, { ...seat, message }, attachmentId);
      if (!file || file.key === null) return { ok: false, code: 'not-found' };
      const bytes = await files.read(file.key);
      return bytes === null ? { ok: false, code: 'gone' } : { ok: true, bytes, mime: file.mime, name: file.name };
    },

    async seen(key, messageIds) {
      const seat = await seatOf(key);
      for (const id of seat === null ? [] : messageIds) {
        const message = await store.messages.get(id);
        if (message?.conversationId !== seat?.conversation.id || message?.author.kind !== 'officer') continue;
        const { channel, accountId } = key;
        const report = { channel, accountId, externalId: id, state: 'read' as const, reason: null, now: desk.clock.now() };
        const changed = await store.outbox.report(report);
        if (changed !== null) desk.realtime.status([changed]);
      }
    },

    async erase(key) {
      return inLine(key, async () => {
        const contact = await store.contacts.find(key);
        if (contact !== null) await forgetContact(desk, contact.id, 'visitor');
        return { ok: true };
      });
    },
  };
}

const refusedType = {
  ok: false,
  code: 'invalid',
  message: 'Jenis berkas ini tidak diterima. Kirim foto, PDF, Word, Excel, suara, atau video MP4.',
} as const;

function kindOf(mime: string, isVoice: boolean): MessageKind {
  if (mime.startsWith('image/')) return 'image';
  if (mime.startsWith('audio/')) return isVoice ? 'voice' : 'audio';
  return mime.startsWith('video/') ? 'video' : 'document';
}
