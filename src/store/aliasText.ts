// What is hashed of a contact's name on a channel: the same in every store, never the same for two names.
import type { Alias } from '../desk/identityPort.ts';

/** @returns the text under whose keyed hash the name is kept. */
export const aliasText = ({ channel, accountId, kind, value }: Alias): string =>
  `alias:${JSON.stringify([channel, accountId, kind, value])}`;

/** @returns the same for a code by which a visitor links another channel. */
export const codeText = (code: string): string => `link:${code}`;
