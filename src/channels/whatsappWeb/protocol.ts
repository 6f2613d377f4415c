// The words between the server and the process that holds the browser: small, typed, parsed at both ends.
import { z } from 'zod';

const text = z.string().max(70_000);
const id = z.string().min(1).max(110);
/** A chat as WhatsApp names it: `628…@c.us`, `1234…@lid`. */
const chat = z.string().min(3).max(110);

/** One message a citizen wrote, reduced to what we read. */
export const wireMessageSchema = z.object({
  /** WhatsApp's id without the chat: a chat may move between `c.us` and `lid`, the id stays. */
  id,
  /** The whole key, to fetch its file by. */
  key: z.string().min(1).max(600),
  /** Where replies go: the phone's address where it is known, else the `lid`. */
  chat,
  /** The id WhatsApp wrote it under when that hides the phone; the same person as `chat`. */
  lid: chat.nullable(),
  name: z.string().max(400).nullable(),
  type: z.string().max(60),
  body: text,
  /** Epoch seconds. */
  t: z.number().nonnegative(),
  file: z.object({ name: z.string().max(400), mime: z.string().max(200), size: z.number().nonnegative() }).nullable(),
  place: z.object({ latitude: z.number(), longitude: z.number(), name: z.string().max(1000) }).nullable(),
  cards: z.array(z.string().max(20_000)).max(20),
});
export type WireMessage = z.infer<typeof wireMessageSchema>;

/** Why the child ended, as far as it knows. */
export const endReasons = [
  'no-library',
  'no-browser',
  'profile-in-use',
  'start-failed',
  'logged-out',
  'conflict',
  'disconnected',
  'browser-gone',
  'page-crashed',
  'fault',
  'asked',
] as const;
export type EndReason = (typeof endReasons)[number];

/** What became of a call: `unsent` it certainly was not sent · `refused` WhatsApp said no · `doubt` it may have been sent. */
const troubleSchema = z.object({
  verdict: z.enum(['unsent', 'refused', 'too-large', 'stranger', 'doubt']),
  detail: z.string().max(200),
});
export type CallTrouble = z.infer<typeof troubleSchema>;

export const fromChildSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('qr'), text: z.string().min(1).max(2000) }),
  z.object({ kind: z.literal('code'), code: z.string().min(4).max(20) }),
  /** The page is open and did not ask for a login: a stored session is being taken up. */
  z.object({ kind: z.literal('opened') }),
  z.object({ kind: z.literal('authenticated') }),
  /** `number`: ours, digits. */
  z.object({ kind: z.literal('ready'), number: z.string().max(40).nullable() }),
  z.object({ kind: z.literal('message'), message: wireMessageSchema }),
  z.object({ kind: z.literal('edit'), chat, id, text, deleted: z.boolean(), at: z.number().nonnegative() }),
  z.object({ kind: z.literal('call-in'), chat, id, isVideo: z.boolean() }),
  /** WhatsApp's own scale: −1 error, 0 pending, 1 server, 2 device, 3 read, 4 played. */
  z.object({ kind: z.literal('ack'), id, ack: z.number().int().min(-1).max(10) }),
  z.object({ kind: z.literal('pong'), state: z.string().max(40), memoryMb: z.number().nonnegative().nullable() }),
  /** `left`: chats of which something could not be read yet. */
  z.object({ kind: z.literal('reconciled'), chats: z.number().int(), messages: z.number().int(), left: z.number().int() }),
  z.object({ kind: z.literal('sent'), call: z.number().int(), id }),
  z.object({ kind: z.literal('file'), call: z.number().int(), base64: z.string() }),
  z.object({ kind: z.literal('trouble'), call: z.number().int(), trouble: troubleSchema }),
  /** Something of the library went wrong that does not end the child; never holds texts or numbers of citizens. */
  z.object({ kind: z.literal('note'), detail: z.string().max(300) }),
  /** The last word. */
  z.object({ kind: z.literal('ended'), reason: z.enum(endReasons), detail: z.string().max(300) }),
]);
export type FromChild = z.infer<typeof fromChildSchema>;

/** How a child is to run; the first word it gets. */
export const startSchema = z.object({
  kind: z.literal('start'),
  /** Folder of the browser's profile, which is the login. */
  profileDir: z.string().min(1),
  /** Null: the library looks for one itself. */
  browserPath: z.string().min(1).nullable(),
  /** Only for tests: an HTML file that stands in for WhatsApp Web. */
  pageFile: z.string().min(1).nullable(),
});
export type ChildStart = z.infer<typeof startSchema>;

export const toChildSchema = z.discriminatedUnion('kind', [
  startSchema,
  z.object({ kind: z.literal('ping') }),
  /** `ready` does not come: say to the page what its missed event would have said. */
  z.object({ kind: z.literal('nudge') }),
  /** Tell again what came in since then, epoch ms; `unread`: and what nobody has read yet, however old. */
  z.object({ kind: z.literal('reconcile'), since: z.number().nonnegative(), unread: z.boolean() }),
  z.object({ kind: z.literal('pair'), phone: z.string().regex(/^\d{8,15}$/) }),
  z.object({
    kind: z.literal('send'),
    call: z.number().int(),
    chat,
    text,
    file: z.object({ name: z.string(), mime: z.string(), base64: z.string() }).nullable(),
    /** Everything that came in from this chat is stored: the citizen may see that it was read. */
    seen: z.boolean(),
  }),
  z.object({ kind: z.literal('fetch'), call: z.number().int(), key: z.string().min(1).max(600), maxBytes: z.number() }),
  z.object({ kind: z.literal('typing'), chat }),
  z.object({ kind: z.literal('logout') }),
  z.object({ kind: z.literal('stop') }),
]);
export type ToChild = z.infer<typeof toChildSchema>;
