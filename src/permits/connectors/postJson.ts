// One JSON question over HTTP with every way it can fail named. Errors carry nothing of the answer.
import { ConnectorFault } from '../../desk/permitConnectorPort.ts';

/** A status is a few hundred bytes, with a document inside perhaps a megabyte. Bytes. */
const MOST_ANSWER = 4_000_000;

/**
 * @param signal ends it: a time-out is a fault of its own
 * @returns the parsed answer of any status that has one the caller may read. @throws ConnectorFault
 */
export async function postJson(
  url: string,
  { headers, body, signal }: { headers: Record<string, string>; body: object; signal: AbortSignal },
): Promise<unknown> {
  try {
    // A redirect would carry the key to somebody else.
    const response = await fetch(url, {
      ...{ method: 'POST', redirect: 'manual', signal, body: JSON.stringify(body) },
      headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
    });
    const fault = faultOf(response.status);
    if (fault !== null) {
      await response.body?.cancel();
      throw new ConnectorFault(fault);
    }
    return JSON.parse(await readText(response)) as unknown;
  } catch (error) {
    if (error instanceof ConnectorFault) throw error;
    if (error instanceof SyntaxError) throw new ConnectorFault('wrong-answer');
    throw new ConnectorFault(signal.aborted ? 'timeout' : 'unreachable');
  }
}

function faultOf(status: number): ConnectorFault['kind'] | null {
  if (status === 401 || status === 403) return 'denied';
  if (status === 408 || status === 429 || status >= 500) return 'busy';
  // The method itself is missing or takes no such question: our address or the agreement is wrong.
  return status >= 200 && status < 300 ? null : 'refused';
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MOST_ANSWER) throw new ConnectorFault('wrong-answer');
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}
