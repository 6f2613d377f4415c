// Whoever works by keyboard goes on where they were: when a form or picker closes, its button has the focus again.
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** @returns a ref for the button, and what to call when the form closes */
export function useReturn(): [RefObject<HTMLButtonElement | null>, () => void] {
  const button = useRef<HTMLButtonElement>(null);
  const [closings, setClosings] = useState(0);
  useEffect(() => {
    if (closings > 0) button.current?.focus();
  }, [closings]);
  return [button, () => setClosings((n) => n + 1)];
}
