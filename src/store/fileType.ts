// Which files may come in, told by their bytes alone: names and declared types of strangers count for nothing.

/** WebM's element CodecID with its length and value. The value alone is too little: sound holds any two letters by chance. */
const soundCodec = /\x86\x86A_OPUS/;
const pictureCodec = /\x86[\x82-\x9f]V_/;

/** A rule per type, by magic numbers at fixed places (IANA media types; the formats' own specifications). Never SVG, HTML or scripts. */
const rules: { mime: string; fits: (bytes: Buffer) => boolean }[] = [
  { mime: 'image/jpeg', fits: (bytes) => startsWith(bytes, 'ffd8ff') },
  { mime: 'image/png', fits: (bytes) => startsWith(bytes, '89504e470d0a1a0a') },
  { mime: 'image/gif', fits: (bytes) => /^GIF8[79]a$/.test(ascii(bytes, 0, 6)) },
  { mime: 'image/webp', fits: (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP' },
  { mime: 'application/pdf', fits: (bytes) => ascii(bytes, 0, 5) === '%PDF-' },
  { mime: 'audio/ogg', fits: (bytes) => ascii(bytes, 0, 4) === 'OggS' && /^(OpusHead|.vorbis)/s.test(ascii(bytes, 28, 36)) },
  { mime: 'audio/mp4', fits: (bytes) => /^ftypM4[AB] $/.test(ascii(bytes, 4, 12)) },
  { mime: 'audio/mp4', fits: (bytes) => isMp4(bytes) && hasOnlySound(ascii(bytes, 0, 4096), /hdlr.*soun/s, /vide/) },
  { mime: 'audio/webm', fits: (bytes) => isWebm(bytes) && hasOnlySound(ascii(bytes, 0, 1024), soundCodec, pictureCodec) },
  { mime: 'video/mp4', fits: isMp4 },
  { mime: 'audio/mpeg', fits: isMp3 },
  { mime: officeType('wordprocessingml.document'), fits: (bytes) => isOffice(bytes, 'word/document.xml') },
  { mime: officeType('spreadsheetml.sheet'), fits: (bytes) => isOffice(bytes, 'xl/workbook.xml') },
];

/** @returns the media type, or null when files of this kind are not taken. */
export function detectFileType(bytes: Buffer): string | null {
  return rules.find(({ fits }) => fits(bytes))?.mime ?? null;
}

function officeType(kind: string): string {
  return `application/vnd.openxmlformats-officedocument.${kind}`;
}

const ascii = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to);
const startsWith = (bytes: Buffer, hex: string) => bytes.subarray(0, hex.length / 2).equals(Buffer.from(hex, 'hex'));

function isMp4(bytes: Buffer): boolean {
  return /^ftyp(isom|iso[2-6]|mp4[12]|avc1|M4V |3gp[45]|MSNV)$/.test(ascii(bytes, 4, 12));
}

/** An EBML header whose DocType is `webm` (RFC 8794, 11.2.4). */
function isWebm(bytes: Buffer): boolean {
  return startsWith(bytes, '1a45dfa3') && ascii(bytes, 4, 64).includes('\x42\x82\x84webm');
}

/** What browsers record names its tracks at the beginning: a sound track and no picture means a voice note. */
const hasOnlySound = (head: string, sound: RegExp, picture: RegExp): boolean => sound.test(head) && !picture.test(head);

/** An ID3 tag, or an MPEG frame: 11 sync bits, a version and layer III, a bit rate and a sampling rate that exist. */
function isMp3(bytes: Buffer): boolean {
  if (ascii(bytes, 0, 3) === 'ID3') return true;
  const [first = 0, second = 0, third = 0] = bytes;
  const isFrame = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  return isFrame && (third & 0xf0) !== 0xf0 && (third & 0xf0) !== 0 && (third & 0x0c) !== 0x0c;
}

/** A zip whose directory lists the parts of an Office document and no macros. Nothing is unpacked. */
function isOffice(bytes: Buffer, mainPart: string): boolean {
  const names = zipNames(bytes);
  const hasMacros = names.some((name) => /vbaProject\.bin$/i.test(name));
  return names.includes('[Content_Types].xml') && names.includes(mainPart) && !hasMacros;
}

const localHeader = '504b0304';
const directoryEntry = 0x02014b50;
const endRecord = Buffer.from('504b0506', 'hex');
const endRecordLength = 22;

/** File names in a zip's central directory (APPNOTE 4.3.12, 4.3.16); empty when it is not a sound zip. */
function zipNames(bytes: Buffer): string[] {
  const end = bytes.lastIndexOf(endRecord);
  if (!startsWith(bytes, localHeader) || end < 0 || end + endRecordLength > bytes.length) return [];
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  while (at + 46 <= end && bytes.readUInt32LE(at) === directoryEntry) {
    const nameLength = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}
