// Calls to the Graph API: one HTTP request each, with a time limit, never repeated here. What they throw carries nothing secret.
import { z } from 'zod';
import type { Trouble } from './cloudErrors.ts';
import type { SendRequest, Upload } from './cloudOutbound.ts';
import { mediaPlaceSchema, refusalSchema, sentSchema, uploadedSchema } from './cloudUpdate.ts';

/** The one error of this file. */
export class CloudError extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(`Graph API: status ${trouble.status}, code ${trouble.code}`);
    this.trouble = trouble;
  }
}

export interface CloudApi {
  /** Is the number there, and does the token open it? @returns its digits, null when they are not told. @throws CloudError */
  probe(signal?: AbortSignal): Promise<string | null>;
  /** @returns Meta's id of the message, null when the answer held none. @throws CloudError */
  send(request: SendRequest): Promise<string | null>;
  /** @returns Meta's id of the file, good for 30 days. @throws CloudError */
  upload(upload: Upload, bytes: Uint8Array): Promise<string>;
  /** @returns where the bytes of a file are for the next five minutes. @throws CloudError */
  place(mediaId: string): Promise<z.infer<typeof mediaPlaceSchema>>;
}

/** With the wait for its turn and the send behind it below the lease of a message (60 s): else it would count as in doubt meanwhile. */
const UPLOAD_MS = 35_000;
/** undici and the system say so when there was no connection to write the request to. */
const neverConnected = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/** @param options `apiRoot` with the version, without a trailing slash; `timeoutMs` for everything but uploads */
export function createCloudApi(options: { apiRoot: string; phoneNumberId: string; token: string; timeoutMs: number }): CloudApi {
  const { apiRoot, phoneNumberId, token, timeoutMs } = options;
  const own = `${apiRoot}/${phoneNumberId}`;

  async function call(url: string, init: RequestInit, limitMs = timeoutMs, signal?: AbortSignal): Promise<unknown> {
    const limits = [AbortSignal.timeout(limitMs), ...(signal ? [signal] : [])];
    let response: Response;
    let text: string;
    try {
      const headers = { ...init.headers, authorization: `Bearer ${token}` };
      response = await fetch(url, { ...init, headers, redirect: 'error', signal: AbortSignal.any(limits) });
      text = await response.text();
    } catch (error) {
      throw new CloudError({ status: null, code: null, isUnsent: isUnsent(error) });
    }
    const body = parseJson(text);
    if (response.ok) return body;
    const refusal = refusalSchema.safeParse(body);
    throw new CloudError({ status: response.status, code: refusal.data?.error.code ?? null, isUnsent: false });
  }

  return {
    async probe(signal) {
      const answer = numberSchema.safeParse(await call(`${own}?fields=id,display_phone_number`, {}, timeoutMs, signal));
      return answer.data?.display_phone_number.replace(/\D/g, '') || null;
    },
    async send(request) {
      const headers = { 'content-type': 'application/json' };
      const answer = await call(`${own}/messages`, { method: 'POST', headers, body: JSON.stringify(request) });
      return sentSchema.safeParse(answer).data?.messages[0]?.id ?? null;
    },
    async upload({ mime, name }, bytes) {
      const form = new FormData();
      form.set('messaging_product', 'whatsapp');
      form.set('type', mime);
      form.set('file', new Blob([new Uint8Array(bytes)], { type: mime }), name);
      const answer = uploadedSchema.safeParse(await call(`${own}/media`, { method: 'POST', body: form }, UPLOAD_MS));
      if (!answer.success) throw new CloudError({ status: 500, code: null, isUnsent: false });
      return answer.data.id;
    },
    async place(mediaId) {
      const answer = mediaPlaceSchema.safeParse(await call(`${apiRoot}/${encodeURIComponent(mediaId)}`, {}));
      if (!answer.success) throw new CloudError({ status: 500, code: null, isUnsent: false });
      return answer.data;
    },
  };
}

const numberSchema = z.object({ display_phone_number: z.string().max(40) });
const failureSchema = z.object({ cause: z.object({ code: z.string() }) });

function isUnsent(error: unknown): boolean {
  const code = failureSchema.safeParse(error).data?.cause.code;
  return code !== undefined && neverConnected.includes(code);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
