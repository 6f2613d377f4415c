// The search verb: words over messages and notes, beginnings of names and numbers over contacts, each within the officer's teams.

import type { Officer } from '../contract/conversation.ts';
import type { FoundContact, SearchHit, SearchPage } from '../contract/search.ts';
import { teamsOf } from './access.ts';
import type { DeskContext } from './context.ts';
import { excerptOf } from './excerpt.ts';
import { maskPhone } from './identifiers.ts';
import type { FoundConversation } from './searchPort.ts';
import { type SearchWords, type Stem, searchTokens, searchWords } from './tokens.ts';

const PAGE = 30;
const PEOPLE = 8;

/** @param q as typed; the last word may be a beginning @param cursor of the page before, or null */
export async function find(
  { store, stem }: Pick<DeskContext, 'store' | 'stem'>,
  by: Officer,
  { q, cursor }: { q: string; cursor: string | null },
): Promise<SearchPage> {
  const words = searchWords(q, stem);
  const nothing = words.tokens.length === 0 && words.prefix === null;
  if (nothing) return { rows: [], hits: {}, contacts: [], cursor: null };
  const teamIds = teamsOf(by);
  const [page, people] = await Promise.all([
    store.messages.search({ ...words, teamIds, cursor, limit: PAGE }),
    cursor === null && words.number === null ? store.contacts.search(searchTokens(q), teamIds, PEOPLE) : [],
  ]);
  const contacts = people.map(
    ({ id, name, phone, channel, blocked }): FoundContact => ({ id, name, phone: maskPhone(phone), channel, blocked }),
  );
  const hits = Object.fromEntries(page.rows.map((one) => [one.row.id, one.hits.map((hit) => toHit(hit, words, stem))]));
  return { rows: page.rows.map(({ row }) => row), hits, contacts, cursor: page.cursor };
}

function toHit(
  { id, seq, direction, createdAt, text }: FoundConversation['hits'][number],
  words: SearchWords,
  stem?: Stem,
): SearchHit {
  return { messageId: id, seq, direction, createdAt, ...excerptOf(text, words, stem) };
}
