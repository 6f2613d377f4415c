// Makes a screenshot small: the 256 most frequent colours of a picture as its palette, every other colour by the nearest of them.
// Screens have few colours, and the rest are edges of letters: nobody sees a difference, and a third of the bytes is left.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGB = 3;
const COLOURS = 256;

/** @param png 8-bit RGB without interlacing, as Chromium writes screenshots; anything else comes back as it is */
export function smallPng(png: Buffer): Buffer {
  const chunks = [...chunksOf(png)];
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (header === undefined || header[8] !== 8 || header[9] !== 2 || header[12] !== 0) return png;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const packed = Buffer.concat(chunks.flatMap(({ type, data }) => (type === 'IDAT' ? [data] : [])));
  const pixels = unfilter(inflateSync(packed), width * RGB, height);

  const palette = frequentColours(pixels);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const rows = Buffer.alloc(height * (width + 1));
  for (let i = 0; i < width * height; i += 1) {
    const colour = pixels.readUIntBE(i * RGB, RGB);
    const place = places.get(colour) ?? nearest(palette, colour);
    places.set(colour, place);
    rows[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = place;
  }
  const small = Buffer.from(header);
  small[9] = 3; // colour type: palette
  const colours = Buffer.alloc(palette.length * RGB);
  for (const [place, colour] of palette.entries()) colours.writeUIntBE(colour, place * RGB, RGB);
  const parts = [
    chunk('IHDR', small),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...parts]);
}

function* chunksOf(png: Buffer): Generator<{ type: string; data: Buffer }> {
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += length + 12;
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** Undoes the five filters of PNG. @param stride bytes of a row */
function unfilter(raw: Buffer, stride: number, height: number): Buffer {
  const pixels = Buffer.alloc(stride * height);
  const at = (x: number, y: number) => (x < 0 || y < 0 ? 0 : (pixels[y * stride + x] ?? 0));
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const [left, up] = [at(x - RGB, y), at(x, y - 1)];
      const guess =
        filter === 1
          ? left
          : filter === 2
            ? up
            : filter === 3
              ? (left + up) >> 1
              : filter === 4
                ? paeth(left, up, at(x - RGB, y - 1))
                : 0;
      pixels[y * stride + x] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + guess) & 255;
    }
  }
  return pixels;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function frequentColours(pixels: Buffer): number[] {
  const counts = new Map<number, number>();
  for (let i = 0; i < pixels.length; i += RGB) {
    const colour = pixels.readUIntBE(i, RGB);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, COLOURS)
    .map(([colour]) => colour);
}

function nearest(palette: number[], colour: number): number {
  const parts = (of: number) => [of >> 16, (of >> 8) & 255, of & 255] as const;
  const [r, g, b] = parts(colour);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  palette.forEach((known, place) => {
    const [kr, kg, kb] = parts(known);
    const distance = (r - kr) ** 2 + (g - kg) ** 2 + (b - kb) ** 2;
    if (distance < least) [best, least] = [place, distance];
  });
  return best;
}
