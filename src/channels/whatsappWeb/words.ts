// What officers read about the number's state, and what a failed send means. Indonesian, for people who run no servers.
import type { ChannelHealth } from '../../desk/ports.ts';
import { SendError } from '../../desk/ports.ts';
import type { CallTrouble } from './protocol.ts';
import type { State, Trouble } from './supervise.ts';

const troubles: Partial<Record<Trouble, string>> = {
  'no-library':
    'Pustaka whatsapp-web.js tidak terpasang di server. Jalankan npm ci tanpa --omit=optional, lalu mulai ulang kanal.',
  'no-browser':
    'Peramban Chromium tidak ditemukan di server. Pasang Chromium atau isi PUPPETEER_EXECUTABLE_PATH, lalu mulai ulang kanal.',
  'profile-in-use': 'Sesi WhatsApp ini masih dipakai proses lain di server.',
  conflict: 'WhatsApp Web untuk nomor ini dibuka di tempat lain.',
  'no-connection': 'WhatsApp Web tidak terhubung ke WhatsApp. Periksa internet server dan ponsel.',
  'no-start': 'Halaman WhatsApp Web tidak terbuka. Periksa internet server.',
  'start-failed': 'Halaman WhatsApp Web tidak terbuka. Periksa internet server.',
  'no-ready': 'WhatsApp Web terbuka tetapi tidak siap. Mungkin halamannya baru diperbarui WhatsApp.',
};

/** @returns the channel's health as every room knows it */
export function healthOf(state: State): ChannelHealth {
  const { since, isReady } = state;
  if (isReady) return { state: 'ready', since, detail: null };
  switch (state.phase) {
    case 'login':
    case 'asleep':
      return {
        state: 'needs-login',
        since,
        detail: 'Nomor WhatsApp belum ditautkan. Buka halaman WhatsApp, lalu pindai kode QR.',
      };
    case 'off':
      return { state: 'down', since, detail: 'Kanal WhatsApp dihentikan.' };
    case 'starting':
    case 'syncing':
      if (state.failures === 0) return { state: 'connecting', since, detail: 'WhatsApp Web sedang dibuka.' };
  }
  const detail = (state.trouble && troubles[state.trouble]) ?? 'WhatsApp Web terputus dan sedang dimulai ulang.';
  return { state: 'down', since, detail };
}

/** Also for a child that ended with the message in its hands. */
export const doubt = (): SendError => new SendError('uncertain', 'WhatsApp Web tidak memberi kepastian bahwa pesan terkirim.');
export const notReady = (): SendError => new SendError('retry', 'WhatsApp Web sedang tidak tersambung.', 5000);

/** @param trouble of a send or a fetch */
export function toSendError({ verdict, detail }: CallTrouble): SendError {
  switch (verdict) {
    case 'unsent':
      return new SendError('retry', 'WhatsApp Web belum dapat mengerjakannya.');
    case 'refused':
      return new SendError('unreachable', `WhatsApp tidak mengenal penerima ini (${detail}).`);
    case 'stranger':
      return new SendError('rejected', 'Warga ini belum pernah menulis ke nomor WhatsApp ini. Kanal ini hanya boleh membalas.');
    case 'too-large':
      return new SendError('rejected', 'Berkasnya terlalu besar.');
    case 'doubt':
      return doubt();
  }
}
