// Canned replies: found by a few letters, filled in for one citizen.
import { fillCanned, findCanned } from '../../officer-console/logic/canned.ts';

const replies = [
  { id: '1', title: 'Salam', text: 'Selamat siang, {nama}. Saya {petugas}.' },
  { id: '2', title: 'Minta nomor', text: 'Boleh kirim nomor permohonan? Selamat siang.' },
  { id: '3', title: 'Penutup', text: 'Konsultasi {nomor} kami tutup.' },
];

describe('canned replies', () => {
  it('When letters are typed, then all words must be in it, and titles that begin with them come first', () => {
    expect(findCanned(replies, '').map((reply) => reply.id)).toEqual(['2', '3', '1']);
    expect(findCanned(replies, 'sala').map((reply) => reply.id)).toEqual(['1']);
    expect(findCanned(replies, 'siang SELAMAT').map((reply) => reply.id)).toEqual(['2', '1']);
    expect(findCanned(replies, 'permohonan reklame')).toEqual([]);
  });

  it('When one is picked, then it names citizen, number and officer; what is unknown stays to be seen', () => {
    const row = { contactName: 'Asep', number: 4821 };
    expect(fillCanned(replies[0]!.text, row, 'Rina')).toBe('Selamat siang, Asep. Saya Rina.');
    expect(fillCanned('{nama}, {nomor} {tanggal} {constructor}', { ...row, contactName: null }, 'Rina')).toBe(
      'Bapak/Ibu, K-4821 {tanggal} {constructor}',
    );
  });
});
