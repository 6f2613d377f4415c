// The office's facts, hours and rules in force: repo defaults, overridden by what officers set, kept in memory, stored under one key.
import type { Officer } from '../contract/conversation.ts';
import type { Language } from '../contract/message.ts';
import type { DeskContext, DeskParts } from './context.ts';
import { describeMoment, isOpen, nextOpening } from './hours.ts';
import { newId } from './ids.ts';
import {
  applyOffice,
  confirmedHours,
  defaultOffice,
  type Office,
  officeSchema,
  withoutProposals,
  withProposals,
} from './office.ts';
import { say } from './phrases.ts';
import type { OfficeVerbs } from './verbs.ts';

const KEY = 'office';

export interface OfficeState extends OfficeVerbs {
  /** Reads what officers set; called once before anything else runs. */
  load(): Promise<void>;
  /** What holds now: a look into memory. */
  current(): Office;
}

/** @returns the office's settings; `get` adds what the knowledge asks the office to confirm. */
export function createOfficeState(desk: Pick<DeskParts, 'store' | 'nlu' | 'clock' | 'log'>): OfficeState {
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
      if (stored === null) return;
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
      const audit = { id: newId('a'), at: now, actor: by.id, action: 'settings', subject: KEY, detail: null };
      const own = withoutProposals(applied.office, proposals);
      const written = await desk.store.settings.put(KEY, own, expected, audit);
      if (written === 'conflict') return { ok: false, code: 'conflict' };
      office = own;
      version = written.version;
      return { ok: true, ...whole() };
    },
  };
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
