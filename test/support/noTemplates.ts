// The verbs of templates for a desk that has none.
import type { TemplateVerbs } from '../../src/desk/templateVerbs.ts';

export const noTemplates: TemplateVerbs = {
  templates: async () => ({ templates: [], version: 0 }),
  putTemplates: async () => ({ ok: false, code: 'conflict' }),
  sendTemplate: async () => ({ ok: false, code: 'not-found' }),
  channels: async () => ({ channels: [] }),
};
