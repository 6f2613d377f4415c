// The keyboard of the workplace: single letters, never while somebody writes or a dialog is open.
import { useEffect } from 'preact/hooks';
import { neighbour, nextToAnswer } from '../logic/listing.ts';
import { talkHash } from '../logic/route.ts';
import type { Workplace } from '../state/workplace.ts';

/** The box of the open conversation, if there is one to write in. */
export const focusWriter = (): void => document.querySelector<HTMLTextAreaElement>('.writer textarea')?.focus();

/** @param help shows the list of keys */
export function useKeys(workplace: Workplace, help: () => void): void {
  useEffect(() => {
    const go = (view: 'queue' | 'mine' | 'all' | 'closed', id: string | null) => {
      if (id !== null) location.hash = talkHash(view, id, workplace.inbox.filter.value);
    };
    const act = (key: string): boolean => {
      const open = workplace.room.value;
      const { lists } = workplace.inbox;
      if (key === 'j' || key === 'k') {
        go(workplace.view.value, neighbour(workplace.shown.ids, open?.id ?? null, key === 'j' ? 1 : -1));
      } else if (key === 'n') {
        const next = nextToAnswer(lists.mine.value.rows, lists.queue.value.rows, open?.id ?? null);
        if (next !== null) go(next.view, next.id);
      } else if (key === 'c') {
        if (open?.row?.state === 'queued' || open?.row?.state === 'bot') void workplace.actions.claim(open.id);
      } else if (key === 'r') focusWriter();
      else if (key === '/') workplace.asksCanned.value++;
      else if (key === '?') help();
      else return false;
      return true;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && isWriting(event.target)) (event.target as HTMLElement).blur();
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (isWriting(event.target) || document.querySelector('dialog[open]') !== null) return;
      if (act(event.key)) event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [workplace, help]);
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
