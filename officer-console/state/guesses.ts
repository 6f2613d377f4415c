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

export function createGuesses(options: {
  api: Api;
  room: ReadonlySignal<Room | null>;
  online: ReadonlySignal<boolean>;
}): Guesses {
  const { api, room, online } = options;
  const current = signal<Suggestion[] | null>(null);
  let key = '';
  let whose: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stop = effect(() => {
    const row = room.value?.row ?? null;
    const next = row === null ? '' : `${row.id} ${row.lastInboundAt}`;
    const isOnline = online.value;
    if (row?.id !== whose) current.value = null;
    whose = row?.id;
    // Without an answer the key is empty: asked again when the connection is back.
    if (next === key || (key === '' && !isOnline)) return;
    key = next;
    clearTimeout(timer);
    if (row === null) return;
    timer = setTimeout(() => {
      void api.suggestions(row.id).then((answer) => {
        if (key !== next) return;
        if (answer.ok) current.value = answer.suggestions;
        else key = '';
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
