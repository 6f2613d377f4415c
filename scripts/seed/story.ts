// The story of the example data: twelve conversations of one working day, on two channels and in every state. All names are made up.

export type Step =
  | { says: string }
  | { claims: Who }
  | { replies: string; by: Who }
  | { notes: string; by: Who }
  | { tags: string[]; by: Who }
  | { transfers: { team: keyof typeof teams } | { to: Who }; by: Who; note: string }
  | { releases: Who }
  | { closes: Who }
  /** What is sent next does not arrive. */
  | { breaks: 'failed' | 'uncertain' };
export type Who = keyof typeof people;

export const password = 'contoh-loket-2026';
export const people = {
  rina: { name: 'Rina Kartika', email: 'rina@contoh.go.id', role: 'admin', teams: [] },
  sari: { name: 'Sari Melati', email: 'sari@contoh.go.id', role: 'supervisor', teams: [] },
  budi: { name: 'Budi Santosa', email: 'budi@contoh.go.id', role: 'officer', teams: ['bangunan'] },
  dewi: { name: 'Dewi Anggraeni', email: 'dewi@contoh.go.id', role: 'officer', teams: ['reklame'] },
} as const;
export const teams = { bangunan: 'Bangunan dan PBG', reklame: 'Reklame' } as const;

export interface Talk {
  channel: 'web' | 'telegram';
  name: string | null;
  phone: string | null;
  /** How long ago it began. Minutes. */
  ago: number;
  /** Each a few minutes after the one before. */
  steps: Step[];
}

export const talks: Talk[] = [
  {
    channel: 'telegram',
    name: 'Asep Hidayat',
    phone: '+6281234567801',
    ago: 560,
    steps: [{ says: 'Selamat pagi' }, { says: 'Apa itu NIB?' }, { says: 'Terima kasih' }],
  },
  { channel: 'web', name: null, phone: null, ago: 12, steps: [{ says: 'Apa itu PBG?' }] },
  {
    channel: 'telegram',
    name: 'Lilis Suryani',
    phone: '+6281234567802',
    ago: 48,
    steps: [
      { says: 'Punten, bade naros izin reklame kanggo toko abdi' },
      { says: 'Mau bicara dengan petugas' },
      { tags: ['reklame'], by: 'sari' },
      { says: 'Ukuran papannya 2 x 1 meter, dipasang di depan toko di Jalan Dago' },
    ],
  },
  {
    channel: 'web',
    name: null,
    phone: null,
    ago: 34,
    steps: [{ says: 'petugas' }, { says: 'berkas saya dikembalikan, katanya gambar denah kurang' }],
  },
  {
    channel: 'telegram',
    name: 'Hendra Wijaya',
    phone: '+6281234567803',
    ago: 130,
    steps: [
      { says: 'Saya mau tanya status permohonan PBG, sambungkan ke petugas' },
      { claims: 'budi' },
      { replies: 'Selamat siang, Pak Hendra. Boleh nomor registrasinya?', by: 'budi' },
      { says: 'Nomornya PBG-327312-01082026-01' },
      { notes: 'Gambar struktur sudah masuk, menunggu penilai teknis.', by: 'budi' },
      { tags: ['pbg', 'status'], by: 'budi' },
      { replies: 'Terima kasih. Berkasnya sedang dinilai penilai teknis. Saya kabari bila ada catatan.', by: 'budi' },
      { says: 'Baik, kira-kira berapa lama lagi ya?' },
    ],
  },
  {
    channel: 'web',
    name: null,
    phone: null,
    ago: 95,
    steps: [
      { says: 'izin praktik bidan perpanjangan, ingin bicara petugas' },
      { claims: 'dewi' },
      { replies: 'Selamat siang. Surat tanda registrasinya masih berlaku?', by: 'dewi' },
      { says: 'Masih, sampai tahun 2028' },
      { replies: 'Baik. Silakan ajukan perpanjangan lewat akun yang dulu dipakai.', by: 'dewi' },
    ],
  },
  {
    channel: 'telegram',
    name: 'Yayan Ruhiyat',
    phone: '+6281234567804',
    ago: 300,
    steps: [
      { says: 'Tolong ke petugas, saya sudah dua kali datang ke kantor' },
      { claims: 'dewi' },
      { replies: 'Mohon maaf atas kesulitannya, Pak. Boleh diceritakan?', by: 'dewi' },
      { says: 'Izin reklame saya katanya belum bayar pajak, padahal sudah' },
      { transfers: { to: 'sari' }, by: 'dewi', note: 'Bukti bayar ada, mohon dicek ke bagian pajak.' },
      { replies: 'Selamat siang Pak Yayan, saya Sari. Bukti bayarnya saya teruskan ke bagian pajak hari ini.', by: 'sari' },
    ],
  },
  {
    channel: 'web',
    name: null,
    phone: null,
    ago: 420,
    steps: [
      { says: 'Apa bedanya NIB dan SIUP?' },
      { says: 'petugas' },
      { claims: 'budi' },
      { replies: 'SIUP sudah digantikan NIB. Bila sudah punya NIB, Ibu tidak perlu mengurus SIUP lagi.', by: 'budi' },
      { says: 'Oh begitu, terima kasih banyak' },
      { closes: 'budi' },
    ],
  },
  {
    channel: 'telegram',
    name: 'Neng Fitri',
    phone: '+6281234567805',
    ago: 600,
    steps: [
      { says: 'Can I get a business licence in English? I need a person' },
      { claims: 'sari' },
      { replies: 'Good morning. Which kind of business is it, and where?', by: 'sari' },
      { says: 'A small coffee shop near Braga' },
      { replies: 'You register it as an NIB in OSS; we can help you at the counter with your passport and lease.', by: 'sari' },
      { closes: 'sari' },
    ],
  },
  {
    channel: 'telegram',
    name: 'Ujang Permana',
    phone: '+6281234567806',
    ago: 210,
    steps: [
      { says: 'minta petugas' },
      { claims: 'dewi' },
      { breaks: 'failed' },
      { replies: 'Selamat siang, Pak Ujang. Surat kuasanya perlu bermeterai.', by: 'dewi' },
    ],
  },
  {
    channel: 'web',
    name: null,
    phone: null,
    ago: 75,
    steps: [
      { says: 'mau pasang spanduk acara RW, ke siapa? petugas' },
      { transfers: { team: 'reklame' }, by: 'sari', note: 'Reklame insidentil.' },
    ],
  },
  {
    channel: 'telegram',
    name: 'Pak Dedi (RT 05)',
    phone: null,
    ago: 20,
    steps: [{ says: 'Halo min' }, { says: 'cara cek status izin gimana ya' }],
  },
];

/** As an office might set them; the seed confirms them in the name of the admin of the story. */
export const hours = {
  weekly: Object.fromEntries([
    ...['monday', 'tuesday', 'wednesday', 'thursday'].map((day) => [
      day,
      [
        { from: '08:00', to: '12:00' },
        { from: '13:00', to: '15:30' },
      ],
    ]),
    [
      'friday',
      [
        { from: '08:00', to: '11:30' },
        { from: '13:00', to: '15:30' },
      ],
    ],
    ['saturday', []],
    ['sunday', []],
  ]),
  holidays: [
    { date: '2026-12-25', name: 'Hari Natal' },
    { date: '2027-01-01', name: 'Tahun Baru Masehi' },
  ],
  overrides: [],
};
export const canned = {
  replies: [
    { id: 'salam', title: 'Salam', text: 'Selamat datang, {nama}. Saya {petugas}, ada yang bisa saya bantu?' },
    { id: 'nomor', title: 'Minta nomor registrasi', text: 'Boleh nomor registrasi permohonannya?' },
    { id: 'berkas', title: 'Lengkapi berkas', text: 'Berkas yang dikembalikan dapat dilengkapi lewat menu pengajuan saya.' },
  ],
  tags: ['pbg', 'reklame', 'nib', 'status', 'sip'],
};
