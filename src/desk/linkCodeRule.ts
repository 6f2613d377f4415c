// What becomes of a code that came in, from what a store keeps of it: the rule is here, the store only does it, in one write.
import type { CodeAnswer, CodeTry } from './identityPort.ts';

export interface KeptCode {
  contactId: string;
  expiresAt: number;
  /** Who used it, and in which message; null while it lives. */
  usedBy: string | null;
  usedIn: string | null;
}

/** `tell`: nothing to write. `count`: a wrong guess, `count` with it. `link`: this code is used now. */
export type CodeRuling<Kept extends KeptCode> =
  | { do: 'tell'; answer: CodeAnswer }
  | { do: 'count'; count: number }
  | { do: 'link'; kept: Kept };

/**
 * @param kept what is kept under the code, null when nothing is
 * @param today wrong guesses of who sent it on this day
 */
export function ruleOnCode<Kept extends KeptCode>(
  { contactId, externalId, maxTries, now }: CodeTry,
  kept: Kept | null,
  today: { count: number; lastIn: string } | null,
): CodeRuling<Kept> {
  if (kept?.usedBy === contactId && kept.usedIn === externalId)
    return { do: 'tell', answer: { kind: 'linked', contactId: kept.contactId } };
  if (today?.lastIn === externalId) return { do: 'tell', answer: { kind: 'wrong' } };
  const count = today?.count ?? 0;
  if (count >= maxTries) return { do: 'tell', answer: { kind: 'muted' } };
  const isAlive = kept !== null && kept.usedBy === null && kept.expiresAt > now && kept.contactId !== contactId;
  return isAlive ? { do: 'link', kept } : { do: 'count', count: count + 1 };
}
