// The routes of keeping the bot's knowledge alive: facts by demand, unanswered questions, labels. The desk says who may which.
import { z } from 'zod';
import { labelBody } from '../contract/knowledge.ts';
import type { HttpOptions } from './options.ts';
import { type Route, route } from './route.ts';

const nothing = z.object({});

/** @returns these routes, in the order of the documentation */
export function createKnowledgeRoutes({ desk }: HttpOptions): Route[] {
  const { knowledge } = desk;
  return [
    route(
      'get',
      '/knowledge/facts',
      'officer',
      'How often each fact is asked for; overdue answers (supervisor)',
      nothing,
      (call) => knowledge.factUses(call.by),
    ),
    route('get', '/knowledge/unanswered', 'officer', 'What the bot did not know (supervisor)', nothing, ({ by }) =>
      knowledge.unanswered(by),
    ),
    route('get', '/knowledge/intents', 'officer', 'Every intent by title', nothing, ({ by }) => knowledge.intents(by)),
    route('get', '/knowledge/labels/:id', 'officer', 'What a reply was about, and its label', nothing, ({ by, id }) =>
      knowledge.labelOf(by, id),
    ),
    route('put', '/knowledge/labels/:id', 'officer', 'Say what was really asked', labelBody, ({ by, id, input }) =>
      knowledge.label(by, id, input.intent),
    ),
    route('delete', '/knowledge/labels/:id', 'officer', 'Take the label back', nothing, ({ by, id }) =>
      knowledge.unlabel(by, id),
    ),
  ];
}
