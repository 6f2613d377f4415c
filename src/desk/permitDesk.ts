// What officers do with permit files. A look is on record before it is answered, an entry before it is written.
import type { Conversation, Officer } from '../contract/conversation.ts';
import type { Language } from '../contract/message.ts';
import { mayRead } from './access.ts';
import { change } from './change.ts';
import type { DeskContext } from './context.ts';
import { newId } from './ids.ts';
import type { Known } from './permitConnectors.ts';
import { type EntryFrame, numberIn, readMove, readNewPermit } from './permitEntry.ts';
import { findNumbers } from './permitNumbers.ts';
import type { PermitReport } from './permitPort.ts';
import { stillProved } from './permitProof.ts';
import { frameOf } from './permitReply.ts';
import { isOlder } from './permitReport.ts';
import type { PermitVerbs } from './permitVerbs.ts';
import { toPermitRow, toPermitView } from './permitView.ts';
import type { Refused } from './result.ts';

const WAITING_PAGE = 50;
/** Messages of a conversation that are read for numbers; its newest. */
const READ_MESSAGES = 200;
const gone = { ok: false, code: 'not-found', message: 'Berkas tidak ditemukan.' } as const;
const noTalk = { ok: false, code: 'not-found' } as const;
const invalid = (message: string): Refused => ({ ok: false, code: 'invalid', message });

/** @returns the verbs about permit files, not yet guarded. */
export function createPermitVerbs(desk: DeskContext): PermitVerbs {
  const { store } = desk;
  const entryFrame = (): EntryFrame => ({
    now: desk.clock.now(),
    timeZone: desk.timeZone,
    settings: desk.permits.settings(),
  });
  const audit = (by: Officer, action: string, subject: string, detail: string | null) => ({
    ...{ id: newId('a'), at: desk.clock.now(), actor: by.id, action, subject, detail },
  });

  /** The conversation when this officer may read it; `null` when none is named. */
  async function talkOf(by: Officer, conversationId: string | undefined): Promise<Conversation | null | 'hidden'> {
    if (conversationId === undefined) return null;
    const seat = await store.conversations.get(conversationId);
    return seat !== null && mayRead(by, seat.conversation) ? seat.conversation : 'hidden';
  }

  const shown = (known: Known, language: Language = 'id') =>
    toPermitView(frameOf(desk, language), known, desk.pulls.stateFor(known.file));

  async function look(by: Officer, permitId: string, action: string, talk: Conversation | null) {
    const found = await store.permits.get(permitId, audit(by, action, permitId, talk?.id ?? null));
    return found && shown(await desk.pulls.refresh(found), talk?.language);
  }

  /** The entry is on record first: what is written without a name behind it is worth less than a name without an entry. */
  async function write(by: Officer, permitId: string, report: PermitReport) {
    await store.permits.get(permitId, audit(by, 'permit-entry', permitId, report.status.stage));
    const [put] = await store.permits.put([{ id: permitId, report }], null);
    if (put === undefined) return gone;
    if (put.outcome === 'older') return newerKnown;
    await desk.permits.load();
    const found = await store.permits.get(put.id);
    return found === null ? gone : { ok: true as const, file: shown(found) };
  }

  return {
    async permitsOf(by, conversationId) {
      const talk = await talkOf(by, conversationId);
      if (talk === null || talk === 'hidden') return noTalk;
      const messages = await store.messages.after(talk.id, Math.max(0, talk.seq - READ_MESSAGES), READ_MESSAGES);
      const { patterns } = desk.permits.settings();
      const proof = talk.permit?.proof ?? null;
      const isHeld = proof !== null && (await stillProved(desk, proof)).length > 0;
      const numbers = new Map<string, { number: string; system: PermitReport['system']; provedUntil: number | null }>();
      for (const { direction, text } of messages.toReversed())
        for (const { number, system } of direction === 'in' ? findNumbers(text, patterns).found : []) {
          const provedUntil = isHeld && talk.permit?.number === number ? proof.until : null;
          if (!numbers.has(number)) numbers.set(number, { number, system, provedUntil });
        }
      const watches = await store.permitWatches.watches(talk.contactId);
      return { ok: true, numbers: [...numbers.values()], watches: watches.map(({ permitId, at }) => ({ permitId, at })) };
    },

    async findPermits(by, { number: text, conversationId }) {
      const talk = await talkOf(by, conversationId);
      if (talk === 'hidden') return noTalk;
      const number = numberIn(text, desk.permits.settings())?.number ?? text.toUpperCase().replace(/\s+/g, ' ');
      const found = await store.permits.find(number);
      const files = await Promise.all(found.map(({ id }) => look(by, id, 'permit-view', talk)));
      return { ok: true, files: files.flatMap((file) => file ?? []) };
    },

    async permit(by, permitId, conversationId) {
      const talk = await talkOf(by, conversationId);
      if (talk === 'hidden') return noTalk;
      const file = await look(by, permitId, 'permit-view', talk);
      return file === null ? gone : { ok: true, file };
    },

    async waitingPermits(_by, cursor) {
      const page = await store.permits.waiting(cursor, WAITING_PAGE);
      return { ok: true, rows: page.rows.map(toPermitRow), cursor: page.cursor };
    },

    async addPermit(by, entry) {
      const read = readNewPermit(entryFrame(), entry);
      if (!read.ok) return invalid(read.message);
      const known = await store.permits.find(read.report.number);
      if (known.length > 0)
        return { ok: false, code: 'conflict', message: 'Nomor ini sudah ada. Cari nomornya, lalu ubah statusnya.' };
      return write(by, newId('f'), read.report);
    },

    async movePermit(by, permitId, entry) {
      const found = await store.permits.get(permitId);
      if (found === null) return gone;
      const read = readMove(entryFrame(), found.file, entry);
      if (!read.ok) return invalid(read.message);
      return isOlder(found.file, read.report) ? newerKnown : write(by, permitId, read.report);
    },

    async endWatches(by, conversationId) {
      const seat = await store.conversations.get(conversationId);
      if (seat === null || !mayRead(by, seat.conversation)) return noTalk;
      const { conversation, contact } = seat;
      const entry = audit(by, 'permit-unwatch', contact.id, conversation.id);
      await desk.serial.run(conversation.id, () => change(desk, conversation, contact, () => ({ audit: [entry] })));
      return { ok: true, ended: await store.permitWatches.unwatch(contact.id, null) };
    },
  };
}

const newerKnown = {
  ok: false,
  code: 'conflict',
  message: 'Data berkas ini lebih baru daripada tanggal yang diisi. Kosongkan tanggalnya atau isi tanggal yang lebih baru.',
} as const;
