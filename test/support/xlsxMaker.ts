// Makes workbooks for tests: a zip with the parts Excel writes, or with lies about their sizes.
import { crc32, deflateRawSync } from 'node:zlib';

type Value = string | number | Date | { inline: string };

/** Parts of a zip; `claims` puts another unzipped size into its directory. */
export function makeZip(parts: Record<string, string>, claims: Record<string, number> = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(parts)) {
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain);
    const size = claims[name] ?? plain.length;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(plain), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const version = Buffer.from([20, 0]);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), version, fields, rest, Buffer.from(name)]));
    bodies.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, central, Buffer.from('PK\u0005\u0006'), end]);
}

/** @returns the parts of a workbook with these sheets; texts stand in the shared table, dates in style 1 */
export function workbookParts(sheets: Record<string, Value[][]>): Record<string, string> {
  const texts: string[] = [];
  const indexes = new Map<string, number>();
  const shared = (text: string): number => {
    const known = indexes.get(text) ?? texts.push(text) - 1;
    indexes.set(text, known);
    return known;
  };
  const cell = (value: Value, column: number, row: number): string => {
    const letters = column < 26 ? '' : String.fromCharCode(64 + Math.floor(column / 26));
    const at = `${letters}${String.fromCharCode(65 + (column % 26))}${row + 1}`;
    if (typeof value === 'string') return value === '' ? '' : `<c r="${at}" t="s"><v>${shared(value)}</v></c>`;
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
    if (value instanceof Date) return `<c r="${at}" s="1"><v>${value.getTime() / 86_400_000 + 25569}</v></c>`;
    return `<c r="${at}" t="inlineStr"><is><t>${xml(value.inline)}</t></is></c>`;
  };
  const named = Object.entries(sheets);
  const pages = named.map(([, rows], n): [string, string] => [
    `xl/worksheets/sheet${n + 1}.xml`,
    `<worksheet xmlns="x"><sheetData>${rows
      .map((row, y) => `<row r="${y + 1}">${row.map((value, x) => cell(value, x, y)).join('')}</row>`)
      .join('')}</sheetData></worksheet>`,
  ]);
  const list = named.map(([name], n) => `<sheet name="${xml(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`).join('');
  const links = named.map((_, n) => `<Relationship Id="rId${n + 1}" Target="worksheets/sheet${n + 1}.xml"/>`).join('');
  return {
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns:r="r"><workbookPr/><sheets>${list}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${links}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    ...Object.fromEntries(pages),
    'xl/sharedStrings.xml': `<sst>${texts.map((text) => `<si><r><t>${xml(text)}</t></r></si>`).join('')}</sst>`,
  };
}

export const makeXlsx = (sheets: Record<string, Value[][]>): Buffer => makeZip(workbookParts(sheets));

const xml = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[char]};`);
