// A file an officer sends to the citizen: judged by its bytes and by what the channel can carry, stored, then a message like any other.
import type { Officer } from '../contract/conversation.ts';
import type { Message, MessageKind } from '../contract/message.ts';
import { mayRead } from './access.ts';
import { officerMessage } from './compose.ts';
import type { DeskContext } from './context.ts';
import { newId } from './ids.ts';
import { answerAs } from './officerReply.ts';
import type { Result, WrittenFile } from './verbs.ts';

/**
 * @returns the stored message; `invalid` when the channel sends no files or the type is not taken, `too-large` for the channel, and
 *   what a reply may be refused with. Nothing is kept of a file that was refused
 */
export async function sendFile(desk: DeskContext, by: Officer, sent: WrittenFile): Promise<Result<{ message: Message }>> {
  const seat = await desk.store.conversations.get(sent.conversationId);
  if (seat === null || !mayRead(by, seat.conversation)) return { ok: false, code: 'not-found' };
  const known = await desk.store.messages.byClientId(sent.conversationId, sent.clientMessageId);
  if (known !== null) return { ok: true, message: known };
  const limit = desk.channel(seat.contact.channel)?.capabilities.maxFileBytes ?? 0;
  if (limit === 0) return { ok: false, code: 'invalid', message: 'Kanal ini tidak dapat mengirim berkas.' };
  if (sent.bytes.byteLength > limit)
    return {
      ok: false,
      code: 'too-large',
      message: `Kanal ini menerima berkas paling besar ${Math.floor(limit / 1_000_000)} MB.`,
    };

  const saved = await desk.files.save(sent.bytes);
  if (saved === 'refused')
    return {
      ok: false,
      code: 'invalid',
      message: 'Jenis berkas ini tidak diizinkan. Kirim foto, PDF, DOCX, XLSX, suara, atau MP4.',
    };
  // On disk before the message that names it: a crash in between leaves a file nobody sees, never a broken message.
  const attachment = { id: newId('f'), name: sent.name, ...saved, state: 'stored' as const, ref: null };
  const file = { kind: kindOf(saved.mime), attachment };
  const { clientMessageId } = sent;
  try {
    const answered = await answerAs(desk, by, sent, () => [officerMessage(by, { text: '', clientMessageId, file })]);
    const isKept = answered.ok && answered.message.attachments.some((one) => one.id === attachment.id);
    if (!isKept) await desk.files.remove(saved.key);
    return answered;
  } catch (error) {
    await desk.files.remove(saved.key);
    throw error;
  }
}

function kindOf(mime: string): MessageKind {
  if (mime.startsWith('image/')) return 'image';
  if (mime.startsWith('audio/')) return 'audio';
  return mime.startsWith('video/') ? 'video' : 'document';
}
