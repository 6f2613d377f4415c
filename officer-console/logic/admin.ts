// What the pages of running the office say: roles, alarms, the trail, and texts with places marked. No DOM.
import type { Alarm } from '../../src/contract/alarms.ts';
import type { Role } from '../../src/contract/conversation.ts';
import { t } from './language.ts';
import { channelLabels, clock, day, duration } from './words.ts';

export const roleNames: Record<Role, string> = {
  officer: t('Petugas', 'Officer'),
  supervisor: t('Penyelia', 'Supervisor'),
  admin: t('Admin', 'Admin'),
};

/** @returns one sentence for whoever runs the desk, and what to do. */
export function alarmText(alarm: Alarm): { title: string; help: string } {
  const { kind, value, subject, detail } = alarm;
  const name = channelLabels[subject as keyof typeof channelLabels] ?? subject ?? '';
  switch (kind) {
    case 'channel':
      return {
        title: t(
          `Kanal ${name} tidak tersambung selama ${duration(value * 1000)}`,
          `Channel ${name} away for ${duration(value * 1000)}`,
        ),
        help: detail ?? t('Periksa sambungan dan token kanal ini.', 'Check the connection and the token of this channel.'),
      };
    case 'connector':
      return {
        title: t(
          `Sistem izin ${subject?.toUpperCase() ?? ''} tidak menjawab`,
          `Permit system ${subject?.toUpperCase() ?? ''} does not answer`,
        ),
        help:
          detail === 'denied'
            ? t('Kunci aksesnya ditolak. Minta kunci baru.', 'Its access key is refused. Ask for a new one.')
            : t(
                'Warga diberi data terakhir dengan tanggalnya. Bila lama, hubungi pengelola sistem itu.',
                'Citizens get the last data with its date. If it lasts, ask who runs that system.',
              ),
      };
    case 'disk':
      return {
        title: t(`Ruang penyimpanan tinggal ${value}%`, `${value}% of the disk left`),
        help: t(
          'Bila penuh, pesan baru tidak dapat disimpan. Kosongkan ruang atau perbesar disk.',
          'When it is full no message can be stored. Free some space or enlarge the disk.',
        ),
      };
    case 'dead-letters':
      return {
        title: t(`${value} pesan tidak terkirim`, `${value} messages not delivered`),
        help: t(
          'Buka Gagal terkirim, lalu coba lagi atau hubungi warga.',
          'Open Undelivered, then try again or reach the citizen.',
        ),
      };
    case 'overdue-answers':
      return {
        title: t(`${value} jawaban bot melewati tanggal tinjau`, `${value} answers of the bot are past their review date`),
        help: `${subject ?? ''}. ${t('Bot tidak memberikannya sampai ditinjau.', 'The bot does not give them until they are reviewed.')}`,
      };
    case 'knowledge':
      return {
        title: t(
          `Pengetahuan bot yang diubah belum dipakai: ${value} masalah`,
          `Changed knowledge not in use: ${value} problems`,
        ),
        help: `${detail ?? ''} ${t('Bot menjawab dengan yang terakhir benar.', 'The bot answers from the last good version.')}`,
      };
    case 'waiting':
      return {
        title: t(`Warga menunggu di antrean ${duration(value * 1000)}`, `A citizen has waited ${duration(value * 1000)}`),
        help: t(
          'Ambil percakapan dari Antrean, atau tambah petugas yang bertugas.',
          'Take it from the queue, or put more officers on duty.',
        ),
      };
    case 'permit-guessing':
      return {
        title: t(
          `Cek status lewat pesan berhenti sampai jam berikutnya: ${value} percobaan dalam satu jam`,
          `Status by message is paused until the next full hour: ${value} tries within an hour`,
        ),
        help: t(
          'Mungkin ada yang menebak nomor berkas. Layani dari Antrean warga yang meminta petugas; nomor HP yang terbukti lewat kanalnya tetap dijawab. Bila ini warga biasa, admin dapat menaikkan batas per jam.',
          'Somebody may be guessing numbers of files. Serve citizens who ask for a person from the queue; phones their channel verified are still answered. If these are ordinary citizens, an admin can raise the cap of an hour.',
        ),
      };
  }
}

const alarmPages: Partial<Record<Alarm['kind'], string>> = {
  'dead-letters': '#/gagal',
  waiting: '#/c/queue',
  'overdue-answers': '#/pengetahuan',
};
/** Where an alarm is worked on; null where no page of the console helps. */
export const alarmHref = ({ kind }: Pick<Alarm, 'kind'>): string | null => alarmPages[kind] ?? null;

const actions: Record<string, string> = {
  claim: t('mengambil percakapan', 'took a conversation'),
  release: t('mengembalikan ke antrean', 'gave a conversation back'),
  transfer: t('mengalihkan percakapan', 'handed a conversation on'),
  close: t('menutup percakapan', 'closed a conversation'),
  handoff: t('meneruskan ke petugas', 'handed over to a person'),
  'give-back': t('mengembalikan percakapan petugas yang pergi', 'gave back the chat of an absent officer'),
  'idle-close': t('menutup karena diam', 'closed after silence'),
  upkeep: t('melupakan data yang lewat masa simpannya', 'forgot what is past its retention'),
  erase: t('menghapus seorang warga', 'erased a person'),
  block: t('memblokir kontak', 'blocked a contact'),
  unblock: t('membuka blokir kontak', 'let a contact in again'),
  'permit-view': t('melihat berkas izin', 'looked at a permit file'),
  'permit-entry': t('mencatat berkas izin', 'entered a permit file by hand'),
  'permit-import': t('mengimpor berkas izin', 'imported permit files'),
  'permit-import-undone': t('membatalkan impor berkas', 'took an import back'),
  'permit-settings': t('mengubah pengaturan berkas izin', 'changed the settings of permit files'),
  'permit-unwatch': t('menghentikan kabar berkas', 'stopped news of permit files'),
  'permit-proved': t('membuktikan berkas lewat chat', 'proved a permit file by chat'),
  settings: t('mengubah pengaturan', 'changed settings'),
  label: t('memberi label pada pertanyaan', 'labelled a question'),
  unlabel: t('membatalkan label', 'took a label back'),
  canned: t('mengubah balasan tersimpan', 'changed canned replies'),
  'officer-add': t('menambah petugas', 'added an officer'),
  'officer-change': t('mengubah petugas', 'changed an officer'),
  'team-add': t('menambah tim', 'added a team'),
  'team-rename': t('mengganti nama tim', 'renamed a team'),
  'team-join': t('memasukkan ke tim', 'put into a team'),
  'team-leave': t('mengeluarkan dari tim', 'took out of a team'),
  invite: t('mengundang', 'invited'),
  'invite-withdraw': t('menarik undangan', 'withdrew an invitation'),
  'invite-accept': t('menerima undangan', 'accepted an invitation'),
  'channel-restart': t('memulai ulang kanal', 'restarted a channel'),
  'channel-logout': t('mengeluarkan nomor dari kanal', 'logged a channel out'),
  'channel-pair': t('meminta kode tautan kanal', 'asked for a pairing code'),
  'session-end': t('mengakhiri sesi', 'ended a session'),
};
const detailWords: Record<string, string> = {
  'hours.weekly': t('minggu biasa', 'usual week'),
  'hours.holidays': t('hari libur', 'holidays'),
  'hours.overrides': t('periode khusus', 'special periods'),
  permits: t('berkas izin', 'permit files'),
  files: t('lampiran', 'attachments'),
  persons: t('warga', 'persons'),
  audit: t('jejak', 'trail entries'),
  codes: t('kode tautan', 'link codes'),
};
/** @returns the desk's own words of a trail entry as an officer reads them: changed parts, counts; null when its detail is no such word */
export function detailText(action: string, detail: string): string | null {
  const read = (word: string) => detailWords[word] ?? word;
  if (action === 'settings') return detail.split(' ').map(read).join(', ');
  return action === 'upkeep' ? detail.replace(/[a-z]+/g, read) : null;
}
export const actionName = (action: string): string => actions[action] ?? action;

/** @returns the pieces of a text in order, each marked or not; overlapping and unordered places do no harm. */
export function pieces(text: string, marks: readonly (readonly [number, number])[]): { text: string; isMarked: boolean }[] {
  const parts: { text: string; isMarked: boolean }[] = [];
  let at = 0;
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    if (from < at || to <= from) continue;
    if (from > at) parts.push({ text: text.slice(at, from), isMarked: false });
    parts.push({ text: text.slice(from, to), isMarked: true });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), isMarked: false });
  return parts;
}

/** @returns `Rabu, 25 November 2026, 09.41 WIB`. */
export const fullMoment = (at: number): string => `${day(at)}, ${clock(at)} WIB`;

/** @returns where an invited person goes; only this page ever knows the secret, the server keeps its hash. */
export const invitationLink = (origin: string, token: string): string => `${origin}/console/#/undangan?token=${token}`;
