// Where the visitor writes, attaches and records. What is typed but not sent survives a reload.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { accepted } from './attach.ts';
import type { HostFrame } from './hostFrame.ts';
import { AttachIcon, MicIcon, SendIcon } from './icons.tsx';
import { RecordBar } from './recordBar.tsx';
import { canRecord, type Recording, startRecording } from './recorder.ts';
import type { KeyValue } from './storage.ts';
import type { Strings } from './strings.ts';

export const draftKey = 'loket.draft';
/** The wire's own limit (contract: textSchema). */
const maxLength = 8000;

export interface ComposerProps {
  text: Strings;
  storage: KeyValue;
  frame: HostFrame;
  onSend: (text: string) => void;
  onTyping: () => void;
  onFiles: (files: File[]) => void;
  onVoice: (note: Blob) => void;
  /** The microphone is not allowed, or there is none. */
  onNoMicrophone: () => void;
}

export function Composer(props: ComposerProps) {
  const { text, storage } = props;
  const [draft, setDraft] = useState(() => storage.get(draftKey) ?? '');
  const [recording, setRecording] = useState<Recording | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);

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

  const take = (files: FileList | null | undefined): boolean => {
    if (!files || files.length === 0) return false;
    props.onFiles([...files]);
    return true;
  };

  const record = async () => {
    const begun = await startRecording();
    setRecording(begun);
    if (begun === null) props.onNoMicrophone();
  };
  const onRecorded = (note: Blob | null) => {
    recording?.cancel();
    setRecording(null);
    if (note !== null) props.onVoice(note);
  };

  // As high as the text, up to the limit the style sheet sets.
  useLayoutEffect(() => {
    const box = area.current;
    if (box === null) return;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  }, [draft, recording]);

  // With a mouse the cursor may wait in the box; on a phone that would open the keyboard over the answer. A panel that
  // the page opened by itself takes no focus.
  useEffect(
    () =>
      props.frame.whenShown(() => {
        if (document.hasFocus() && matchMedia('(pointer: fine)').matches) area.current?.focus();
      }),
    [props.frame],
  );

  if (recording !== null) return <RecordBar recording={recording} text={text} onDone={onRecorded} />;
  const isEmpty = draft.trim() === '';
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <input
        type="file"
        hidden
        multiple
        accept={accepted}
        ref={picker}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = ''; // the same file may be picked again
        }}
      />
      <button type="button" class="icon" aria-label={text.attach} onClick={() => picker.current?.click()}>
        <AttachIcon />
      </button>
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
        onInput={(event) => {
          write(event.currentTarget.value);
          if (event.currentTarget.value.trim() !== '') props.onTyping();
        }}
        onKeyDown={onKeyDown}
        onPaste={(event) => take(event.clipboardData?.files) && event.preventDefault()}
      />
      <span id="loket-help" class="hidden">
        {text.composerHelp}
      </span>
      {isEmpty && canRecord() ? (
        <button type="button" class="icon" aria-label={text.record} onClick={() => void record()}>
          <MicIcon />
        </button>
      ) : (
        <button type="submit" class="icon send" aria-label={text.send} disabled={isEmpty}>
          <SendIcon />
        </button>
      )}
    </form>
  );
}
