// The parts of whatsapp-web.js 1.34.7 that we use, as we expect them. The library is optional, so its own types are not built against;
// what comes out of it is parsed in read.ts.
import { z } from 'zod';

interface Emitter {
  on(event: string, listener: (...args: never[]) => void): unknown;
}
export interface LibraryBrowser extends Emitter {
  process(): { pid?: number | undefined } | null;
}
export interface LibraryPage extends Emitter {
  evaluate(script: string): Promise<unknown>;
}
export interface LibraryChat {
  id: { _serialized: string };
  isGroup: boolean;
  unreadCount: number;
  /** Epoch seconds of its newest message; absent in an empty chat. */
  timestamp?: number | undefined;
  /** With a `limit` it shuffles what was sent within one second; without, it gives what is loaded, in order. */
  fetchMessages(options: { limit?: number; fromMe?: boolean }): Promise<unknown[]>;
  sendStateTyping(): Promise<unknown>;
}
export interface LibraryClient extends Emitter {
  pupBrowser: LibraryBrowser | null;
  pupPage: LibraryPage | null;
  info?: { wid?: { user?: string } };
  initialize(): Promise<void>;
  /** Called by the library itself, before it says `ready`. */
  attachEventListeners(): Promise<void>;
  destroy(): Promise<void>;
  logout(): Promise<void>;
  getState(): Promise<string | null>;
  sendMessage(chat: string, content: unknown, options: object): Promise<unknown>;
  sendSeen(chat: string): Promise<boolean>;
  getChats(): Promise<LibraryChat[]>;
  getChatById(chat: string): Promise<LibraryChat | undefined>;
  getMessageById(key: string): Promise<{ downloadMedia(): Promise<unknown> } | null>;
  getContactLidAndPhone(ids: string[]): Promise<unknown>;
  requestPairingCode(phone: string): Promise<string>;
}
/** A file on its way out. */
export type MakeMedia = (file: { mime: string; base64: string; name: string }) => unknown;

interface Auth {
  client: LibraryClient;
  afterBrowserInitialized(): Promise<void>;
}
interface Library {
  Client: new (options: object) => LibraryClient;
  LocalAuth: new (options: object) => Auth;
  MessageMedia: new (mime: string, base64: string, name: string) => unknown;
}
const librarySchema = z.object({ Client: z.function(), LocalAuth: z.function(), MessageMedia: z.function() });

/** @returns null when it is not installed or is not what we know */
async function loadLibrary(): Promise<Library | null> {
  // Not a literal: the build must not need a package that may be missing.
  const name: string = 'whatsapp-web.js';
  try {
    const module = (await import(name)) as { default?: unknown };
    const exported = module.default ?? module;
    return librarySchema.safeParse(exported).success ? (exported as Library) : null;
  } catch {
    return null;
  }
}

/**
 * @param how `browserArgs`: more switches · `page`: folder and name of an HTML file that stands in for WhatsApp Web
 * @param onBrowser called as soon as the browser runs, long before the page is ready
 * @returns a client that has not been started, or null without the library
 */
export async function makeClient(
  how: { profileDir: string; browserPath: string | null; browserArgs: string[]; page: { dir: string; name: string } | null },
  onBrowser: (client: LibraryClient) => void,
): Promise<{ client: LibraryClient; makeMedia: MakeMedia } | null> {
  const library = await loadLibrary();
  if (library === null) return null;
  class WatchedAuth extends library.LocalAuth {
    override async afterBrowserInitialized(): Promise<void> {
      onBrowser(this.client);
    }
  }
  const client = new library.Client({
    authStrategy: new WatchedAuth({ dataPath: how.profileDir }),
    takeoverOnConflict: false,
    ...(how.page === null
      ? { webVersionCache: { type: 'none' } }
      : { webVersion: how.page.name, webVersionCache: { type: 'local', path: how.page.dir, strict: true } }),
    puppeteer: {
      headless: true,
      // By pipe: no open debugging port, and the browser ends with this process however that ends.
      pipe: true,
      protocolTimeout: 60_000,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: how.browserArgs,
      ...(how.browserPath !== null && { executablePath: how.browserPath }),
    },
  });
  return { client, makeMedia: ({ mime, base64, name }) => new library.MessageMedia(mime, base64, name) };
}
