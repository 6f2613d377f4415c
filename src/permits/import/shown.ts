// How an export's first rows are shown: enough to tell which column is which, of a person only the shape.
import type { Mapping } from '../../contract/permitImport.ts';
import { maskPersonal } from '../../desk/identifiers.ts';

const SHOWN_CHARS = 80;

/** Names of columns about a person, whatever the mapping says of them so far. */
const personal =
  /nama|pemohon|pemilik|penanggung|kuasa|alamat|lahir|e-?mail|telepon|telp|tlp|ponsel|kontak|(?:^|[^a-z])(?:hp|wa|nik|ktp|npwp)(?:$|[^a-z])/i;
const ofThings = /izin|layanan|proses|tahap|status|usaha|perusahaan|bangunan|dinas|sistem/i;
/** A phone number wherever it stands: 0812-3456-5678, +62 812 3456 5678. */
const phone = /(?<![\d.])(?:\+?62|0)[ .-]?8(?:[ .-]?\d){7,11}(?![\d.])/g;

/**
 * @param headers the columns in their order
 * @param mapping what they are taken for so far; null when nothing is proposed
 * @returns shows a row: its cells in the order of the columns, those about a person masked
 */
export function createShown(
  headers: readonly string[],
  mapping: Mapping | null,
): (row: Readonly<Record<string, string>>) => string[] {
  const { otherNumbers = [], name, phone: phones, nik, ...rest } = mapping?.columns ?? {};
  const ofPeople = new Set([name, phones, nik]);
  const ofFiles = new Set<string | undefined>([...otherNumbers, ...Object.values(rest)]);
  const kinds = headers.map((header) => {
    if (ofPeople.has(header)) return 'person';
    if (ofFiles.has(header)) return 'file';
    return personal.test(header) && !ofThings.test(header) ? 'person' : 'other';
  });
  return (row) =>
    headers.map((header, at) => {
      const text = maskPersonal((row[header] ?? '').slice(0, SHOWN_CHARS));
      if (kinds[at] === 'person') return shapeOf(text);
      return kinds[at] === 'file' ? text : text.replace(phone, shapeOf);
    });
}

/** @returns `A*** S***` for a name, `0812*****678` for a number */
const shapeOf = (text: string): string =>
  text
    .replace(/\+?\d(?:[ .-]?\d){7,}/g, (digits) => `${digits.slice(0, 4)}${'*'.repeat(digits.length - 7)}${digits.slice(-3)}`)
    .replace(/(\p{L})[^\s*]*/gu, '$1***');
