// The console's voice: a short tone, a desktop notification, the number in the title. What is worth it is decided in logic/alerts.ts.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Alert } from '../logic/alerts.ts';
import { t } from '../logic/language.ts';
import { talkHash } from '../logic/route.ts';
import { channelLabels } from '../logic/words.ts';

export interface Sounder {
  /** Whether the officer wants to hear it; kept in this browser. */
  isOn: ReadonlySignal<boolean>;
  toggle(): void;
  /** Asks the browser for leave to show notifications. */
  askLeave(): Promise<void>;
  /** `default`: not asked yet. */
  leave: ReadonlySignal<NotificationPermission | 'missing'>;
  announce(alerts: Alert[], sound: boolean): void;
}

const KEY = 'loket:sound';

export function createSounder(shelf: Pick<Storage, 'getItem' | 'setItem'>): Sounder {
  const isOn = signal(shelf.getItem(KEY) !== 'off');
  const leave = signal<NotificationPermission | 'missing'>('Notification' in window ? Notification.permission : 'missing');
  let context: AudioContext | null = null;

  function tone(): void {
    context ??= new AudioContext();
    void context.resume();
    const at = context.currentTime;
    const volume = context.createGain();
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.45);
    volume.connect(context.destination);
    for (const [frequency, start] of [
      [660, 0],
      [880, 0.12],
    ] as const) {
      const oscillator = context.createOscillator();
      oscillator.frequency.value = frequency;
      oscillator.connect(volume);
      oscillator.start(at + start);
      oscillator.stop(at + 0.45);
    }
  }

  /** Phones have the name `Notification` and refuse to make one without a service worker. */
  function open(title: string, options: NotificationOptions): Notification | null {
    try {
      return new Notification(title, options);
    } catch {
      return null;
    }
  }

  /** Never a name or a word of the citizen: others see the screen. */
  function notify({ kind, row }: Alert): void {
    const title =
      kind === 'queue' ? t('Ada yang baru di antrean', 'New in the queue') : t('Ada balasan warga', 'A citizen answered');
    const note = open(title, { body: `K-${row.number} · ${channelLabels[row.channel]}`, tag: row.id });
    if (note === null) return;
    note.onclick = () => {
      window.focus();
      location.hash = talkHash(kind === 'queue' ? 'queue' : 'mine', row.id);
      note.close();
    };
  }

  return {
    isOn,
    leave,
    toggle: () => {
      isOn.value = !isOn.value;
      shelf.setItem(KEY, isOn.value ? 'on' : 'off');
    },
    askLeave: async () => {
      if (leave.value === 'default') leave.value = await Notification.requestPermission();
    },
    announce: (alerts, sound) => {
      if (sound && isOn.value) tone();
      if (leave.value === 'granted' && !document.hasFocus()) for (const alert of alerts.slice(0, 3)) notify(alert);
    },
  };
}
