// What this console does in the open conversation, as colleagues see it: types, looks, or is open in a tab that is not in front.
import type { PresenceState } from '../../src/contract/workplace.ts';

export interface Here {
  typed(): void;
  /** A conversation was opened, or joined again after a gap: told afresh. */
  again(conversationId: string): void;
  stop(): void;
}

/** After this long without a key the officer no longer types. */
const TYPING_ENDS_MS = 5000;

/** @param tell called with each new state */
export function createHere(tell: (state: PresenceState) => void): Here {
  let place: string | null = null;
  let isTyping = false;
  let told: PresenceState | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    const isFront = document.visibilityState === 'visible' && document.hasFocus();
    const state = !isFront ? 'away' : isTyping ? 'typing' : 'viewing';
    if (state === told) return;
    told = state;
    tell(state);
  }
  const events = [
    [window, 'focus'],
    [window, 'blur'],
    [document, 'visibilitychange'],
  ] as const;
  for (const [target, name] of events) target.addEventListener(name, look);

  return {
    typed: () => {
      isTyping = true;
      clearTimeout(timer);
      timer = setTimeout(() => {
        isTyping = false;
        look();
      }, TYPING_ENDS_MS);
      look();
    },
    again: (conversationId) => {
      if (conversationId !== place) {
        isTyping = false;
        clearTimeout(timer);
      }
      place = conversationId;
      told = null;
      look();
    },
    stop: () => {
      clearTimeout(timer);
      for (const [target, name] of events) target.removeEventListener(name, look);
    },
  };
}
