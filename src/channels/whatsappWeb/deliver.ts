// Sending and fetching in the child: every call ends in time with one answer, which says whether the message may have gone out.

import { within } from '../../desk/within.ts';
import { wordsOf } from './errorWords.ts';
import type { LibraryClient, MakeMedia } from './library.ts';
import type { CallTrouble, FromChild, ToChild } from './protocol.ts';
import { readMedia, readMessage } from './read.ts';
import type { Session } from './session.ts';

/** All limits of one send together stay below the lease of a message (60 s). */
const usualLimits = { check: 8000, send: 20_000, file: 30_000 };

type Send = Extract<ToChild, { kind: 'send' }>;
type Fetch = Extract<ToChild, { kind: 'fetch' }>;

/** An answer that is not the one hoped for. */
class Trouble extends Error {
  readonly verdict: CallTrouble['verdict'];
  constructor(verdict: CallTrouble['verdict'], detail: string) {
    super(detail);
    this.verdict = verdict;
  }
}

/** @param limits ms */
export function createDelivery(
  client: LibraryClient,
  session: Session,
  makeMedia: MakeMedia,
  say: (word: FromChild) => void,
  limits = usualLimits,
) {
  /** Texts on their way, for the page's echo of them: it tells the id even when the call itself hangs. */
  const underWay = new Set<{ chat: string; text: string; id: string | null }>();
  session.onOwn((told) => {
    const alike = [...underWay].filter((one) => one.id === null && one.text === told.body);
    if (alike.length === 0 || told.to === undefined) return;
    void session.addressOf(told.to).then((chat) => {
      const ours = alike.find((one) => one.chat === chat);
      if (ours) ours.id = told.id.id;
    });
  });

  async function send({ chat, text, file, seen }: Send): Promise<string> {
    const known = await within(limits.check, 'check', session.hasWritten(chat)).catch((error: unknown) => {
      throw new Trouble('unsent', wordsOf(error));
    });
    if (!known) throw new Trouble('stranger', 'never wrote to this number');
    if (seen) {
      await within(limits.check, 'seen', client.sendSeen(chat)).catch((error: unknown) =>
        say({ kind: 'note', detail: `not marked as read: ${wordsOf(error)}` }),
      );
    }
    const echo = { chat, text, id: null as string | null };
    if (file === null) underWay.add(echo);
    try {
      const content = file === null ? text : makeMedia(file);
      const isPicture = file !== null && /^image\/(jpeg|png|webp)$/.test(file.mime);
      const options = {
        sendSeen: false,
        linkPreview: false,
        parseVCards: false,
        ...(file !== null && { caption: text, sendMediaAsDocument: !isPicture }),
      };
      const sent = await within(file === null ? limits.send : limits.file, 'send', client.sendMessage(chat, content, options));
      const id = readMessage(sent)?.id.id ?? echo.id;
      // Nothing came back: either there is no such chat, or the page lost track of a message it had taken.
      if (id === null) throw new Trouble('doubt', 'no message came back');
      return id;
    } catch (error) {
      if (echo.id !== null) return echo.id;
      if (error instanceof Trouble) throw error;
      const detail = wordsOf(error);
      throw new Trouble(/No LID for user/i.test(detail) ? 'refused' : 'doubt', detail);
    } finally {
      underWay.delete(echo);
    }
  }

  async function fetch({ key, maxBytes }: Fetch): Promise<string> {
    const load = async () => readMedia(await (await client.getMessageById(key))?.downloadMedia());
    const base64 = await within(limits.file, 'file', load()).catch((error: unknown) => {
      throw new Trouble('unsent', wordsOf(error));
    });
    // The phone that has it may be off: later, perhaps.
    if (base64 === null) throw new Trouble('unsent', 'the file did not come');
    if (base64.length * 0.75 > maxBytes + 2) throw new Trouble('too-large', 'larger than we take');
    return base64;
  }

  function answer(call: number, work: Promise<FromChild>): void {
    work.then(say, (error: unknown) => {
      const verdict = error instanceof Trouble ? error.verdict : 'doubt';
      say({ kind: 'trouble', call, trouble: { verdict, detail: wordsOf(error) } });
    });
  }

  return {
    send: (order: Send) =>
      answer(
        order.call,
        send(order).then((id) => ({ kind: 'sent', call: order.call, id })),
      ),
    fetch: (order: Fetch) =>
      answer(
        order.call,
        fetch(order).then((base64) => ({ kind: 'file', call: order.call, base64 })),
      ),
  };
}
