// Templates: kept as one small document, sent by officers where the service window is over, filled in and stored like any reply.
import { z } from 'zod';
import type { Officer } from '../contract/conversation.ts';
import { storedTemplateSchema, type Template, type templateSchema, variableCount } from '../contract/templates.ts';
import { officerMessage } from './compose.ts';
import type { DeskContext } from './context.ts';
import { maskPersonal } from './identifiers.ts';
import { newId } from './ids.ts';
import { answerAs } from './officerReply.ts';
import type { StoredTemplates, TemplateVerbs } from './templateVerbs.ts';

const KEY = 'templates';
const storedSchema = z.array(storedTemplateSchema);

export function createTemplateVerbs(desk: DeskContext): TemplateVerbs {
  async function read(): Promise<StoredTemplates> {
    const stored = await desk.store.settings.get(KEY);
    if (stored === null) return { templates: [], version: 0 };
    const parsed = storedSchema.safeParse(stored.value);
    if (!parsed.success) desk.log.error({ problems: parsed.error.issues.length }, 'stored templates do not fit');
    return { templates: parsed.data ?? [], version: stored.version };
  }

  return {
    templates: () => read(),
    async putTemplates(by, given, version) {
      const known = (await read()).templates;
      const now = desk.clock.now();
      const templates = given.map((one) => withApproval(one, known, by, now));
      const audit = { id: newId('a'), at: now, actor: by.id, action: 'templates', subject: KEY, detail: null };
      const written = await desk.store.settings.put(KEY, templates, version, audit);
      return written === 'conflict' ? { ok: false, code: 'conflict' } : { ok: true, templates, version: written.version };
    },
    async sendTemplate(by, { templateId, variables, ...written }) {
      const template = (await read()).templates.find(({ id }) => id === templateId);
      const refusal = refusalOf(template, variables);
      if (template === undefined || refusal !== null) return { ok: false, code: 'invalid', message: refusal ?? unknown };
      const filled = variables.map((variable) => maskPersonal(variable.trim()));
      return answerAs(
        desk,
        by,
        written,
        (contact) => {
          if (desk.channel(contact.channel)?.capabilities.templates !== true) return [];
          const { clientMessageId } = written;
          const message = officerMessage(by, { text: fill(template.body, filled), clientMessageId });
          return [{ ...message, template: { name: template.name, language: template.language, variables: filled } }];
        },
        { needsWindow: false },
      );
    },
    channels: async () => ({
      channels: desk.channels.map(({ name, capabilities }) => ({
        name,
        windowMs: capabilities.window?.ms ?? null,
        templates: capabilities.templates ?? false,
      })),
    }),
  };
}

const unknown = 'Templat ini tidak ada lagi. Muat ulang daftarnya.';

function refusalOf(template: Template | undefined, variables: string[]): string | null {
  if (template === undefined) return unknown;
  if (!template.approved) return 'Templat ini belum ditandai disetujui penyedia kanal.';
  const wanted = variableCount(template.body);
  return wanted === variables.length ? null : `Templat ini punya ${wanted} isian.`;
}

/** An approval belongs to the exact text, name and language it was given for. */
function withApproval(one: z.infer<typeof templateSchema>, known: Template[], by: Officer, now: number): Template {
  if (!one.approved) return { ...one, approvedBy: null, approvedAt: null };
  const before = known.find(({ id }) => id === one.id);
  const isSame =
    before?.approved === true && before.name === one.name && before.language === one.language && before.body === one.body;
  return isSame
    ? { ...one, approvedBy: before.approvedBy, approvedAt: before.approvedAt }
    : { ...one, approvedBy: by.id, approvedAt: now };
}

/** @returns the text people read. */
export const fill = (body: string, variables: string[]): string =>
  body.replace(/\{\{(\d+)\}\}/g, (whole, digits: string) => variables[Number(digits) - 1] ?? whole);
