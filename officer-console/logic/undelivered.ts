// Undelivered messages: which of them one press may send again, and in which order. No DOM.
import type { Message } from '../../src/contract/message.ts';

/**
 * @param rows undelivered messages, newest first
 * @returns those that certainly did not arrive, oldest first: what may have arrived is a person's decision, one by one
 */
export const toSendAgain = (rows: readonly Message[]): Message[] => rows.filter(({ state }) => state === 'failed').reverse();
