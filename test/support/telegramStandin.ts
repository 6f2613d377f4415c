// A stand-in for the Telegram Bot API on loopback that real telegraf runs against: long polling with confirmation by offset and
// 409 for the older poller, sends with a ledger, files, faults on demand, and a deliverer for webhooks. Cheap enough for the bench.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;
type Update = { update_id: number } & Json;

interface Sent {
  chatId: string;
  messageId: number;
  text: string;
  payload: Json;
}

/** What may go wrong with one call. `before`: cut off, and not done. `after`: done, but the answer never comes. */
export type Fault =
  | { status: number; body?: Json | string; headers?: Record<string, string> }
  | { destroy: 'before' | 'after' }
  | { hang: true };

export interface Telegram {
  url: string;
  token: string;
  /** Every message taken, in the order of arrival. */
  sent: Sent[];
  /** Every call, in the order of arrival; emptied by the test as it likes. */
  calls: { method: string; payload: Json }[];
  /** Updates not yet confirmed by a poll with a higher offset. */
  waiting(): Update[];
  /** An update as Telegram would make it; neither queued nor delivered. */
  update(content: Json): Update;
  textUpdate(text: string, from?: { id?: number; name?: string }): Update;
  /** Queues an update for the poller. */
  pushUpdate(update: Update): Update;
  pushText(text: string, from?: { id?: number; name?: string }): Update;
  /** POSTs an update as Telegram's webhook does and repeats it until a 2xx. @returns the statuses, 0 for a broken connection */
  deliver(url: string, update: Update, secret: string, options?: { tries?: number; pauseMs?: number }): Promise<number[]>;
  putFile(fileId: string, bytes: Uint8Array): void;
  /** Asked for every call (`file` for downloads) before it is served. */
  fault: ((method: string, payload: Json) => Fault | null) | null;
  close(): Promise<void>;
}

interface Poller {
  wake(): void;
  conflict(): void;
}

/** @param options `keepCalls` false: no ledger of calls, for long runs */
export async function startTelegramStandin(
  options: { token?: string; keepCalls?: boolean; port?: number } = {},
): Promise<Telegram> {
  const { token = '111:AAA', keepCalls = true } = options;
  const me = { id: Number(token.split(':')[0]), is_bot: true, first_name: 'Loket', username: 'loket_bot' };
  const files = new Map<string, Uint8Array>();
  const agent = new http.Agent({ keepAlive: true });
  let queue: Update[] = [];
  let pollers: Poller[] = [];
  let nextUpdate = 1000;
  let nextMessage = 1;

  const server = http.createServer((req, res) => {
    const [, bot = '', method = ''] = (req.url ?? '').split('/');
    if (bot === 'file') return download(req.url ?? '', res);
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      if (bot !== `bot${token}`) return refuse(res, 401, 'Unauthorized');
      const take = (payload: Json) => {
        if (keepCalls) standin.calls.push({ method, payload });
        serve(method, payload, res);
      };
      const type = req.headers['content-type'] ?? '';
      const body = Buffer.concat(chunks);
      if (type.startsWith('multipart/')) void readForm(type, body).then(take);
      else take(body.length > 0 ? (JSON.parse(body.toString()) as Json) : {});
    });
  });

  function serve(method: string, payload: Json, res: http.ServerResponse): unknown {
    const fault = standin.fault?.(method, payload) ?? null;
    if (fault !== null && 'hang' in fault) return null;
    if (fault !== null && 'status' in fault) return answer(res, fault.status, fault.body ?? '', fault.headers);
    if (fault?.destroy === 'before') return res.destroy();
    if (method === 'getUpdates') return getUpdates(payload, res);
    const result = act(method, payload);
    if (fault !== null) return res.destroy();
    if (result === null) return refuse(res, 400, 'Bad Request: invalid file_id');
    return answer(res, 200, { ok: true, result });
  }

  function act(method: string, payload: Json): unknown {
    if (method === 'getMe') return me;
    if (method === 'getFile') {
      const id = String(payload.file_id);
      return files.has(id) ? { file_id: id, file_path: `files/${id}`, file_size: files.get(id)?.byteLength } : null;
    }
    if (!method.startsWith('send') || method === 'sendChatAction') return true;
    const messageId = nextMessage++;
    const chatId = String(payload.chat_id);
    standin.sent.push({ chatId, messageId, text: String(payload.text ?? payload.caption ?? ''), payload });
    return { message_id: messageId, date: seconds(), chat: { id: Number(chatId), type: 'private' }, text: payload.text };
  }

  function getUpdates(payload: Json, res: http.ServerResponse): unknown {
    const offset = Number(payload.offset ?? 0);
    if (offset > 0) queue = queue.filter((update) => update.update_id >= offset);
    for (const poller of pollers.splice(0)) poller.conflict();
    const respond = () => answer(res, 200, { ok: true, result: queue.slice(0, Number(payload.limit ?? 100)) });
    if (queue.length > 0) return respond();
    const end = () => {
      clearTimeout(timer);
      pollers = pollers.filter((one) => one !== poller);
    };
    const poller: Poller = {
      wake() {
        end();
        respond();
      },
      conflict() {
        end();
        refuse(res, 409, 'Conflict: terminated by other getUpdates request');
      },
    };
    const timer = setTimeout(poller.wake, Number(payload.timeout ?? 0) * 1000);
    pollers.push(poller);
    return res.on('close', end);
  }

  function download(url: string, res: http.ServerResponse): unknown {
    const fault = standin.fault?.('file', { url }) ?? null;
    if (fault !== null && 'status' in fault) return answer(res, fault.status, fault.body ?? '', fault.headers);
    if (fault !== null && 'destroy' in fault) return res.destroy();
    if (fault !== null) return null;
    const prefix = `/file/bot${token}/files/`;
    const bytes = url.startsWith(prefix) ? files.get(url.slice(prefix.length)) : undefined;
    if (bytes === undefined) return refuse(res, 404, 'Not Found');
    // Chunked, without a length: the reader has to count.
    res.writeHead(200);
    res.write(bytes.subarray(0, 1024));
    return res.end(bytes.subarray(1024));
  }

  function post(url: string, body: string, secret: string): Promise<number> {
    return new Promise((resolve) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-telegram-bot-api-secret-token': secret,
      };
      const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', () => resolve(0));
      });
      request.on('error', () => resolve(0));
      request.end(body);
    });
  }

  const standin: Telegram = {
    url: '',
    token,
    sent: [],
    calls: [],
    fault: null,
    waiting: () => queue,
    update: (content) => ({ update_id: nextUpdate++, ...content }),
    textUpdate(text, { id = 42, name = 'Ana' } = {}) {
      const from = { id, is_bot: false, first_name: name };
      return standin.update({
        message: { message_id: nextMessage++, date: seconds(), chat: { id, type: 'private', first_name: name }, from, text },
      });
    },
    pushUpdate(update) {
      queue.push(update);
      for (const poller of pollers.slice()) poller.wake();
      return update;
    },
    pushText: (text, from) => standin.pushUpdate(standin.textUpdate(text, from)),
    async deliver(url, update, secret, { tries = 50, pauseMs = 20 } = {}) {
      const body = JSON.stringify(update);
      const statuses: number[] = [];
      while (statuses.length < tries) {
        const status = await post(url, body, secret);
        statuses.push(status);
        if (status >= 200 && status < 300) break;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      return statuses;
    },
    putFile: (fileId, bytes) => void files.set(fileId, bytes),
    close() {
      agent.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };

  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  standin.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return standin;
}

/** An upload: its fields, and each file as its name and size. */
async function readForm(type: string, body: Buffer): Promise<Json> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const fields = [...form].map(([name, value]) => [
    name,
    typeof value === 'string' ? value : { name: value.name, size: value.size },
  ]);
  return Object.fromEntries(fields) as Json;
}

const seconds = (): number => Math.floor(Date.now() / 1000);

function refuse(res: http.ServerResponse, status: number, description: string): unknown {
  return answer(res, status, { ok: false, error_code: status, description });
}

function answer(res: http.ServerResponse, status: number, body: Json | string, headers: Record<string, string> = {}): unknown {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers });
  return res.end(text);
}
