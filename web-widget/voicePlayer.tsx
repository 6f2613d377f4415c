// Plays a voice note: one button, a line that fills, the time; the bytes are fetched at the first press.
import { useEffect, useRef, useState } from 'preact/hooks';
import { PauseIcon, PlayIcon } from './icons.tsx';
import type { Strings } from './strings.ts';

/** @param props `load` gives the address of the sound, null when it cannot be had; `note` what stands beside it before it plays */
export function VoicePlayer({ load, note, text }: { load: () => Promise<string | null>; note: string; text: Strings }) {
  const audio = useRef<HTMLAudioElement | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [time, setTime] = useState<{ at: number; of: number } | null>(null);
  useEffect(() => () => audio.current?.pause(), []);

  async function press(): Promise<void> {
    const url = audio.current === null ? await load() : '';
    if (url === null) return;
    audio.current ??= listened(new Audio(url));
    if (isPlaying) audio.current.pause();
    else await audio.current.play().catch(() => setPlaying(false));
  }

  function listened(player: HTMLAudioElement): HTMLAudioElement {
    player.onplay = () => setPlaying(true);
    player.onpause = () => setPlaying(false);
    player.onended = () => {
      setPlaying(false);
      setTime(null);
    };
    player.ontimeupdate = () => setTime({ at: player.currentTime, of: player.duration });
    return player;
  }

  // Recordings of browsers often do not say how long they are.
  const part = time !== null && Number.isFinite(time.of) && time.of > 0 ? time.at / time.of : 0;
  return (
    <span class="voice">
      <button type="button" class="play" aria-label={isPlaying ? text.pause : text.play} onClick={() => void press()}>
        {isPlaying ? <PauseIcon /> : <PlayIcon />}
      </button>
      <span class="track" aria-hidden="true">
        <span style={{ width: `${Math.round(part * 100)}%` }} />
      </span>
      <small aria-live="off">{time === null ? note : clock(time.at)}</small>
    </span>
  );
}

/** @param seconds whole or broken @returns 0:07 */
export const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
