// Asks once before everything is deleted; the safe answer has the focus, Tab stays inside, Esc keeps the conversation.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Strings } from './strings.ts';

/** @param props `erase` resolves false when the server could not be reached; `onClose` is told whether it was erased */
export function EraseDialog(props: { text: Strings; erase: () => Promise<boolean>; onClose: (isErased: boolean) => void }) {
  const { text } = props;
  const [state, setState] = useState<'asking' | 'erasing' | 'failed'>('asking');
  const dialog = useRef<HTMLDivElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);

  const erase = async () => {
    setState('erasing');
    if (await props.erase()) props.onClose(true);
    else setState('failed');
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      props.onClose(false);
    }
    if (event.key !== 'Tab') return;
    const buttons = [...(dialog.current?.querySelectorAll('button') ?? [])];
    const edge = event.shiftKey ? buttons[0] : buttons[buttons.length - 1];
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? buttons[buttons.length - 1] : buttons[0])?.focus();
  };

  return (
    <div class="veil">
      <div
        class="dialog"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="loket-erase-title"
        aria-describedby="loket-erase-body"
        ref={dialog}
        onKeyDown={onKeyDown}
      >
        <h2 id="loket-erase-title">{text.eraseTitle}</h2>
        <p id="loket-erase-body">{text.eraseBody}</p>
        <p role="status" class="trouble">
          {state === 'failed' ? text.eraseFailed : ''}
        </p>
        <button
          type="button"
          class="danger"
          aria-disabled={state === 'erasing'}
          onClick={() => state !== 'erasing' && void erase()}
        >
          {text.eraseConfirm}
        </button>
        <button type="button" ref={keep} onClick={() => props.onClose(false)}>
          {text.keep}
        </button>
      </div>
    </div>
  );
}
