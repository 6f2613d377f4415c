// The minimal status of a file as a citizen reads it: position, whose turn, standard reason, how old the data is, from where. Pure.
import type { Language } from '../contract/message.ts';
import { isFinal, MANUAL_CODE, type PermitEvent, type PermitFile, type PermitStatus } from '../contract/permit.ts';
import { describeDate, describeMoment, type Hours } from './hours.ts';
import { sayPermit, stageLabel, turnLabel } from './permitPhrases.ts';
import type { PermitSettings } from './permitSettings.ts';

export interface TextFrame {
  language: Language;
  now: number;
  timeZone: string;
  settings: PermitSettings;
  /** For holidays; null when not confirmed. */
  hours: Hours | null;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const systemNames: Record<PermitFile['system'], string> = {
  OSS: 'OSS',
  SIMBG: 'SIMBG',
  GAMPIL: 'GAMPIL',
  MPPDN: 'MPP Digital',
  SICANTIK: 'SiCantik',
  MANUAL: 'catatan petugas',
};

/** @returns who said where the file is: its system, or an officer. */
const sourceName = ({ status, system }: PermitFile): string => systemNames[status.codeRaw === MANUAL_CODE ? 'MANUAL' : system];
export const isStale = ({ now, settings }: TextFrame, file: PermitFile): boolean =>
  now - file.fetchedAt > settings.staleHours * hourMs;

/** @returns one paragraph; nothing of the person, no names of documents, no free text of anybody. */
export function statusText(frame: TextFrame, file: PermitFile, events: readonly PermitEvent[] = []): string {
  const { language, now, timeZone } = frame;
  const at = describeMoment(file.fetchedAt, language, now, timeZone);
  return [
    positionText(frame, file.status),
    standardText(frame, file, events),
    sayPermit(language, 'asOf', { at, system: sourceName(file) }),
    isStale(frame, file) ? sayPermit(language, 'stale', {}) : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** @returns where a SIMBG number can be followed, told by its form alone: also for a number nobody knows. Empty for others. */
export function simbgLink({ language, settings }: TextFrame, number: string): string {
  if (settings.simbgLink === null || !/^(?:PBG|SLF)-/.test(number)) return '';
  return sayPermit(language, 'simbgLink', { link: settings.simbgLink.replace('{nomor}', encodeURIComponent(number)) });
}

/** @returns position and whose turn, with the standard reason of a returned file. */
export function positionText({ language, timeZone, settings }: TextFrame, status: PermitStatus): string {
  const turn = turnLabel(language, status.turn);
  if (status.stage === null) return sayPermit(language, 'unmapped', { text: status.textRaw ?? status.codeRaw ?? '-', turn });
  const since = status.since === null ? null : describeDate(dateIn(timeZone, status.since), language);
  const position = sayPermit(language, 'position', { label: stageLabel(language, status.stage), since, turn });
  const reason = status.turn === 'applicant' ? settings.reasons.find(({ key }) => key === status.reason) : undefined;
  return reason === undefined
    ? position
    : `${position} ${sayPermit(language, 'reason', { text: reason[language === 'en' ? 'en' : 'id'] })}`;
}

/** @returns what an applicant whose turn it is can do; where a payment is due or the stage is not known, no correction of files is spoken of. */
export function howToText(language: Language, { system, status }: PermitFile): string {
  const account = system === 'MANUAL' ? null : systemNames[system];
  if (status.stage === 'menunggu_pembayaran') return sayPermit(language, 'howPay', { account });
  if (status.stage !== 'dikembalikan') return sayPermit(language, 'howElse', { account });
  return system === 'GAMPIL' ? sayPermit(language, 'howGampil', {}) : sayPermit(language, 'howOther', { account });
}

/** Only where the office has confirmed a standard for this service, and the clock of a running file is known. */
function standardText(frame: TextFrame, file: PermitFile, events: readonly PermitEvent[]): string {
  const days = file.service === null ? undefined : frame.settings.standards[file.service];
  if (days === undefined || file.submittedAt === null || isFinal(file.status.stage) || file.status.stage === null) return '';
  return sayPermit(frame.language, 'standard', { used: workingDays(frame, file.submittedAt, events), days });
}

/**
 * Working days since the application, less those on which the file lay with its applicant.
 * @param from epoch ms · @param events the file's history, oldest first
 */
export function workingDays({ now, timeZone, hours }: TextFrame, from: number, events: readonly PermitEvent[]): number {
  const holidays = new Set(hours?.holidays.map(({ date }) => date));
  const turnOn = (at: number) => events.findLast((event) => (event.since ?? event.fetchedAt) <= at)?.turn;
  let days = 0;
  // Noon of each day after the first: an application counts from the next day.
  for (let at = Math.max(from, now - 2000 * dayMs) + dayMs; at <= now; at += dayMs) {
    const date = dateIn(timeZone, at);
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !holidays.has(date) && turnOn(at) !== 'applicant') days += 1;
  }
  return days;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function dateIn(timeZone: string, at: number): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(at);
}
