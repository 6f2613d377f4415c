// Files: only allowed types by their bytes, random names, whole or not at all.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createFiles } from '../../src/store/files.ts';
import { detectFileType } from '../../src/store/fileType.ts';
import { tempDir } from '../support/tempStore.ts';

const bytes = (...parts: (string | Buffer)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
const hex = (text: string) => Buffer.from(text, 'hex');
const rest = Buffer.alloc(100, 1);

/** A zip that holds empty files of these names. */
function zip(...names: string[]): Buffer {
  const local = names.map((name) => {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(name.length, 26);
    return bytes(header, name);
  });
  const directory = names.map((name) => {
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(name.length, 28);
    return bytes(entry, name);
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(Buffer.concat(local).length, 16);
  return Buffer.concat([...local, ...directory, end]);
}

function withDirectoryAt(offset: number, archive: Buffer): Buffer {
  archive.writeUInt32LE(offset, archive.length - 6);
  return archive;
}

const png = bytes(hex('89504e470d0a1a0a'), rest);

describe('detectFileType', () => {
  it.each<[string, Buffer]>([
    ['image/jpeg', bytes(hex('ffd8ffe0'), rest)],
    ['image/png', png],
    ['image/gif', bytes('GIF89a', rest)],
    ['image/webp', bytes('RIFF\x10\0\0\0WEBPVP8 ', rest)],
    ['application/pdf', bytes('%PDF-1.7\n', rest)],
    ['audio/ogg', bytes('OggS', Buffer.alloc(24), 'OpusHead', rest)],
    ['audio/mpeg', bytes('ID3', rest)],
    ['audio/mpeg', bytes(hex('fffb9064'), rest)],
    ['audio/mp4', bytes(hex('00000018'), 'ftypM4A ', rest)],
    ['audio/mp4', bytes(hex('00000018'), 'ftypiso5', rest, 'hdlr', rest, 'soun', rest)],
    ['audio/webm', bytes(hex('1a45dfa39f'), 'B\x82\x84webm', rest, '\x86\x86A_OPUS', rest)],
    // Sound is any bytes: one recording in sixteen holds these two letters.
    ['audio/webm', bytes(hex('1a45dfa39f'), 'B\x82\x84webm', rest, '\x86\x86A_OPUS', rest, 'V_', rest)],
    ['video/mp4', bytes(hex('00000018'), 'ftypisom', 'hdlr', 'soun', rest, 'hdlr', 'vide')],
    ['video/mp4', bytes(hex('00000018'), 'ftypisom', rest)],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', zip('[Content_Types].xml', 'word/document.xml')],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', zip('[Content_Types].xml', 'xl/workbook.xml')],
  ])('When the bytes are those of %s, then it is told so', (mime, content) => {
    expect(detectFileType(content)).toBe(mime);
  });

  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['a WebM film', bytes(hex('1a45dfa39f'), 'B\x82\x84webm', rest, '\x86\x85V_VP8', '\x86\x86A_OPUS', rest)],
    ['one byte', Buffer.from([0xff])],
    ['text', bytes('halo, ini teks biasa')],
    ['HTML', bytes('<!doctype html><script>alert(1)</script>')],
    ['SVG', bytes('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['HTML before a PDF', bytes('<script>alert(1)</script>%PDF-1.7')],
    ['a program', bytes('MZ', rest)],
    ['a shell script', bytes('#!/bin/sh\nrm -rf /')],
    ['a HEIC image', bytes(hex('00000018'), 'ftypheic', rest)],
    ['an Ogg video', bytes('OggS', Buffer.alloc(24), '\x80theora', rest)],
    ['a bare zip', zip('readme.txt')],
    ['a document with macros', zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin')],
    ['a zip whose directory points outside', withDirectoryAt(0xffffffff, zip('[Content_Types].xml', 'word/document.xml'))],
    ['a zip cut short', zip('[Content_Types].xml', 'word/document.xml').subarray(0, 60)],
  ])('When the bytes are %s, then it is not taken', (_, content) => {
    expect(detectFileType(content)).toBeNull();
  });
});

describe('files', () => {
  let folder: ReturnType<typeof tempDir>;
  const files = () => createFiles({ folder: path.join(folder.dir, 'files') });
  beforeEach(() => {
    folder = tempDir();
  });
  afterEach(() => folder.remove());

  it('When a file is saved, then its key is random, its bytes come back, and after removal nothing does', async () => {
    const [one, two] = [await files().save(png), await files().save(new Uint8Array(png))];
    if (one === 'refused' || two === 'refused') throw new Error('refused');
    expect(one).toEqual({ key: expect.stringMatching(/^[0-9a-f]{32}$/), mime: 'image/png', size: png.length });
    expect(one.key).not.toBe(two.key);
    expect(await files().read(two.key)).toEqual(png);
    expect(readdirSync(path.join(folder.dir, 'files', one.key.slice(0, 2)))).toContain(one.key);
    await files().remove(one.key);
    await files().remove(one.key);
    expect(await files().read(one.key)).toBeNull();
  });

  it('When a file is not allowed, then it is refused and nothing is written', async () => {
    expect(await files().save(bytes('<svg/>'))).toBe('refused');
    expect(existsSync(path.join(folder.dir, 'files'))).toBe(false);
  });

  it('When a key is a path, then nothing outside is read or removed', async () => {
    writeFileSync(path.join(folder.dir, 'secret'), 'x');
    mkdirSync(path.join(folder.dir, 'files', '..'), { recursive: true });
    for (const key of ['../secret', '..', '', 'A'.repeat(32)]) {
      expect(await files().read(key)).toBeNull();
      await files().remove(key);
    }
    expect(existsSync(path.join(folder.dir, 'secret'))).toBe(true);
  });

  it('When the disk refuses, then saving rejects with store-away', async () => {
    writeFileSync(path.join(folder.dir, 'files'), 'a file where the folder should be');
    await expect(files().save(png)).rejects.toMatchObject({ code: 'store-away' });
  });
});
