// What the office may set about permit status: number patterns, caps, quiet hours, return reasons, service standards, connectors.
import { z } from 'zod';
import { connectorNames } from './permitConnectorPort.ts';
import { numberPatternSchema } from './permitPattern.ts';
import type { SettingStore } from './storePort.ts';

export const PERMIT_SETTINGS = 'permits';

/** Kinds of numbers, see permitNumbers.ts. */
const kinds = ['nib', 'oss', 'simbg', 'decree', 'bppt', 'office'] as const;

const rule = (standard: number, min: number, max: number) => z.number().int().min(min).max(max).default(standard);
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'bukan jam HH:MM');

/** A standard reason why files come back, with what to do; the only reasons a citizen is told by message. */
const reasonSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'huruf kecil, angka, dan - saja'),
  id: z.string().trim().min(3).max(160),
  en: z.string().trim().min(3).max(160),
  source: z.string().trim().min(3).max(120),
  checked: z.iso.date(),
});
export type ReturnReason = z.infer<typeof reasonSchema>;

const faq = { source: 'FAQ DPMPTSP Kota Bandung (dpmptsp.bandung.go.id/faq)', checked: '2026-11-25' };
const standardReasons: ReturnReason[] = [
  { key: 'berkas-buram', id: 'berkas yang diunggah buram', en: 'an uploaded file is blurred', ...faq },
  { key: 'berkas-terpotong', id: 'berkas yang diunggah terpotong', en: 'an uploaded file is cut off', ...faq },
  { key: 'salah-kolom', id: 'berkas diunggah di kolom yang salah', en: 'a file was uploaded in the wrong field', ...faq },
];

export const permitSettingsSchema = z.strictObject({
  patterns: z.array(numberPatternSchema).max(20).default([]),
  reasons: z.array(reasonSchema).max(60).default(standardReasons),
  /** Working days of the service standard by service; only what the office has confirmed is listed. */
  standards: z.record(z.string().min(1).max(60), z.number().int().min(1).max(365)).default({}),
  /** Look-ups with a second fact that are judged: of one contact in a day, of one number in a day, of everybody in an hour. */
  perContact: rule(5, 1, 5),
  perNumber: rule(5, 1, 5),
  perHour: rule(100, 10, 5000),
  /** A judged look-up is answered at the next whole multiple of this, so that time tells nothing. */
  slotSeconds: rule(3, 1, 8),
  proofMinutes: rule(30, 1, 30),
  dialogueMinutes: rule(15, 2, 120),
  /** Older data says so and offers a person. */
  staleHours: rule(72, 1, 2000),
  quietHours: z.strictObject({ from: time, to: time }).default({ from: '20:00', to: '07:00' }),
  /** Which system is asked about a file, by the kind of its number; `none` or left out: what is stored answers. OSS knows id_izin only. */
  routes: z.partialRecord(z.enum(kinds), z.enum(['none', ...connectorNames])).default({ oss: 'oss' }),
  /** Other systems are asked at most so often, and not about a file they told of within the last minutes. */
  pullsPerMinute: rule(30, 1, 600),
  freshMinutes: rule(5, 1, 1440),
  /** Where citizens follow a SIMBG file themselves; `{nomor}` is replaced by its number. Null: no link is shown. */
  simbgLink: z
    .url({ protocol: /^https$/ })
    .max(200)
    .nullable()
    .default('https://simbg.pu.go.id'),
  /** Days after which an ended file, and one nobody has told of any more, is forgotten with its history and watches; 0: kept. */
  keepEndedDays: rule(365, 0, 3650),
  keepSilentDays: rule(730, 0, 3650),
});
export type PermitSettings = z.infer<typeof permitSettingsSchema>;

export const defaultPermitSettings: PermitSettings = permitSettingsSchema.parse({});

/** @returns what the office set, else the defaults; a document of an older program that no longer fits counts as not set. */
export async function loadPermitSettings(settings: SettingStore): Promise<{ value: PermitSettings; version: number }> {
  const stored = await settings.get(PERMIT_SETTINGS);
  const parsed = permitSettingsSchema.safeParse(stored?.value ?? {});
  return { value: parsed.success ? parsed.data : defaultPermitSettings, version: stored?.version ?? 0 };
}
