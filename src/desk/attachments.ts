// Fetches the files behind messages into our own file store: after the message is stored, again when an officer asks for one that is not there yet.
import type { Attachment, Message } from '../contract/message.ts';
import type { DeskContext, Seat } from './context.ts';
import { SendError } from './ports.ts';

/** Starts fetching every remote file of a message; failures leave it `remote`, to be fetched when somebody opens it. */
export function fetchFiles(desk: DeskContext, seat: Seat & { message: Message }): void {
  const { message } = seat;
  desk.serial
    .run(`files:${message.id}`, async () => {
      for (const file of message.attachments) await fetchFile(desk, seat, file.id);
    })
    .catch((error: unknown) => desk.log.warn({ messageId: message.id, cause: String(error) }, 'file not fetched'));
}

/** Fetches one file if it is not stored yet. @returns the attachment as it is afterwards, null when the message has no such file. */
export async function fetchFile(
  desk: DeskContext,
  seat: Seat & { message: Message },
  attachmentId: string,
): Promise<Attachment | null> {
  const message = await desk.store.messages.get(seat.message.id);
  const file = message?.attachments.find((one) => one.id === attachmentId);
  if (!message || file === undefined) return null;
  if (file.state !== 'remote' || file.ref === null) return file;
  const fetched = await load(desk, seat, file);
  if (fetched === file) return file;
  const attachments = message.attachments.map((one) => (one.id === file.id ? fetched : one));
  const revised = await desk.store.conversations.revise({ find: { id: message.id }, attachments }, desk.clock.now());
  if (revised === null) {
    if (fetched.key !== null) await desk.files.remove(fetched.key);
    return null;
  }
  desk.realtime.changed({ conversation: revised.conversation, contact: seat.contact, messages: [revised.message] });
  return fetched;
}

async function load(desk: DeskContext, seat: Seat, file: Attachment): Promise<Attachment> {
  const channel = desk.channel(seat.contact.channel);
  if (channel?.fetchFile === undefined || file.ref === null) return file;
  try {
    const bytes = await channel.fetchFile(file.ref, desk.uploadMaxBytes);
    const saved = await desk.files.save(bytes);
    if (saved === 'refused') return { ...file, state: 'refused', ref: null };
    return { ...file, state: 'stored', ref: null, key: saved.key, mime: saved.mime, size: saved.size };
  } catch (error) {
    if (error instanceof SendError && error.verdict === 'rejected') return { ...file, state: 'refused', ref: null };
    return file;
  }
}
