// Takes the composer's place while a voice note is recorded: how long it is, throw it away, send it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { SendIcon, TrashIcon } from './icons.tsx';
import { longestSeconds, type Recording } from './recorder.ts';
import type { Strings } from './strings.ts';
import { clock } from './voicePlayer.tsx';

/** @param props `onDone` gets the note, or null when it was thrown away; called once */
export function RecordBar(props: { recording: Recording; text: Strings; onDone: (note: Blob | null) => void }) {
  const { recording, text } = props;
  const [seconds, setSeconds] = useState(0);
  const finish = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    finish.current?.focus();
    const began = Date.now();
    const timer = setInterval(() => setSeconds((Date.now() - began) / 1_000), 250);
    return () => {
      clearInterval(timer);
      recording.cancel(); // the panel went away in the middle: the microphone must not stay open
    };
  }, [recording]);

  const send = async () => props.onDone(await recording.finish());
  useEffect(() => {
    if (seconds >= longestSeconds) void send();
  }, [seconds >= longestSeconds]);

  return (
    <div class="composer recording">
      <button type="button" class="icon" aria-label={text.cancelRecording} onClick={() => props.onDone(null)}>
        <TrashIcon />
      </button>
      <p class="clock">
        <span class="lamp" aria-hidden="true" />
        <span role="status">{text.recording}</span> {clock(seconds)}
      </p>
      <button type="button" class="icon send" ref={finish} aria-label={text.sendRecording} onClick={() => void send()}>
        <SendIcon />
      </button>
    </div>
  );
}
