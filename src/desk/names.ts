// Names of people in a text that leaves the house: hidden where the words before them say that a name follows. Pure.

/** What follows these is a name, however it is written. */
const cue =
  /(?<![\p{L}\d])(?:(?:nama|nami|ngaran)(?: lengkap)?(?: (?:saya|sy|aku|abdi|kuring|suami|istri|ibu|bapak|ayah|pemilik|pemohon|direktur)(?:nya)?)?(?: (?:adalah|yaitu|nyaeta))?|(?:atas|di ?atas) nama|a[./]n\.?|an\.|my name is|(?:in|under) the name of|on behalf of)\s*[:=]?\s+(?=[\p{L}'])/giu;
/** What follows these is a name when it is written like one. */
const address =
  /(?<![\p{L}\d])(?:saya|sy|abdi|i am|i'm|bapak|pak|bpk|ibu|bu|kang|akang|teh|teteh|mas|mbak|haji|mr|mrs|ms)\.?,?\s+(?=\p{Lu}\p{Ll})/giu;
const word = /[\p{L}'’-]+\.?/uy;
const gap = /\s+/uy;
const mostWords = 4;

/** Words that stand after "nama" and "atas nama" and are no name, or that end one. */
const plain = new Set(
  `saya sy aku abdi kami kita dia beliau orang tua suami istri anak kakak adik ibu bapak ayah kakek nenek pemilik lama baru direktur
  pt cv ud yayasan koperasi perusahaan usaha toko warung kafe cafe klinik apotek perorangan pribadi sendiri lain siapa apa mana jalan
  salah ketik keliru beda berbeda sama tidak ga gak nggak bukan belum blm sudah udah udh sdh bisa boleh mau ingin pengen hoyong bade
  perlu harus kudu kedah ganti diganti ubah diubah di ke dari pada untuk buat kanggo dan atau sareng dengan yang yg nu ini itu ieu eta
  nya ya sih dong kan teh mah kalau kalo karena tapi tp terus trus lalu juga tertulis terdaftar dipakai muncul kosong nib oss pbg imb
  sip str slf krk kbli ktp npwp izin ijin surat sertifikat tanah rumah akun email dokumen berkas permohonan pengajuan bangunan produk
  bertanya tanya tinggal dapat pemohon lengkap is was on in the of my our not wrong and or company owner have want need`.split(
    /\s+/,
  ),
);

/**
 * Hides names as `***`: what follows "nama saya", "atas nama", "a.n." and the like, up to four words or the first word that is no name;
 * and what follows "saya", "Pak", "Bu", "Kang" … when it begins with a capital. A name without such a word before it stays.
 *
 * @param text one line
 */
export function hideNames(text: string): string {
  const named = hideAfter(text, cue, (found) => !plain.has(found));
  // Capitals tell nothing where every word begins with one.
  if (!/(?<!\p{L})\p{Ll}/u.test(text)) return named;
  return hideAfter(named, address, (found, written) => /^\p{Lu}\p{Ll}/u.test(written) && !plain.has(found));
}

function hideAfter(text: string, before: RegExp, isName: (lower: string, written: string) => boolean): string {
  let hidden = '';
  let at = 0;
  for (const { 0: lead, index } of text.matchAll(before)) {
    if (index < at) continue;
    const start = index + lead.length;
    const end = endOfName(text, start, isName);
    if (end === start) continue;
    hidden += `${text.slice(at, start)}***`;
    at = end;
  }
  return hidden + text.slice(at);
}

function endOfName(text: string, start: number, isName: (lower: string, written: string) => boolean): number {
  let end = start;
  let at = start;
  for (let words = 0; words < mostWords; words++) {
    word.lastIndex = at;
    const written = word.exec(text)?.[0];
    if (written === undefined || !isName(written.toLowerCase().replace(/\.$/, ''), written)) break;
    end = at + written.length;
    gap.lastIndex = end;
    const space = gap.exec(text)?.[0];
    if (space === undefined) break;
    at = end + space.length;
  }
  return end;
}
