// Where a browser's request may come from: the guard of every write against other sites (ASVS 3.5.1–3.5.3).
import type { IncomingHttpHeaders } from 'node:http';

/** @param publicUrl the office's own address; null takes the `Host` header for it */
function isOwnOrigin(origin: string, host: string | undefined, publicUrl: string | null): boolean {
  if (!URL.canParse(origin)) return false;
  return publicUrl === null ? new URL(origin).host === host : origin === new URL(publicUrl).origin;
}

/**
 * A write of the console carries our own header, which a page of another site cannot send without asking first; its body is
 * JSON or a bare file, neither of which a form can send; and it names no foreign origin.
 * @returns what is wrong, for whoever writes a client, or null
 */
export function findForgery(headers: IncomingHttpHeaders, publicUrl: string | null): string | null {
  if (headers['x-loket'] !== '1') return 'Header X-Loket: 1 diperlukan.';
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  const type = headers['content-type'];
  if ((hasBody || type !== undefined) && !/^application\/(json|octet-stream)\b/i.test(type ?? ''))
    return 'Kirim sebagai application/json.';
  if (headers['sec-fetch-site'] === 'cross-site') return 'Permintaan dari situs lain ditolak.';
  const { origin } = headers;
  return origin === undefined || isOwnOrigin(origin, headers.host, publicUrl) ? null : 'Permintaan dari situs lain ditolak.';
}

/** A write of the widget: it proves itself by its token, and may come from the sites that carry the widget. */
export function mayCarryWidget(headers: IncomingHttpHeaders, publicUrl: string | null, widgetOrigins: string[]): boolean {
  const { origin } = headers;
  return origin === undefined || widgetOrigins.includes(origin) || isOwnOrigin(origin, headers.host, publicUrl);
}
