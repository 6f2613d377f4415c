// The shape of one file in intents/: what its author must fill in, and what an approved text may not do.
import { z } from 'zod';
import type { Language } from '../contract/message.ts';

const maxText = 600;
const emoji = /\p{Extended_Pictographic}/u;

const answerText = z
  .string()
  .trim()
  .min(1)
  .max(maxText, `at most ${maxText} characters`)
  .refine((text) => !text.includes('!'), 'no exclamation marks')
  .refine((text) => !emoji.test(text), 'no emoji');
/** Indonesian and English always; Sundanese with a word on who checked it. */
const texts = z.strictObject({ id: answerText, en: answerText, su: answerText.optional() });
const label = z.string().trim().min(1).max(20, 'a button label has at most 20 characters');

const lines = z.array(z.string().min(1).max(300));
const examples = z.strictObject({
  id: lines.min(12, 'at least 12 Indonesian examples'),
  su: lines.min(4, 'at least 4 Sundanese examples'),
  en: lines.min(4, 'at least 4 English examples'),
});
const moreExamples = z.strictObject({ id: lines.default([]), su: lines.default([]), en: lines.default([]) });

const source = z.strictObject({
  name: z.string().trim().min(3).max(200),
  checked: z.iso.date('write the date as YYYY-MM-DD'),
  /** `verified`: two independent sources agree · `primary`: read at the office's or the state's own page · `single`: one source. */
  confidence: z.enum(['verified', 'primary', 'single']),
  legal: z.string().trim().min(3).max(300).optional(),
  /** Since when the rule behind the answer holds. */
  effectiveFrom: z.iso.date('write the date as YYYY-MM-DD').optional(),
  /** After this day the answer is no longer given as a fact until somebody has read the source again. */
  reviewBy: z.iso.date('write the date as YYYY-MM-DD').optional(),
  /** Who at the office vouched for the text; without it the office has not. */
  confirmedBy: z.string().trim().min(2).max(120).optional(),
});

const topicKey = z.string().regex(/^[a-z][a-z-]*$/, 'a key is lower case');

export const intentSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?$/, 'an id is lower case: name or group.name')
      // A button's id is at most 64 bytes, and `cmd:legal:` stands before this one.
      .max(54, 'an id is at most 54 characters'),
    title: z.string().trim().min(2).max(60),
    /** The intent as a button; without one it is never offered as a choice. */
    label: z.strictObject({ id: label, en: label }).optional(),
    /** A permit question is about one service (`pbg`) and one aspect of it (`syarat`); general questions have neither. */
    service: z
      .string()
      .regex(/^[a-z][a-z-]*$/)
      .optional(),
    aspect: z
      .string()
      .regex(/^[a-z][a-z-]*$/)
      .optional(),
    /** Old names that this answer replaces, as services of lexicon/topics.yaml: a message that names one may get it. */
    covers: z.array(topicKey).default([]),
    smalltalk: z.boolean().default(false),
    handoff: z.enum(['none', 'offer', 'now']),
    answer: texts,
    /** Who checked the Sundanese text, and when; `belum`: nobody yet, which `npm run intents:check` reports. */
    languageCheckedBy: z.string().trim().min(2).optional(),
    facts: z.array(z.string().regex(/^[a-z][a-z.-]*$/)).default([]),
    unconfirmed: texts.optional(),
    /** Intent ids or `cmd:officer`, `cmd:legal`, `cmd:cancel`. */
    buttons: z.array(z.string().min(1).max(64)).max(3, 'at most 3 buttons').default([]),
    source: source.optional(),
    examples,
    /** Examples about another aspect of the service, by aspect, where this answer tells that too: what an NIB costs. */
    also: z.record(topicKey, moreExamples).default({}),
    /**
     * Messages that ask this when they are all that is said ("berapa lama", "izin hotel"). They are matched as they stand and not
     * learned: beside other words they could mean anything.
     */
    alone: moreExamples.prefault({}),
  })
  .superRefine((file, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: path.split('.'), message });
    if ((file.answer.su ?? file.unconfirmed?.su) && !file.languageCheckedBy)
      problem('languageCheckedBy', 'a Sundanese text needs the name of who checked it');
    if (file.smalltalk && file.source) problem('source', 'small talk carries no source');
    if (file.facts.length > 0 !== (file.unconfirmed !== undefined))
      problem('unconfirmed', 'needed when the answer has facts, and only then');
    for (const [language, text] of Object.entries(file.answer)) {
      const used = [...text.matchAll(/\{([^}]*)\}/g)].map((match) => match[1]);
      const same = file.facts.length === new Set(used).size && file.facts.every((fact) => used.includes(fact));
      if (!same) problem(`answer.${language}`, 'the {placeholders} must be exactly the facts');
    }
    if (file.source?.confidence === 'single') {
      if (!/\bmenurut\b/i.test(file.answer.id)) problem('answer.id', 'a single source is named: "menurut …"');
      if (!/\baccording to\b/i.test(file.answer.en)) problem('answer.en', 'a single source is named: "according to …"');
      if (file.handoff === 'none') problem('handoff', 'a single source is offered together with a person');
    }
    if (file.buttons.includes('cmd:legal') !== (file.source?.legal !== undefined))
      problem('buttons', 'cmd:legal stands exactly where source.legal is given');
    if (file.handoff === 'offer' && !file.buttons.includes('cmd:officer'))
      problem('buttons', 'handoff: offer needs the button cmd:officer');
  });

export type IntentFile = z.infer<typeof intentSchema>;

const languages = ['id', 'su', 'en'] as const;

interface Example {
  text: string;
  language: Language;
  /** Only where it is another than the intent's. */
  aspect?: string;
}

/** @returns every example that is learned, in the order of the file */
export function examplesOf({ examples, also }: Pick<IntentFile, 'examples' | 'also'>): Example[] {
  return [...textsOf(examples), ...Object.entries(also).flatMap(([aspect, texts]) => textsOf(texts, { aspect }))];
}

/** @returns what asks this when it is all that is said */
export const aloneOf = ({ alone }: Pick<IntentFile, 'alone'>): Example[] => textsOf(alone);

function textsOf(texts: z.infer<typeof moreExamples>, more: { aspect?: string } = {}): Example[] {
  return languages.flatMap((language) => texts[language].map((text) => ({ text, language, ...more })));
}

/**
 * intents/office.yaml: what the office must confirm before it is told, by key. `value` is a proposal from a public source, for
 * officers only.
 */
export const officeSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/, 'a key like kantor.alamat'),
  z.strictObject({
    title: z.string().trim().min(2).max(60),
    /** The title in English, for consoles that speak it. */
    en: z.string().trim().min(2).max(60).optional(),
    value: z.string().trim().min(1).max(300).nullable().default(null),
    source: z.string().trim().min(1).max(200).nullable().default(null),
  }),
);
export type OfficeFile = z.infer<typeof officeSchema>;

const phrases = z.array(z.string().min(1)).min(1);
const named = z.strictObject({ id: z.string().trim().min(2).max(60), en: z.string().trim().min(2).max(60) });
export const topicsSchema = z.strictObject({
  /** Our permits and systems, by service. */
  layanan: z.record(topicKey, phrases),
  /** Other agencies' matters, and which office has each. */
  lain: z.record(topicKey, z.strictObject({ names: phrases, matter: named.optional(), office: named.optional() })),
  /** How our own office is named: a way to it may start at another's. */
  kami: phrases,
  'basa-basi': phrases,
  pembuka: phrases,
  penanya: phrases,
  tempat: phrases,
});
export type TopicsFile = z.infer<typeof topicsSchema>;
