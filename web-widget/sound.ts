// A short soft tone for a new message; off until the visitor turns it on, and kept as chosen.
import type { KeyValue } from './storage.ts';

const key = 'loket.sound';

export interface Sound {
  isOn(): boolean;
  /** Turning it on plays it once: the press is what allows a page to sound at all. */
  toggle(): void;
  /** Plays when it is on; silent where the browser does not allow it. */
  play(): void;
}

/** @param storage where the choice is kept */
export function createSound(storage: KeyValue): Sound {
  let context: AudioContext | null = null;

  function tone(): void {
    try {
      context ??= new AudioContext();
      void context.resume().catch(() => undefined);
      const at = context.currentTime;
      const volume = context.createGain();
      const voice = context.createOscillator();
      voice.frequency.setValueAtTime(660, at);
      voice.frequency.setValueAtTime(880, at + 0.09);
      volume.gain.setValueAtTime(0.08, at);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.3);
      voice.connect(volume).connect(context.destination);
      voice.start(at);
      voice.stop(at + 0.3);
    } catch {
      // No sound hardware, or not allowed here: the message is on the screen anyway.
    }
  }

  const isOn = (): boolean => storage.get(key) === '1';
  return {
    isOn,
    toggle() {
      if (isOn()) return storage.remove(key);
      storage.set(key, '1');
      tone();
    },
    play() {
      if (isOn()) tone();
    },
  };
}
