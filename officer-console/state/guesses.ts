// The bot's guesses for the open conversation, asked for again when the citizen wrote.
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Suggestion } from '../../src/contract/workplace.ts';
import type { Api } from '../api.ts';
import type { Room } from '../logic/rooms.ts';

export interface Guesses {
  /** Null until they are here. */
  current: ReadonlySignal<Suggestion[] | null>;
  stop(): void;
}

/** A turn of several messages is guessed once. Milliseconds. */
const SETTLE_MS = 250;

export function createGuesses({ api, room }: { api: Api; room: ReadonlySignal<Room | null> }): Guesses {
  const current = signal<Suggestion[] | null>(null);
  let key = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stop = effect(() => {
    const row = room.value?.row ?? null;
    const next = row === null ? '' : `${row.id} ${row.lastInboundAt}`;
    if (next === key) return;
    if (row === null || !key.startsWith(`${row.id} `)) current.value = null;
    key = next;
    clearTimeout(timer);
    if (row === null) return;
    timer = setTimeout(() => {
      void api.suggestions(row.id).then((answer) => {
        if (key === next) current.value = answer.ok ? answer.suggestions : [];
      });
    }, SETTLE_MS);
  });
  return {
    current,
    stop: () => {
      clearTimeout(timer);
      stop();
    },
  };
}
