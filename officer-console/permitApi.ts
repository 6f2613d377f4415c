// The console's requests about permit files. Made over the one `ask` of api.ts.
import type { AddPermit, MovePermit, PermitRow, PermitView, TalkPermits } from '../src/contract/permitDesk.ts';
import type { Answer } from './answer.ts';
import type { PermitOffice } from './logic/permits.ts';

type Ask = <T>(method: string, path: string, body?: unknown) => Promise<Answer<T>>;
type Stored = { settings: PermitOffice; version: number };

export function createPermitApi(ask: Ask) {
  const permit = (id: string, rest = '') => `/api/permits/${encodeURIComponent(id)}${rest}`;
  const talk = (id: string, rest: string) => `/api/conversations/${encodeURIComponent(id)}/${rest}`;
  return {
    numbers: (conversationId: string) => ask<TalkPermits>('GET', talk(conversationId, 'permits')),
    endWatches: (conversationId: string) => ask<{ ended: number }>('DELETE', talk(conversationId, 'watches')),
    find: (number: string, conversationId?: string) =>
      ask<{ files: PermitView[] }>('POST', '/api/permits/find', { number, conversationId }),
    file: (id: string) => ask<{ file: PermitView }>('GET', permit(id)),
    waiting: (cursor: string | null) =>
      ask<{ rows: PermitRow[]; cursor: string | null }>(
        'GET',
        `/api/permits/waiting${cursor === null ? '' : `?${new URLSearchParams({ cursor })}`}`,
      ),
    add: (entry: Partial<AddPermit>) => ask<{ file: PermitView }>('POST', '/api/permits', entry),
    move: (id: string, entry: Partial<MovePermit>) => ask<{ file: PermitView }>('POST', permit(id, '/status'), entry),
    settings: () => ask<Stored>('GET', '/api/permits/settings'),
    saveSettings: (settings: PermitOffice, version: number) => ask<Stored>('PUT', '/api/permits/settings', { settings, version }),
  };
}
