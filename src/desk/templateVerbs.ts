// The verbs of templates as the doors call them; implemented in templates.ts.
import type { z } from 'zod';
import type { Officer } from '../contract/conversation.ts';
import type { Message } from '../contract/message.ts';
import type { ChannelNews, Template, templateSchema } from '../contract/templates.ts';
import type { Result } from './result.ts';

export interface StoredTemplates {
  templates: Template[];
  version: number;
}
interface TemplateChoice {
  conversationId: string;
  clientMessageId: string;
  templateId: string;
  variables: string[];
  seen?: number | undefined;
}

export interface TemplateVerbs {
  templates(by: Officer): Promise<StoredTemplates>;
  /** Marks who said that the provider approved, and when; a changed text has to be approved again. `conflict`: somebody saved first. */
  putTemplates(
    by: Officer,
    templates: z.infer<typeof templateSchema>[],
    version: number,
  ): Promise<({ ok: true } & StoredTemplates) | { ok: false; code: 'conflict' }>;
  /** By the rules of a reply, but for the window; `invalid` when the channel takes none, it is not approved, or the variables do not fit. */
  sendTemplate(by: Officer, choice: TemplateChoice): Promise<Result<{ message: Message }>>;
  /** What each channel in use can do, for the console. */
  channels(by: Officer): Promise<{ channels: ChannelNews[] }>;
}
