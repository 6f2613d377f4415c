// The built browser apps: the widget's loader and panel under /widget, the officers' console under /console.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import express, { type RequestHandler, Router } from 'express';

export interface PagesOptions {
  /** Folder of the built widget (loader, panel, demo page). */
  widgetDir: string;
  /** Folder of the built console. */
  consoleDir: string;
  /** The office's own address, or null when it is whatever host was asked. */
  publicUrl: string | null;
  /** Sites that may show the widget's panel in a frame. */
  widgetOrigins: string[];
}

/** @returns a router with both apps; a missing folder is a 404, not a crash */
export function createPages(options: PagesOptions): Router {
  const pages = Router();
  const page = (dir: string) =>
    express.static(dir, { cacheControl: false, setHeaders: (res, file) => setCaching(res, file.replace(/\.(br|gz)$/, '')) });
  pages.get('/', (_req, res) => res.redirect('/widget/'));
  const inline = inlineSources(path.join(options.widgetDir, 'panel.html'));
  const own = () => [...inline(), "require-trusted-types-for 'script'"];
  const widget = withPolicy(options.publicUrl, ["'self'", ...options.widgetOrigins], own);
  pages.use('/widget', mayRecord, widget, compressed(options.widgetDir), page(options.widgetDir));
  pages.use(
    '/console',
    withPolicy(options.publicUrl, ["'none'"], () => []),
    compressed(options.consoleDir),
    page(options.consoleDir),
  );
  return pages;
}

/** Headers every answer carries, pages and API alike. */
export function createCommonHeaders(publicUrl: string | null): RequestHandler {
  const headers = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    ...(publicUrl?.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=31536000' }),
  };
  return (_req, res, next) => {
    res.set(headers);
    next();
  };
}

const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

/** Serves the `.br` or `.gz` beside a text file to browsers that take it: on a slow line three quarters of the wait are bytes. */
function compressed(dir: string): RequestHandler {
  return (req, res, next) => {
    const page = req.path.endsWith('/') ? `${req.path}index.html` : req.path;
    const type = types[path.extname(page)];
    if (type === undefined || page.includes('..') || page.includes('%')) return next();
    res.vary('Accept-Encoding');
    const accepted = String(req.headers['accept-encoding'] ?? '');
    const coding =
      accepted.includes('br') && existsSync(path.join(dir, `${page}.br`))
        ? 'br'
        : accepted.includes('gzip') && existsSync(path.join(dir, `${page}.gz`))
          ? 'gzip'
          : null;
    if (coding === null) return next();
    req.url = `${page}.${coding === 'br' ? 'br' : 'gz'}`;
    res.set({ 'Content-Encoding': coding, 'Content-Type': `${type}; charset=utf-8` });
    next();
  };
}

/** Visitors may send voice notes: the panel may ask for the microphone, other pages of ours may not. */
const mayRecord: RequestHandler = (_req, res, next) => {
  res.set('Permissions-Policy', 'camera=(), microphone=(self), geolocation=()');
  next();
};

/** The panel comes in one answer, script and style inside: by their hashes these two may run, nothing else that is inline. Read again when it was built anew. */
function inlineSources(file: string): () => string[] {
  let builtAt: number | undefined;
  let sources: string[] = [];
  return () => {
    const now = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (now === undefined || now === builtAt) return sources;
    builtAt = now;
    const page = readFileSync(file, 'utf8');
    sources = ['script', 'style'].map((tag) => {
      const text = new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`).exec(page)?.[1] ?? '';
      return `${tag}-src 'self' 'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    });
    return sources;
  };
}

/** The content policy of a page (ASVS 3.4.3): only what this server serves, and only in frames we know. */
function withPolicy(publicUrl: string | null, frameAncestors: string[], more: () => string[]): RequestHandler {
  return (req, res, next) => {
    const own = publicUrl === null ? `${req.protocol}://${req.host}` : new URL(publicUrl).origin;
    const socket = own.replace(/^http/, 'ws'); // older Safari does not count the socket among 'self'
    const policy = [
      "default-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      `connect-src 'self' ${socket}`,
      "img-src 'self' blob: data:",
      "media-src 'self' blob:",
      `frame-ancestors ${frameAncestors.join(' ')}`,
      ...more(),
    ];
    res.set('Content-Security-Policy', policy.join('; '));
    next();
  };
}

/** Files with a hash in their name never change; pages are asked for each time; the loader may be five minutes old. */
function setCaching(res: { setHeader(name: string, value: string): void }, path: string): void {
  const hashed = /-[A-Za-z0-9_-]{8}\.[a-z0-9]+$/.test(path);
  if (hashed) res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  else if (path.endsWith('.html')) res.setHeader('Cache-Control', 'no-cache');
  else res.setHeader('Cache-Control', 'public, max-age=300');
  // The loader runs on other sites, which may pin it with `integrity` + `crossorigin`.
  if (path.endsWith('loader.js')) res.setHeader('Access-Control-Allow-Origin', '*');
}
