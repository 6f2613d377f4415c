// A stand-in for Meta's Graph API on loopback, as far as WhatsApp messages go: sends with a ledger and Meta's limits, media up and down,
// faults on demand, and a signing deliverer for webhooks that repeats until a 2xx. Written from the documentation, never compared with Meta.
import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkRequest } from './whatsappLimits.ts';

type Json = Record<string, unknown>;

export interface WhatsappSent {
  /** Number or business-scoped id. */
  to: string;
  wamid: string;
  type: string;
  /** The body people read. */
  text: string;
  payload: Json;
}

/** What may go wrong with one call. `before`: cut off, and not done. `after`: done, but the answer never comes. */
export type WhatsappFault = { status: number; code?: number; body?: string; location?: string } | { destroy: 'before' | 'after' };

export interface Person {
  /** E.164 without the plus; null once hidden behind a user name. */
  number?: string | null;
  userId?: string;
  name?: string;
}

export interface Whatsapp {
  /** With the version, as the setting wants it. */
  apiRoot: string;
  phoneNumberId: string;
  token: string;
  appSecret: string;
  verifyToken: string;
  /** Every message taken, in the order of arrival. */
  sent: WhatsappSent[];
  /** What was refused for breaking a limit, and why. */
  refused: string[];
  /** Files that were uploaded. */
  uploads: { id: string; mime: string; name: string; size: number }[];
  /** Asked for every call (`probe`, `messages`, `media`, `place`, `file`) before it is served. */
  fault: ((what: string, payload: Json) => WhatsappFault | null) | null;
  putFile(mediaId: string, bytes: Uint8Array, place?: string): void;
  message(content: Json, from?: Person): Json;
  text(text: string, from?: Person): Json;
  status(sent: { wamid: string; payload: Json }, status: string, errorCode?: number): Json;
  /** Headers of a delivery: its signature over these bytes. */
  sign(body: string | Buffer, secret?: string): Record<string, string>;
  /** POSTs as Meta does and repeats until a 2xx. @returns the statuses, 0 for a broken connection */
  deliver(url: string, delivery: Json, options?: { tries?: number; pauseMs?: number }): Promise<number[]>;
  close(): Promise<void>;
}

const number = (from: Person): string | undefined => (from.number === null ? undefined : (from.number ?? '6281234567890'));

/** @returns the stand-in, listening on a free port */
export async function startWhatsappStandin(): Promise<Whatsapp> {
  const phoneNumberId = '106540352242922';
  const files = new Map<string, { bytes: Uint8Array; place: string | undefined }>();
  const agent = new http.Agent({ keepAlive: true });
  let next = 1;

  const server = http.createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => void serve(req, Buffer.concat(chunks), res));
  });

  async function serve(req: http.IncomingMessage, body: Buffer, res: http.ServerResponse): Promise<void> {
    if (req.headers.authorization !== `Bearer ${standin.token}`) return refuse(res, 401, 190);
    const { pathname } = new URL(req.url ?? '/', 'http://graph');
    const [, version = '', first = '', second = ''] = pathname.split('/');
    const what = version === 'file' ? 'file' : second || (first === phoneNumberId ? 'probe' : 'place');
    const payload = await readBody(req.headers['content-type'] ?? '', body);
    const fault = standin.fault?.(what, payload) ?? null;
    if (fault !== null && 'status' in fault) {
      if (fault.location !== undefined) res.setHeader('location', fault.location);
      return fault.code === undefined ? answer(res, fault.status, fault.body ?? '') : refuse(res, fault.status, fault.code);
    }
    if (fault?.destroy === 'before') return void res.destroy();
    const result = act(what, what === 'file' ? first : second === '' ? first : second, payload);
    if (fault?.destroy === 'after') return void res.destroy();
    if (result instanceof Uint8Array) {
      // Chunked, without a length: the reader has to count.
      res.writeHead(200);
      res.write(result.subarray(0, 1024));
      return void res.end(result.subarray(1024));
    }
    if (typeof result === 'number') return refuse(res, 400, result);
    return answer(res, 200, JSON.stringify(result));
  }

  /** @returns the answer, bytes, or Meta's error code */
  function act(what: string, name: string, payload: Json): Json | Uint8Array | number {
    if (what === 'probe') return { id: phoneNumberId, display_phone_number: '+1 555-078-3881' };
    if (what === 'file') return files.get(name)?.bytes ?? 100;
    if (what === 'place') {
      const file = files.get(name);
      const url = file?.place ?? `${new URL(standin.apiRoot).origin}/file/${name}`;
      return file ? { url, mime_type: 'application/octet-stream', file_size: file.bytes.byteLength, id: name } : 100;
    }
    if (what === 'media') {
      const file = payload.file as { name: string; size: number } | undefined;
      if (file === undefined || payload.messaging_product !== 'whatsapp') return 100;
      const id = `media${next++}`;
      standin.uploads.push({ id, mime: String(payload.type), ...file });
      return { id };
    }
    const problem = checkRequest(payload);
    if (problem !== null) {
      standin.refused.push(problem);
      return 100;
    }
    const to = String(payload.to ?? payload.recipient);
    const wamid = `wamid.OUT${next++}`;
    standin.sent.push({ to, wamid, type: String(payload.type), text: textOf(payload), payload });
    return { messaging_product: 'whatsapp', contacts: [{ input: to }], messages: [{ id: wamid }] };
  }

  function post(url: string, body: string): Promise<number> {
    return new Promise((resolve) => {
      const headers = { ...standin.sign(body), 'content-length': Buffer.byteLength(body) };
      const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', () => resolve(0));
      });
      request.on('error', () => resolve(0));
      request.end(body);
    });
  }

  const standin: Whatsapp = {
    apiRoot: '',
    phoneNumberId,
    token: 'EAAG-token-of-the-stand-in',
    appSecret: 'app-secret-app-secret',
    verifyToken: 'verify-word-verify-word',
    sent: [],
    uploads: [],
    refused: [],
    fault: null,
    putFile: (mediaId, bytes, place) => void files.set(mediaId, { bytes, place }),
    message(content, from = {}) {
      const { userId, name = 'Ana' } = from;
      const person = { profile: { name }, ...(number(from) && { wa_id: number(from) }), ...(userId && { user_id: userId }) };
      const message = {
        ...(number(from) && { from: number(from) }),
        ...(userId && { from_user_id: userId }),
        id: `wamid.IN${next++}`,
        timestamp: String(Math.floor(Date.now() / 1000)),
        ...content,
      };
      return envelope({ contacts: [person], messages: [message] });
    },
    text: (text, from) => standin.message({ type: 'text', text: { body: text } }, from),
    status({ wamid, payload }, status, errorCode) {
      const errors = errorCode === undefined ? {} : { errors: [{ code: errorCode, title: 'x' }] };
      const { biz_opaque_callback_data } = payload;
      const timestamp = String(Math.floor(Date.now() / 1000));
      return envelope({ statuses: [{ id: wamid, status, timestamp, recipient_id: '1', biz_opaque_callback_data, ...errors }] });
    },
    sign: (body, secret = standin.appSecret) => ({
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    }),
    async deliver(url, delivery, { tries = 50, pauseMs = 20 } = {}) {
      const body = JSON.stringify(delivery);
      const statuses: number[] = [];
      while (statuses.length < tries) {
        const status = await post(url, body);
        statuses.push(status);
        if (status >= 200 && status < 300) break;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      return statuses;
    },
    close() {
      agent.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };

  /** A value of the field `messages` in the envelope Meta puts around it. */
  function envelope(value: Json): Json {
    const metadata = { display_phone_number: '15550783881', phone_number_id: phoneNumberId };
    const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
    return { object: 'whatsapp_business_account', entry: [{ id: '102290129340398', changes: [change] }] };
  }

  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  standin.apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v24.0`;
  return standin;
}

/** Several deliveries as the one that Meta makes of them when it is in a hurry. */
export function together(deliveries: Json[]): Json {
  return { object: 'whatsapp_business_account', entry: deliveries.flatMap(({ entry }) => entry as Json[]) };
}

function textOf(payload: Json): string {
  const part = (payload[String(payload.type)] ?? {}) as { body?: unknown; caption?: unknown };
  const { body, caption } = part;
  if (typeof body === 'object' && body !== null && 'text' in body) return String(body.text);
  return String(body ?? caption ?? '');
}

async function readBody(type: string, body: Buffer): Promise<Json> {
  if (type.startsWith('multipart/')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    return Object.fromEntries(
      [...form].map(([name, value]) => [name, typeof value === 'string' ? value : { name: value.name, size: value.size }]),
    );
  }
  return body.length > 0 ? (JSON.parse(body.toString()) as Json) : {};
}

function refuse(res: http.ServerResponse, status: number, code: number): void {
  answer(
    res,
    status,
    JSON.stringify({ error: { message: `(#${code}) refused`, type: 'OAuthException', code, fbtrace_id: 'A' } }),
  );
}

function answer(res: http.ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  res.end(text);
}
