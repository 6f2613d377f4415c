// A permit file as an officer reads it: masked, with working days and texts for the composer. Pure.
import type { Language } from '../contract/message.ts';
import type { PermitFile } from '../contract/permit.ts';
import type { PermitRow, PermitView } from '../contract/permitDesk.ts';
import { maskPhone } from './identifiers.ts';
import type { Known } from './permitConnectors.ts';
import { sayPermit } from './permitPhrases.ts';
import { howToText, isStale, statusText, type TextFrame, workingDays } from './permitText.ts';

export const toPermitRow = ({ id, system, number, service, status, fetchedAt }: PermitFile): PermitRow => ({
  ...{ id, system, number, service, status, fetchedAt },
});

/**
 * @param frame its language is that of the drafts
 * @param connector how the system answers that is asked for this file
 */
export function toPermitView(frame: TextFrame, { file, events }: Known, connector: PermitView['connector']): PermitView {
  const { name, phone, nikTail } = file.person;
  return {
    ...toPermitRow(file),
    otherNumbers: file.otherNumbers,
    person: { name: maskName(name), phone: maskPhone(phone), hasNik: nikTail !== null },
    submittedAt: file.submittedAt,
    events,
    isStale: isStale(frame, file),
    connector,
    workingDays: file.submittedAt === null ? null : workingDays(frame, file.submittedAt, events),
    standardDays: file.service === null ? null : (frame.settings.standards[file.service] ?? null),
    drafts: draftsOf(frame, { file, events }),
  };
}

/** The position as the bot tells it; for a returned file also each standard reason, its own first. */
function draftsOf(frame: TextFrame, { file, events }: Known): PermitView['drafts'] {
  const { language, settings } = frame;
  const { number, status } = file;
  const drafts = [{ title: 'Status', text: sayPermit(language, 'moved', { number, status: statusText(frame, file, events) }) }];
  if (status.stage !== 'dikembalikan') return drafts;
  const how = howToText(language, file);
  const isOwn = (key: string) => (key === status.reason ? 0 : 1);
  for (const reason of [...settings.reasons].sort((a, b) => isOwn(a.key) - isOwn(b.key)))
    drafts.push({ title: reason.id, text: sayPermit(language, 'returned', { number, reason: reasonIn(language, reason), how }) });
  return drafts;
}

const reasonIn = (language: Language, reason: { id: string; en: string }): string => reason[language === 'en' ? 'en' : 'id'];

/** @returns `Eu** Ko**`: enough to tell whether it is the one who asks. */
const maskName = (name: string | null): string | null =>
  name === null
    ? null
    : name
        .trim()
        .split(/\s+/)
        .map((word) => `${word.slice(0, word.length > 3 ? 2 : 1)}**`)
        .join(' ');
