// A stranger's file on its way to an officer's browser: shown only when it cannot be a page, never sniffed, never scripted.
import type { Response } from 'express';
import type { Result } from '../desk/verbs.ts';

/** Types a browser may show in place; all others, SVG and HTML above all, are saved to disk. */
const shown = /^(image\/(jpeg|png|gif|webp)|audio\/(ogg|mpeg|mp4|aac|wav|webm))$/;

/** Sends the bytes, or hands the refusal back to be answered. */
export function sendFile(res: Response, file: Result<{ bytes: Uint8Array; mime: string; name: string }>) {
  if (!file.ok) return file;
  const safe = shown.test(file.mime);
  const name = encodeURIComponent(file.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  res
    .set({
      'Content-Type': safe ? file.mime : 'application/octet-stream',
      'Content-Disposition': `${safe ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cache-Control': 'private, no-store',
    })
    .end(file.bytes);
  return undefined;
}
