// Where the visitor writes. What is typed but not sent survives a reload.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { HostFrame } from './hostFrame.ts';
import { SendIcon } from './icons.tsx';
import type { KeyValue } from './storage.ts';
import type { Strings } from './strings.ts';

const draftKey = 'loket.draft';
/** The wire's own limit (contract: textSchema). */
const maxLength = 8000;

export function Composer(props: { text: Strings; storage: KeyValue; frame: HostFrame; onSend: (text: string) => void }) {
  const { text, storage } = props;
  const [draft, setDraft] = useState(() => storage.get(draftKey) ?? '');
  const area = useRef<HTMLTextAreaElement>(null);

  const write = (value: string) => {
    setDraft(value);
    if (value === '') storage.remove(draftKey);
    else storage.set(draftKey, value);
  };

  const send = () => {
    if (draft.trim() !== '') {
      props.onSend(draft.trim());
      write('');
    }
    area.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };

  // As high as the text, up to the limit the style sheet sets.
  useLayoutEffect(() => {
    const box = area.current;
    if (box === null) return;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  }, [draft]);

  // With a mouse the cursor may wait in the box; on a phone that would open the keyboard over the answer. A panel that
  // the page opened by itself takes no focus.
  useEffect(
    () =>
      props.frame.whenShown(() => {
        if (document.hasFocus() && matchMedia('(pointer: fine)').matches) area.current?.focus();
      }),
    [props.frame],
  );

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label class="hidden" for="loket-text">
        {text.composer}
      </label>
      <textarea
        id="loket-text"
        ref={area}
        rows={1}
        maxLength={maxLength}
        enterkeyhint="send"
        autocomplete="off"
        placeholder={text.composer}
        aria-describedby="loket-help"
        value={draft}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span id="loket-help" class="hidden">
        {text.composerHelp}
      </span>
      <button type="submit" class="icon send" aria-label={text.send} disabled={draft.trim() === ''}>
        <SendIcon />
      </button>
    </form>
  );
}
