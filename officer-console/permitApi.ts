// The console's requests about permit files. Made over the one `ask` of api.ts.

import type { AddPermit, MovePermit, PermitRow, PermitView, TalkPermits } from '../src/contract/permitDesk.ts';
import type { ConnectorView, ImportPreview, Mapping, PermitBatchView, PermitImport } from '../src/contract/permitImport.ts';
import type { Answer } from './answer.ts';
import type { PermitOffice } from './logic/permits.ts';

type Ask = <T>(method: string, path: string, body?: unknown) => Promise<Answer<T>>;
type Send = <T>(
  path: string,
  file: File,
  headers: Record<string, string>,
  progress: (share: number) => void,
) => Promise<Answer<T>>;
type Stored = { settings: PermitOffice; version: number };

export function createPermitApi(ask: Ask, send: Send) {
  const permit = (id: string, rest = '') => `/api/permits/${encodeURIComponent(id)}${rest}`;
  const talk = (id: string, rest: string) => `/api/conversations/${encodeURIComponent(id)}/${rest}`;
  const held = (id: string, rest = '') => `/api/permits/imports/${encodeURIComponent(id)}${rest}`;
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
    /** When the export was saved goes along: data is as old as that. */
    upload: (file: File, progress: (share: number) => void) =>
      send<{ import: PermitImport; preview: ImportPreview }>(
        '/api/permits/files',
        file,
        { 'X-File-Time': String(file.lastModified) },
        progress,
      ),
    imports: () => ask<{ imports: PermitImport[] }>('GET', '/api/permits/imports'),
    import: (id: string) => ask<{ import: PermitImport }>('GET', held(id)),
    preview: (id: string, wish: { mapping?: Mapping; sheet?: string }) =>
      ask<{ preview: ImportPreview }>('POST', held(id, '/preview'), wish),
    run: (id: string, order: { mapping: Mapping; dryRun: boolean }) =>
      ask<{ import: PermitImport }>('POST', held(id, '/run'), order),
    drop: (id: string) => ask<object>('DELETE', held(id)),
    batches: () => ask<{ batches: PermitBatchView[] }>('GET', '/api/permits/batches'),
    undo: (id: string) => ask<{ batch: PermitBatchView }>('POST', `/api/permits/batches/${encodeURIComponent(id)}/undo`, {}),
    connectors: () => ask<{ connectors: ConnectorView[] }>('GET', '/api/permits/connectors'),
    settings: () => ask<Stored>('GET', '/api/permits/settings'),
    saveSettings: (settings: PermitOffice, version: number) => ask<Stored>('PUT', '/api/permits/settings', { settings, version }),
  };
}
