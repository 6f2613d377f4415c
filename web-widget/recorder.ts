// Records a voice note with the browser's own recorder; small, mono, and never longer than three minutes.
/** Longest voice note, seconds. At 24 kbit/s that is about half a megabyte. */
export const longestSeconds = 180;
const bitsPerSecond = 24_000;
/** What the server takes, best first. Safari records MP4, Chromium WebM, Firefox Ogg. */
const types = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'];

export interface Recording {
  /** Ends it. @returns the note, or null when nothing was recorded */
  finish(): Promise<Blob | null>;
  /** Ends it and throws it away. */
  cancel(): void;
}

export const canRecord = (): boolean =>
  typeof MediaRecorder === 'function' && navigator.mediaDevices !== undefined && pickType() !== undefined;

const pickType = (): string | undefined => types.find((type) => MediaRecorder.isTypeSupported(type));

/** Asks for the microphone and begins. @returns null when it is not allowed or there is none */
export async function startRecording(): Promise<Recording | null> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true } });
    const mimeType = pickType() ?? '';
    const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: bitsPerSecond });
    const parts: Blob[] = [];
    const ended = new Promise<void>((resolve) => {
      recorder.ondataavailable = ({ data }) => void parts.push(data);
      recorder.onstop = () => resolve();
    });
    const stop = (): void => {
      if (recorder.state !== 'inactive') recorder.stop();
      for (const track of stream.getTracks()) track.stop(); // the microphone's lamp goes out
    };
    recorder.start();
    return {
      async finish() {
        stop();
        await ended;
        const note = new Blob(parts, { type: mimeType.split(';')[0] ?? '' });
        return note.size === 0 ? null : note;
      },
      cancel: stop,
    };
  } catch {
    return null;
  }
}
