// The session cookie: its name, its flags, and finding it in a request.

export interface SessionCookie {
  /** @returns the secret in a `Cookie` header, or null. */
  read(header: string | undefined): string | null;
  /** @returns the `Set-Cookie` value that gives the browser this secret. */
  give(secret: string): string;
  /** @returns the `Set-Cookie` value that takes it away. */
  take(): string;
}

/** @param secure the office is reached over https: the cookie is bound to that host and never sent in the clear (ASVS 3.3.1–3.3.4) */
export function createSessionCookie(secure: boolean): SessionCookie {
  const name = secure ? '__Host-sid' : 'sid';
  const flags = `HttpOnly; SameSite=Strict; Path=/${secure ? '; Secure' : ''}`;

  return {
    read(header) {
      for (const pair of header?.split(';') ?? []) {
        const equals = pair.indexOf('=');
        if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
      }
      return null;
    },
    give: (secret) => `${name}=${secret}; ${flags}`,
    take: () => `${name}=; ${flags}; Max-Age=0`,
  };
}
