// The one source of facts about the office, its hours and the desk's numbers: what officers may change, and who vouched for it.
import { z } from 'zod';
import type { Language } from '../contract/message.ts';
import { problemWords } from '../contract/problems.ts';
import { describeHours, type Hours, hoursSchema } from './hours.ts';

/** Told from the hours, so never typed in beside them. */
const HOURS_KEY = 'kantor.jam';

const keySchema = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/, 'kunci fakta seperti kantor.alamat')
  .refine((key) => key !== HOURS_KEY, `${HOURS_KEY} berasal dari jam layanan, tidak diisi sendiri`);
const valueSchema = z.string().trim().min(1).max(300).nullable();
const sourceSchema = z.string().trim().min(1).max(200).nullable();
const confirmation = { confirmedBy: z.string().max(80).nullable(), confirmedAt: z.number().int().nonnegative().nullable() };

const factSchema = z.object({ value: valueSchema, source: sourceSchema, ...confirmation });
/** One fact. Shown to citizens only while `confirmedBy` names the officer who vouched for it. */
export type OfficeFact = z.infer<typeof factSchema>;

/** A whole number with the value that holds until the office sets another, and the bounds within which it may. */
const rule = (standard: number, min: number, max: number) => z.number().int().min(min).max(max).default(standard);

const rulesSchema = z.object({
  /** A greeting or fragment waits this long for the rest of the turn. */
  greetingWaitMs: rule(2500, 0, 10_000),
  /** Silence after which a conversation closes. */
  idleCloseHours: rule(24, 1, 720),
  /** Without input in the console *Bertugas* becomes *Istirahat*. */
  officerIdleMinutes: rule(10, 1, 240),
  /** Without a connected console the officer counts as gone. */
  officerGoneMinutes: rule(15, 1, 240),
  /** The place in the queue is not told more often than this. */
  placeMinIntervalMinutes: rule(5, 1, 120),
  /** Measured chats needed before a waiting time is estimated. */
  estimateMinChats: rule(20, 5, 500),
  /** A closed conversation is opened again when the citizen writes within this time. */
  reopenDays: rule(7, 0, 90),
  /** Messages of one sender the bot answers within a minute. */
  floodPerMinute: rule(20, 5, 600),
  /** Tries before a message counts as not deliverable. */
  maxAttempts: rule(8, 1, 50),
  /** The longest anybody waits in the queue, during opening hours, before it is an alarm. */
  alarmWaitMinutes: rule(30, 1, 1440),
  /** Less of the disk left than this is an alarm. */
  alarmDiskPercent: rule(10, 1, 50),
  /** A person is erased so long after their last conversation closed; 0: kept. */
  keepTalksMonths: rule(0, 0, 240),
  /** Audit entries are kept so long; 0: for good. */
  keepAuditMonths: rule(0, 0, 240),
});

const unknown: OfficeFact = { value: null, source: null, confirmedBy: null, confirmedAt: null };

/** A fact the knowledge asks the office about, with what a public source says; never shown to citizens before it is confirmed. */
export interface FactProposal {
  title: string;
  /** The title in English. */
  en?: string | undefined;
  value: string | null;
  source: string | null;
}
export type FactProposals = Readonly<Record<string, FactProposal>>;

/** What of the hours is vouched for by itself: who saves holidays has not looked at the week. */
const hoursParts = ['weekly', 'holidays', 'overrides'] as const;
type HoursPart = (typeof hoursParts)[number];
const nobody: Confirmation = { confirmedBy: null, confirmedAt: null };
const noParts: Record<HoursPart, Confirmation> = { weekly: nobody, holidays: nobody, overrides: nobody };
const partSchema = z.object(confirmation).default(nobody);
const hoursPartsSchema = z.object({ weekly: partSchema, holidays: partSchema, overrides: partSchema }).default(noParts);

/** The stored document: the facts officers set; hours and rules it does not name are the defaults. */
export const officeSchema = z.object({
  facts: z.record(keySchema, factSchema).default({}),
  hours: z
    .object({ value: hoursSchema.nullable(), ...confirmation, parts: hoursPartsSchema })
    .default({ value: null, confirmedBy: null, confirmedAt: null, parts: noParts }),
  rules: rulesSchema.prefault({}),
});
export type Office = z.infer<typeof officeSchema>;

/** What holds until the office sets anything: no fact is confirmed, no hours are known. */
export const defaultOffice: Office = officeSchema.parse({});

/** What an admin may send: only what shall change, or the whole document back. Who confirmed what is never taken from it. */
const officeInput = z.object({
  facts: z
    .record(keySchema, z.object({ value: valueSchema, source: sourceSchema.optional(), confirm: z.boolean().default(false) }))
    .refine((facts) => Object.keys(facts).length <= 200, 'paling banyak 200 fakta')
    .default({}),
  /** `confirm`: the whole as it stands, or the parts named. */
  hours: z
    .object({
      value: hoursSchema.nullable(),
      confirm: z.union([z.boolean(), z.array(z.enum(hoursParts))]).default(false),
    })
    .optional(),
  rules: z.record(z.string(), z.unknown()).default({}),
});

/** @returns the office with every fact the knowledge asks for: what officers set, else the proposal. */
export function withProposals(office: Office, proposals: FactProposals): Office {
  const proposed = Object.entries(proposals).map(([key, { value, source }]) => [key, { ...unknown, value, source }] as const);
  return { ...office, facts: { ...Object.fromEntries(proposed), ...office.facts } };
}

/** @returns the office less what only repeats a proposal: a better proposal of tomorrow is then seen. */
export function withoutProposals(office: Office, proposals: FactProposals): Office {
  const isOwn = ([key, fact]: [string, OfficeFact]): boolean => {
    const proposal = proposals[key];
    return (
      proposal === undefined || fact.confirmedBy !== null || fact.value !== proposal.value || fact.source !== proposal.source
    );
  };
  return { ...office, facts: Object.fromEntries(Object.entries(office.facts).filter(isOwn)) };
}

/**
 * Facts that are not named stay; a `value` of null empties one, and removes it when the knowledge does not ask for it. Whoever
 * changes a value vouches for it; `confirm: true` vouches for a value as it stands.
 *
 * @param by officer id
 * @param now epoch ms
 * @param proposals the facts the knowledge asks for
 * @returns the new document, or every problem at once as `path: what is wrong`
 */
export function applyOffice(
  current: Office,
  input: unknown,
  by: string,
  now: number,
  proposals: FactProposals = {},
): { ok: true; office: Office } | { ok: false; problems: string[] } {
  const wish = parse(officeInput, input);
  if (!wish.ok) return wish;
  const rules = parse(rulesSchema.strict(), { ...current.rules, ...wish.data.rules }, 'rules');
  if (!rules.ok) return rules;

  const facts = { ...current.facts };
  for (const [key, { value, source, confirm }] of Object.entries(wish.data.facts)) {
    const old = facts[key] ?? unknown;
    const isChanged = value !== old.value;
    if (value === null && !(key in proposals)) delete facts[key];
    else
      facts[key] = {
        value,
        source: source ?? (isChanged ? null : old.source),
        ...vouch(old, value, isChanged || confirm, by, now),
      };
  }
  const hours = wish.data.hours === undefined ? current.hours : applyHours(current.hours, wish.data.hours, by, now);
  return { ok: true, office: { facts, hours, rules: rules.data } };
}

function applyHours(
  old: Office['hours'],
  { value, confirm }: { value: Hours | null; confirm: boolean | HoursPart[] },
  by: string,
  now: number,
): Office['hours'] {
  const isVouched = (part: HoursPart): boolean =>
    (Array.isArray(confirm) ? confirm.includes(part) : confirm) ||
    JSON.stringify(value?.[part]) !== JSON.stringify(old.value?.[part]);
  const parts = hoursParts.map((part) => [part, vouch(old.parts[part], value, isVouched(part), by, now)] as const);
  return {
    value,
    ...vouch(old, value, hoursParts.some(isVouched), by, now),
    parts: Object.fromEntries(parts) as Record<HoursPart, Confirmation>,
  };
}

/** @returns which parts of the office differ, for the trail: `facts.kantor.wa hours.holidays rules`. */
export function changedParts(before: Office, after: Office): string {
  const differ = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);
  const keys = [...new Set([...Object.keys(before.facts), ...Object.keys(after.facts)])];
  return [
    ...keys.filter((key) => differ(before.facts[key], after.facts[key])).map((key) => `facts.${key}`),
    ...hoursParts
      .filter(
        (part) =>
          differ(before.hours.value?.[part], after.hours.value?.[part]) ||
          differ(before.hours.parts[part], after.hours.parts[part]),
      )
      .map((part) => `hours.${part}`),
    ...(differ(before.rules, after.rules) ? ['rules'] : []),
  ].join(' ');
}

/**
 * @param key like `kantor.alamat`; `kantor.jam` tells the hours
 * @param now epoch ms: which period of hours is in force
 * @returns null when the office has not confirmed it: then it must not be told
 */
export function officeFact(office: Office, key: string, language: Language, now: number, timeZone: string): string | null {
  if (key === HOURS_KEY) {
    const hours = confirmedHours(office);
    return hours === null ? null : describeHours(hours, language, now, timeZone);
  }
  const fact = Object.hasOwn(office.facts, key) ? office.facts[key] : undefined;
  return fact === undefined || fact.confirmedBy === null ? null : fact.value;
}

/** @returns the hours the office vouched for; null when it did not. */
export function confirmedHours(office: Office): Hours | null {
  return office.hours.confirmedBy === null ? null : office.hours.value;
}

/**
 * Puts facts in place of `{kantor.alamat}`.
 *
 * @returns null when the text names a fact that is not confirmed: then none of it may be told
 */
export function fillFacts(text: string, office: Office, language: Language, now: number, timeZone: string): string | null {
  let isComplete = true;
  const filled = text.replace(/\{([A-Za-z][\w.-]*)\}/g, (_, key: string) => {
    const fact = officeFact(office, key, language, now, timeZone);
    if (fact === null) isComplete = false;
    return fact ?? '';
  });
  return isComplete ? filled : null;
}

interface Confirmation {
  confirmedBy: string | null;
  confirmedAt: number | null;
}

function vouch(old: Confirmation, value: unknown, isVouched: boolean, by: string, now: number): Confirmation {
  if (value === null) return { confirmedBy: null, confirmedAt: null };
  return isVouched ? { confirmedBy: by, confirmedAt: now } : { confirmedBy: old.confirmedBy, confirmedAt: old.confirmedAt };
}

function parse<T>(
  schema: z.ZodType<T>,
  input: unknown,
  under?: string,
): { ok: true; data: T } | { ok: false; problems: string[] } {
  const parsed = schema.safeParse(input, { error: problemWords });
  if (parsed.success) return { ok: true, data: parsed.data };
  const pathOf = (path: PropertyKey[]) => [...(under === undefined ? [] : [under]), ...path.map(String)].join('.');
  const messageOf = (issue: z.core.$ZodIssue) =>
    issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return { ok: false, problems: parsed.error.issues.map((issue) => `${pathOf(issue.path)}: ${messageOf(issue)}`) };
}
