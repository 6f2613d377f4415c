// The small parts of a workbook: which sheets there are, which styles are dates, the table of texts. SAX, no document tree.
import sax, { type QualifiedTag, type Tag } from 'sax';
import { LoketError } from '../../contract/errors.ts';
import { MOST_UNZIPPED, type Zip } from './zip.ts';

export interface Handlers {
  open(name: string, attributes: Record<string, string>): void;
  text(text: string): void;
  close(name: string): void;
}

/** All texts of a workbook together, each with what it costs to keep one. Characters. */
const MOST_TEXT = 60_000_000;
const TEXT_COST = 16;
/** Lists of sheets and styles are small. Bytes. */
const MOST_LIST = 5_000_000;

/**
 * Feeds one part to handlers; after each piece the caller may look at what came of it.
 * @throws LoketError `invalid` for broken XML or a DTD, which no workbook has
 */
export async function* parsePart(zip: Zip, part: string, handlers: Handlers, most = MOST_UNZIPPED): AsyncGenerator<void> {
  const parser = new sax.SAXParser(true, { position: false });
  const plain = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.onopentag = ({ name, attributes }: Tag | QualifiedTag) =>
    handlers.open(plain(name), attributes as Record<string, string>);
  parser.ontext = handlers.text;
  parser.onclosetag = (name) => handlers.close(plain(name));
  parser.ondoctype = () => {
    throw unreadable();
  };
  parser.onerror = (error) => {
    throw unreadable(error);
  };
  for await (const piece of zip.read(part, most)) {
    parser.write(piece);
    yield;
  }
  // Here a part that ends in the middle is told.
  if (zip.has(part)) parser.close();
}

const unreadable = (cause?: unknown): LoketError =>
  new LoketError('invalid', 'Isi XLSX ini tidak terbaca. Buka di Excel atau LibreOffice, simpan lagi, lalu unggah.', { cause });

async function parseAll(zip: Zip, part: string, handlers: Partial<Handlers>, most = MOST_LIST): Promise<void> {
  const nothing = () => {};
  for await (const _ of parsePart(zip, part, { open: nothing, text: nothing, close: nothing, ...handlers }, most));
}

export interface Book {
  /** Names with the part each lies in, in their order. */
  sheets: { name: string; part: string }[];
  /** Dates count from 1904 instead of 1900. */
  is1904: boolean;
}

export async function readBook(zip: Zip): Promise<Book> {
  const targets = new Map<string, string>();
  await parseAll(zip, 'xl/_rels/workbook.xml.rels', {
    open(name, { Id = '', Target = '' }) {
      if (name === 'Relationship') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  const book: Book = { sheets: [], is1904: false };
  await parseAll(zip, 'xl/workbook.xml', {
    open(name, attributes) {
      if (name === 'workbookPr') book.is1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
      if (name !== 'sheet') return;
      const part = targets.get(attributes['r:id'] ?? '');
      if (part !== undefined && zip.has(part)) book.sheets.push({ name: attributes.name ?? '', part });
    },
  });
  if (book.sheets.length === 0) throw unreadable();
  return book;
}

/** Built-in formats of ECMA-376 18.8.30 that show a date or time. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** @returns for each style of a cell whether it shows a date */
export async function readDateStyles(zip: Zip): Promise<boolean[]> {
  const customDates = new Map<number, boolean>();
  const styles: boolean[] = [];
  let isInCells = false;
  await parseAll(zip, 'xl/styles.xml', {
    open(name, attributes) {
      if (name === 'numFmt') {
        const format = (attributes.formatCode ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
        customDates.set(Number(attributes.numFmtId), /[ymdhs]/i.test(format));
      }
      if (name === 'cellXfs') isInCells = true;
      const id = Number(attributes.numFmtId ?? 0);
      if (name === 'xf' && isInCells) styles.push(customDates.get(id) ?? isBuiltInDate(id));
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return styles;
}

/** @returns the table of texts; the spelling aids of East Asian texts are left out */
export async function readTexts(zip: Zip): Promise<string[]> {
  const texts: string[] = [];
  let text = '';
  let total = 0;
  let isText = false;
  let isAid = false;
  const count = (cost: number) => {
    total += cost;
    if (total > MOST_TEXT) throw new LoketError('invalid', 'Teks di berkas ini terlalu banyak. Bagi menjadi beberapa berkas.');
  };
  const handlers: Handlers = {
    open(name) {
      if (name === 'si') text = '';
      isText = name === 't';
      if (name === 'rPh') isAid = true;
    },
    text(piece) {
      if (!isText || isAid) return;
      text += piece;
      count(piece.length);
    },
    close(name) {
      isText = false;
      if (name === 'rPh') isAid = false;
      if (name !== 'si') return;
      texts.push(text);
      count(TEXT_COST);
    },
  };
  await parseAll(zip, 'xl/sharedStrings.xml', handlers, MOST_UNZIPPED);
  return texts;
}
