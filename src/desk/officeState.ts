// The office's facts, hours and rules in force: repo defaults, overridden by what officers set, kept in memory, stored under one key.
import type { Officer } from '../contract/conversation.ts';
import type { Language } from '../contract/message.ts';
import type { DeskContext, DeskParts } from './context.ts';
import { describeMoment, isOpen, nextOpening } from './hours.ts';
import { readHolidayCalendar } from './ical.ts';
import { newId } from './ids.ts';
import {
  applyOffice,
  changedParts,
  confirmedHours,
  defaultOffice,
  type Office,
  officeSchema,
  withoutProposals,
  withProposals,
} from './office.ts';
import { say } from './phrases.ts';
import type { OfficeVerbs, Result } from './verbs.ts';

const KEY = 'office';
/** How far back the trail is searched for whoever was first. */
const TRAIL = 200;

export interface OfficeState extends OfficeVerbs {
  /** Reads what officers set: once before anything else runs, and again where another node may have set it. */
  load(): Promise<void>;
  /** What holds now: a look into memory. */
  current(): Office;
}

/** @returns the office's settings; `get` adds what the knowledge asks the office to confirm. */
export function createOfficeState(desk: Pick<DeskParts, 'store' | 'nlu' | 'clock' | 'log' | 'timeZone'>): OfficeState {
  let office: Office = defaultOffice;
  let version = 0;
  const whole = () => {
    const proposals = desk.nlu.facts();
    const titles = Object.fromEntries(Object.entries(proposals).map(([key, { title }]) => [key, title]));
    return { office: withProposals(office, proposals), version, titles };
  };
  return {
    current: () => office,
    async load() {
      const stored = await desk.store.settings.get(KEY);
      // Another node's newer one; never one that was read before this node wrote its own.
      if (stored === null || stored.version < version) return;
      const parsed = officeSchema.safeParse(stored.value);
      if (parsed.success) office = parsed.data;
      else desk.log.error({ problems: parsed.error.issues.length }, 'stored office settings do not fit; using the defaults');
      version = stored.version;
    },
    get: whole,
    async put(by: Officer, input: unknown, expected: number) {
      const now = desk.clock.now();
      const proposals = desk.nlu.facts();
      const applied = applyOffice(withProposals(office, proposals), input, by.id, now, proposals);
      if (!applied.ok) return { ok: false, code: 'invalid', message: applied.problems.join('; ') };
      const own = withoutProposals(applied.office, proposals);
      const detail = changedParts(office, own);
      const audit = { id: newId('a'), at: now, actor: by.id, action: 'settings', subject: KEY, detail };
      const written = await desk.store.settings.put(KEY, own, expected, audit);
      if (written === 'conflict') return conflict();
      office = own;
      version = written.version;
      return { ok: true, ...whole() };
    },
    async readHolidays(_by, text) {
      const list = readHolidayCalendar(text);
      if (list === null) return { ok: false, code: 'invalid', message: 'Ini bukan berkas kalender iCal (.ics).' };
      const known = office.hours.value?.holidays.map(({ date }) => date) ?? [];
      const holidays = list.holidays.map((holiday) => ({ ...holiday, isKnown: known.includes(holiday.date) }));
      return { ok: true, holidays, refused: list.refused };
    },
  };

  /** Says who was first: the two have to talk to each other. */
  async function conflict(): Promise<Extract<Result<object>, { ok: false }>> {
    const trail = await desk.store.settings.audit(TRAIL);
    const last = trail.find(({ action, subject }) => action === 'settings' && subject === KEY);
    const officer = last === undefined ? null : await desk.store.officers.get(last.actor);
    if (last === undefined || officer === null) return { ok: false, code: 'conflict' };
    const when = describeMoment(last.at, 'id', desk.clock.now(), desk.timeZone);
    const message = `${officer.name} lebih dulu menyimpan perubahan ${when}. Muat ulang, lalu ulangi perubahan Anda.`;
    return { ok: false, code: 'conflict', message };
  }
}

/** @returns when the counter opens next, in words; says "not confirmed" when the office has not confirmed its hours. */
export function whenOpen(desk: DeskContext, language: Language): string {
  const now = desk.clock.now();
  const hours = confirmedHours(desk.office());
  if (isOpen(hours, now, desk.timeZone)) return '';
  const next = nextOpening(hours, now, desk.timeZone);
  if (next === null) return say(language, 'hoursUnset', {});
  return say(language, 'opensAt', { at: describeMoment(next, language, now, desk.timeZone) });
}
