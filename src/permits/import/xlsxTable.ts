// One sheet of a workbook as a table, read piece by piece; rows keep the numbers they have in Excel.
import { LoketError } from '../../contract/errors.ts';
import { readHeader, type Table, type TableRow } from './table.ts';
import { parsePart, readBook, readDateStyles, readTexts } from './xmlParts.ts';
import { openZip, type Zip } from './zip.ts';

interface Cell {
  column: number;
  text: string;
  isNumber: boolean;
}
interface SheetRow {
  line: number;
  cells: Cell[];
}
interface Look {
  texts: string[];
  dateStyles: boolean[];
  is1904: boolean;
}

/** As many characters as Excel allows in a cell, and cells in a row. */
const MOST_CELL = 32_767;
const MOST_CELLS = 16_384;
const dayMs = 86_400_000;

/** @param wished name of a sheet; null: the first */
export async function readXlsx(bytes: Uint8Array, wished: string | null): Promise<Table> {
  const zip = await openZip(bytes);
  const book = await readBook(zip);
  const sheets = book.sheets.map(({ name }) => name);
  const sheet = book.sheets.find(({ name }) => wished === null || name === wished);
  if (sheet === undefined)
    throw new LoketError('invalid', `Berkas tidak memiliki lembar "${wished}". Yang ada: ${sheets.join(', ')}.`);
  const look: Look = { texts: await readTexts(zip), dateStyles: await readDateStyles(zip), is1904: book.is1904 };
  const rows = rowsOf(zip, sheet.part, look);
  const first = await rows.next();
  const titles: string[] = [];
  for (const { column, text } of first.done ? [] : first.value.cells) titles[column] = text;
  const headers = readHeader(Array.from(titles, (title) => title ?? ''));
  return { sheets, sheet: sheet.name, delimiter: ',', headers, rows: named(rows, headers) };
}

async function* named(rows: AsyncGenerator<SheetRow>, headers: string[]): AsyncGenerator<TableRow> {
  for await (const { line, cells } of rows) {
    const values: Record<string, string> = {};
    const numeric = new Set<string>();
    for (const { column, text, isNumber } of cells) {
      const header = headers[column];
      if (header === undefined) continue;
      values[header] = text;
      if (isNumber) numeric.add(header);
    }
    yield { line, values, numeric };
  }
}

/** Rows that hold anything, in their order. */
async function* rowsOf(zip: Zip, part: string, look: Look): AsyncGenerator<SheetRow> {
  let ready: SheetRow[] = [];
  let line = 0;
  let cells: Cell[] = [];
  let cell = { column: -1, type: '', style: 0, text: '' };
  let isValue = false;
  const parsing = parsePart(zip, part, {
    open(name, attributes) {
      if (name === 'row') {
        line = Number(attributes.r ?? line + 1);
        cells = [];
        cell = { ...cell, column: -1 };
      } else if (name === 'c') {
        const column = attributes.r === undefined ? cell.column + 1 : columnOf(attributes.r);
        cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), text: '' };
      }
      isValue = name === 'v' || name === 't';
    },
    text(piece) {
      if (isValue && cell.text.length + piece.length <= MOST_CELL) cell.text += piece;
    },
    close(name) {
      isValue = false;
      const isRoom = cell.column < MOST_CELLS && cells.length < MOST_CELLS;
      if (name === 'c' && cell.text !== '' && isRoom) cells.push(toCell(cell, look));
      if (name === 'row' && cells.length > 0) ready.push({ line, cells });
    },
  });
  for await (const _ of parsing) {
    yield* ready;
    ready = [];
  }
}

/** `AB12` → 27. */
function columnOf(place: string): number {
  let column = 0;
  for (const letter of place.replace(/\d+$/, '')) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function toCell({ column, type, style, text }: { column: number; type: string; style: number; text: string }, look: Look): Cell {
  if (type === 's') return { column, text: look.texts[Number(text)] ?? '', isNumber: false };
  if (type === 'd') return { column, text: text.slice(0, 16), isNumber: false };
  // A formula that failed has no value.
  if (type === 'e') return { column, text: '', isNumber: false };
  if (type !== 'n') return { column, text, isNumber: false };
  if (look.dateStyles[style]) return { column, text: dateOf(Number(text), look.is1904), isNumber: false };
  return { column, text, isNumber: true };
}

/** Days since the end of 1899 (1900 had a 29 February to Excel), as a local date and time. */
function dateOf(days: number, is1904: boolean): string {
  const at = Date.UTC(1899, 11, 30) + Math.round((days + (is1904 ? 1462 : 0)) * 1440) * 60_000;
  if (!(Math.abs(at) < 100_000 * dayMs)) return String(days);
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  return time.startsWith('00:00') ? date : `${date} ${time.slice(0, 5)}`;
}
