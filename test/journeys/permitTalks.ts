// The talks about a permit's status that every channel must hold, as data: an export as the office makes it, and who says what.
import { spawnSync } from 'node:child_process';
import { utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Loket } from '../support/loket.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** One line of a citizen and what is heard next; null: nothing is. `button` is pressed instead where the channel has any. */
export type Line = readonly [says: string, hears: RegExp | null];
export interface Talk {
  name: string;
  /** Leaves whoever holds it with no tries or with an officer, or begins with nothing proved: no other talk goes before or after it. */
  isAlone?: true;
  /** Its number is in the export of last week. */
  isOld?: true;
  lines: readonly Line[];
}

/** What is told behind the file's number. */
const states: [status: string, told: RegExp, reason?: string][] = [
  ['Terdaftar', /Terdaftar\. Giliran kantor/],
  ['Verifikasi berkas', /Verifikasi berkas\. Giliran kantor/],
  ['Dikembalikan', /Dikembalikan\. Giliran pemohon\. Alasannya: berkas yang diunggah buram\./, 'berkas-buram'],
  ['Verifikasi teknis', /Verifikasi teknis\. Giliran kantor/],
  ['Tinjauan lapangan', /Tinjauan lapangan\. Giliran dinas teknis/],
  ['Rekomendasi teknis', /Rekomendasi teknis\. Giliran dinas teknis/],
  ['Menunggu pembayaran', /Menunggu pembayaran\. Giliran pemohon\./],
  ['Penetapan', /Penetapan\. Giliran kantor/],
  ['Terbit', /Terbit\. Prosesnya sudah selesai\./],
  ['Ditolak', /Ditolak\. Prosesnya sudah selesai\./],
  ['Dicabut', /Dicabut\. Prosesnya sudah selesai\./],
  ['Proses khusus', /Status dari sistem: “Proses khusus”\. Artinya belum saya ketahui\. Giliran siapa tidak disebut/],
];
/** @returns the number of the n-th file of the export. */
export const numberOf = (n: number): string => `PBG-327312-01082023-${String(n + 1).padStart(2, '0')}`;
/** Files at `Verifikasi berkas` for the wrong turns: tries are counted by number, so each talk has its own. */
const SPARE = states.length;
const spares = 40;
export const unknown = 'PBG-327312-01082023-98';

/** Writes the export; the columns are those of the standard mapping. */
export function writeExport(file: string): void {
  const row = (n: number, status: string, reason = '') =>
    `${numberOf(n)},PBG,${status},${reason},catatan rahasia,Euis Komariah,0812-3456-5678,3273125508900001`;
  const rows = [
    ...states.map(([status, , reason], n) => row(n, status, reason)),
    ...Array.from({ length: spares }, (_, n) => row(SPARE + n, 'Verifikasi berkas')),
  ];
  writeFileSync(file, `nomor,layanan,status,alasan,catatan,nama,hp,nik\n${rows.join('\n')}\n`);
}

const oldNumber = 'PBG-327312-01082023-97';
/** Writes an export of one file that was saved a week ago: what it says is as old. */
export function writeOldExport(file: string): void {
  writeFileSync(file, `nomor,layanan,status,hp\n${oldNumber},PBG,Verifikasi berkas,0812-3456-5678\n`);
  const weekAgo = new Date(Date.now() - 7 * 86_400_000);
  utimesSync(file, weekAgo, weekAgo);
}

/** Imports the exports as an office does, and starts the server on them. */
export async function openWithExport(loket: Loket): Promise<void> {
  for (const write of [writeOldExport, writeExport]) {
    const file = path.join(loket.dataDir, 'ekspor.csv');
    write(file);
    const command = ['--import', 'tsx', 'scripts/permitsImport.ts', file];
    const run = spawnSync(process.execPath, command, { cwd: root, env: { ...process.env, ...loket.toolEnv } });
    expect([run.status, String(run.stderr)]).toEqual([0, '']);
  }
  await loket.restart();
}

/** Begins all talks at once, as they come in an office; what fails is told where the outcome is awaited. */
export function holdAll<T>(talks: readonly Talk[], hold: (talk: Talk, n: number) => Promise<T>): Map<string, Promise<T>> {
  return new Map(
    talks.map((talk, n) => {
      const held = hold(talk, n);
      held.catch(() => {});
      return [talk.name, held];
    }),
  );
}

/** Each line was answered as it must be, and no answer holds a secret of the file. */
export function expectAnswered({ lines }: Talk, answers: readonly string[]): void {
  const expected = lines.flatMap(([, hears]) => hears ?? []);
  answers.forEach((answer, n) => {
    // The first thing the bot says also says what it is.
    expect(answer.replace(/\n\nSaya asisten otomatis[\s\S]*$/, '')).toMatch(expected[n] ?? /^$/);
    for (const secret of ['Euis', '5678', '0001', 'rahasia']) expect(answer).not.toContain(secret);
  });
  expect(answers).toHaveLength(expected.length);
}

const ask = /Demi keamanan, ketik 4 angka terakhir nomor HP/;
const noMatch = /^Nomor PBG-327312-01082023-\d\d dan 4 angka itu tidak cocok dengan data yang saya punya/;
const told =
  /^PBG-327312-01082023-\d\d: Verifikasi berkas\. Giliran kantor; pemohon menunggu\. Data per .*, sumber GAMPIL\.(\n+Nomor SIMBG juga bisa dilacak.*)?$/;
let spare = SPARE;
/** @returns the number of a file at `Verifikasi berkas` that no other talk asks about. */
export const fresh = (): string => numberOf(spare++);

export const stateTalks: Talk[] = states.map(([status, hears], n) => ({
  name: `a file at ${status}`,
  lines: [
    [`tolong lihat posisi berkas ${numberOf(n)}`, ask],
    ['5678', new RegExp(`^${numberOf(n)}: ${hears.source}`)],
  ],
}));

const wrong = (name: string, lines: (number: string) => Line[]): Talk => ({ name, lines: lines(fresh()) });
const alone = (name: string, lines: (number: string) => Line[]): Talk => ({ ...wrong(name, lines), isAlone: true });
export const wrongTurns: Talk[] = [
  {
    name: 'a file whose data is a week old',
    isAlone: true,
    isOld: true,
    lines: [
      [oldNumber, ask],
      [
        '5678',
        /^PBG-327312-01082023-97: Verifikasi berkas\. .*Data per .*, sumber GAMPIL\. Data ini sudah lama, mungkin sudah berubah\. Petugas bisa memeriksa\./,
      ],
    ],
  },
  wrong('a wrong second fact, then the right one', (number) => [
    [number, ask],
    ['1111', noMatch],
    ['5678', told],
  ]),
  {
    name: 'an unknown number',
    lines: [
      [unknown, ask],
      ['5678', noMatch],
    ],
  },
  wrong('the NIK instead of the phone', (number) => [
    [number, ask],
    ['nik 0001', told],
  ]),
  wrong('the whole phone number', (number) => [
    [number, ask],
    ['0812 3456 5678', told],
  ]),
  wrong('number and digits at once', (number) => [[`cek ${number} hp 5678`, told]]),
  wrong('a digit too few', (number) => [
    [number, ask],
    ['567', /tepat 4 angka terakhir/],
    ['5678', told],
  ]),
  {
    name: '13 digits that may be a phone',
    lines: [
      ['6281298764321', /^6281298764321 itu NIB atau nomor HP\?/],
      ['bukan', /^Kirim nomor permohonannya/],
      ['6281298764321', /^6281298764321 itu NIB atau nomor HP\?/],
      ['ya', ask],
    ],
  },
  wrong('a letter typed for a digit', (number) => [
    [number.replace('327312', '3273I2'), /^Maksudnya PBG-327312-/],
    ['iya', ask],
    ['5678', told],
  ]),
  { name: 'a NIB with a digit too few', lines: [['NIB saya 123456789012', /yang terbaca 12 angka, biasanya 13/]] },
  wrong('batal, then the digits all the same', (number) => [
    [number, ask],
    ['batal', /^Pengecekan status dibatalkan/],
    [number, ask],
    ['5678', told],
  ]),
  alone('petugas in the middle, and the digits while they wait', (number) => [
    [number, ask],
    ['petugas', /[Nn]omor konsultasi K-\d+/],
    ['5678', told],
  ]),
  alone('a number while they wait for an officer, then words for the officer', (number) => [
    ['petugas', /[Nn]omor konsultasi K-\d+/],
    [number, ask],
    ['5678', told],
    ['tolong dibantu ya pak, saya tunggu kabarnya', null],
  ]),
  alone('anger along with a number', (number) => [
    [
      `saya kecewa berat, izin saya ${number} ga beres beres`,
      /^Maaf, pelayanannya[\s\S]*[Nn]omor konsultasi K-\d+[\s\S]*Demi keamanan/,
    ],
    ['5678', told],
  ]),
  wrong('a question in between', (number) => [
    [number, ask],
    ['apa itu NIB?', /Nomor Induk Berusaha[\s\S]*Untuk melanjutkan cek status, ketik 4 angka terakhir/],
    ['5678', told],
  ]),
  wrong('a question with a year in between', (number) => [
    [number, ask],
    ['syarat PBG 2024 apa', /KTP[\s\S]*Untuk melanjutkan cek status, ketik 4 angka terakhir/],
    ['5\u00a06\u00a07\u00a08', told],
  ]),
  wrong('a whole NIK', (number) => [
    [number, ask],
    ['3273125508900001', told],
  ]),
  wrong('a complaint, then when it will be done', (number) => [
    [`kok lama banget izin saya ${number} udah 3 bulan`, /^Maaf, prosesnya mengecewakan[\s\S]*tulis petugas[\s\S]*Demi keamanan/],
    ['5678', told],
    ['ok makasih, kapan kira2 selesainya?', /Verifikasi berkas\. Giliran kantor[\s\S]*tidak saya perkirakan/],
  ]),
  wrong('somebody who lacks the digits and asks why', (number) => [
    [number, ask],
    ['itu nomor hp istri saya', /tulis nik lalu 4 angka terakhir NIK pemohon/],
    ['kenapa harus pakai nomor hp?', /hanya dicocokkan, tidak disimpan/],
    ['nik 0001', told],
  ]),
  wrong('a number in two messages', (number) => [
    [number.slice(0, 10), /yang terbaca 6 angka, biasanya 16/],
    [number.slice(10), ask],
    ['5678', told],
  ]),
  alone('five wrong tries', (number) => [
    [number, ask],
    ...Array.from({ length: 5 }, (): Line => ['1111', noMatch]),
    ['5678', /^Batas pengecekan lewat chat sudah tercapai/],
  ]),
  alone('being told of changes, and no more', (number) => [
    ['kabari saya kalau ada perubahan', /cek dulu statusnya/],
    [number, ask],
    ['5678', told],
    ['kabari saya kalau berubah', /saya kabari di sini/],
    ['berhenti', /kabar perubahan dihentikan/],
    ['berhenti', /Tidak ada kabar perubahan yang aktif/],
  ]),
];
