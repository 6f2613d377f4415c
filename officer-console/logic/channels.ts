// What the WhatsApp page says about a number: one word for its state, one sentence for what to do. No DOM.
import type { ChannelView } from '../../src/contract/channels.ts';
import { t } from './language.ts';

export type ChannelState = ChannelView['state'];

export const stateNames: Record<ChannelState, string> = {
  ready: t('Tersambung', 'Connected'),
  connecting: t('Sedang menyambung', 'Connecting'),
  'needs-login': t('Perlu ditautkan', 'Needs linking'),
  down: t('Terputus', 'Down'),
  standby: t('Bersiaga', 'Standing by'),
};

/** @returns what an admin does now; null while there is nothing to do */
export function whatToDo({ state, login }: Pick<ChannelView, 'state' | 'login'>, now: number): string | null {
  if (state === 'ready') return null;
  if (state === 'connecting')
    return t('Tunggu sebentar; biasanya kurang dari satu menit.', 'Wait a moment; usually less than a minute.');
  if (state === 'standby') {
    return t(
      'Nomor ini dijalankan server lain; kode QR dan tombolnya ada di sana.',
      'Another server runs this number; its QR and its buttons are there.',
    );
  }
  if (state === 'down' && login?.isAsleep) {
    return t('Setelah itu diperbaiki di server, tekan Mulai ulang.', 'Once that is put right on the server, press Restart.');
  }
  if (state === 'down') {
    return t(
      'Kanal mencoba lagi sendiri. Bila tetap terputus, tekan Mulai ulang.',
      'It tries again by itself. If it stays down, press Restart.',
    );
  }
  // The code says itself what to do with it.
  if (login !== null && isValid(login.code, now)) return null;
  if (login === null || login.isAsleep || !isValid(login.qr, now)) {
    return t('Kode QR sudah habis. Tekan Minta QR baru.', 'The QR has run out. Press New QR.');
  }
  return t(
    'Di ponsel kantor: buka WhatsApp → Perangkat tertaut → Tautkan perangkat, lalu pindai kode ini.',
    'On the office’s phone: WhatsApp → Linked devices → Link a device, then scan this code.',
  );
}

export const isValid = (one: { until: number } | null, now: number): boolean => one !== null && now < one.until;

/** @returns whole seconds that are left, never below 0 */
export const secondsLeft = (until: number, now: number): number => Math.max(0, Math.ceil((until - now) / 1000));

/** `ABCD1234` → `ABCD-1234`, as the phone shows it. */
export const spellCode = (code: string): string => code.replace(/^(.{4})(.{4})$/, '$1-$2');
