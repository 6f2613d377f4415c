// The real desk for tests of the doors.
import { createDesk } from '../../src/desk/desk.ts';
import type { Channel, Realtime, Store } from '../../src/desk/ports.ts';
import type { Desk } from '../../src/desk/verbs.ts';
import { createImporter } from '../../src/permits/import/importRows.ts';
import { simpleNlu } from './deskKit.ts';

/** The real desk over the parts of the doors, on the real clock; never started, so nothing runs by itself. */
export function realDesk(parts: { store: Store; realtime: Realtime; channels: Channel[] }): Desk {
  return createDesk({
    ...parts,
    nlu: simpleNlu,
    files: { save: async () => 'refused', read: async () => null, remove: async () => {}, prune: async () => 0 },
    clock: { now: Date.now },
    log: { info() {}, warn() {}, error() {} },
    meter: { message() {}, answered() {}, delivered() {} },
    timeZone: 'Asia/Jakarta',
    nodeId: 'n1',
    isOnlyNode: false,
    uploadMaxBytes: 1000,
    importer: createImporter(),
  });
}
