// Which pages may open a socket. A browser cannot lie about its Origin; programs without one prove themselves by their token.
import type { IncomingHttpHeaders } from 'node:http';

export interface Origins {
  /** The office's own pages, and the sites that carry the widget. */
  mayConnect(headers: IncomingHttpHeaders): boolean;
  /** Only the office's own pages: consoles come with a cookie. */
  isOwn(headers: IncomingHttpHeaders): boolean;
}

export function createOrigins({ publicUrl, widgetOrigins }: { publicUrl: string | null; widgetOrigins: string[] }): Origins {
  const own = publicUrl === null ? null : new URL(publicUrl).origin;

  function isOwn({ origin, host }: IncomingHttpHeaders): boolean {
    if (origin === undefined) return true;
    if (own !== null) return origin === own;
    return URL.canParse(origin) && new URL(origin).host === host;
  }

  return {
    isOwn,
    mayConnect: (headers) => isOwn(headers) || widgetOrigins.includes(headers.origin ?? ''),
  };
}
