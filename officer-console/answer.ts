// What a request of the console comes to: what was asked for, or a code with a sentence.
import type { Trouble } from './logic/outbox.ts';

export type Answer<T> = ({ ok: true } & T) | { ok: false; code: Trouble; message: string };
