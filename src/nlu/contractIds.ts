// The intent ids that reports and test sets rely on: each has a file in intents/; more may be added.

const groups: Record<string, string> = {
  '': 'sapa terima-kasih pamit bantuan siapa-bot minta-petugas marah',
  kantor: 'jam alamat kontak antrean datang-langsung konsultasi-video',
  izin: 'daftar kebutuhan biaya lama-proses kuasa salinan unduh ralat perpanjang cabut keaslian calo syarat-unggah',
  status: 'cek lama dikembalikan ditolak resi',
  gampil: 'apa daftar lupa-sandi ajukan kendala',
  oss: 'nib-apa nib-cara nib-ubah nib-cabut hak-akses lupa-sandi kendala kbli risiko sertifikat-standar lkpm siup-tdp',
  pbg: 'apa syarat cara biaya lama mbr',
  imb: 'lama',
  slf: 'apa',
  simbg: 'kendala',
  krk: 'cara',
  kkpr: 'apa',
  lingkungan: 'dokumen',
  reklame: 'syarat lokasi lama pajak',
  sip: 'syarat perpanjang str',
  klinik: 'izin',
  ho: 'dihapus',
  penelitian: 'izin',
  pengaduan: 'layanan pihak-lain',
  data: 'privasi',
  survei: 'skm',
  umkm: 'pirt-halal',
  lain: 'instansi',
};

export const contractIds: readonly string[] = Object.entries(groups).flatMap(([group, names]) =>
  names.split(' ').map((name) => (group === '' ? name : `${group}.${name}`)),
);
