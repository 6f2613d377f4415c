// The default store: one SQLite file, written by one process. Every sub-port has its own file beside this one.
import type { Store } from '../../desk/storePort.ts';
import { createAttachments } from './attachments.ts';
import { type ConnectionOptions, openConnection } from './connection.ts';
import { createContacts } from './contacts.ts';
import { createConversations } from './conversations.ts';
import { createIdentities } from './identities.ts';
import { createKnowledge } from './knowledge.ts';
import { createLogins } from './logins.ts';
import { createMessages } from './messages.ts';
import { createOfficers } from './officers.ts';
import { createOutbox } from './outbox.ts';
import { createPermits } from './permits.ts';
import { createPermitWatches } from './permitWatches.ts';
import { createQueue } from './queue.ts';
import { createRetention } from './retention.ts';
import { createSettings } from './settings.ts';

/**
 * Opens the file, made when there is none.
 * @throws LoketError `store-away` when it cannot be opened, `failed` when a newer program wrote it
 */
export function createSqliteStore(options: ConnectionOptions): Store {
  const connection = openConnection(options);
  const pulse = connection.db.prepare('INSERT OR REPLACE INTO pulse (one, at) VALUES (1, unixepoch())');
  return {
    conversations: createConversations(connection),
    queue: createQueue(connection),
    messages: createMessages(connection),
    attachments: createAttachments(connection),
    outbox: createOutbox(connection),
    contacts: createContacts(connection),
    identities: createIdentities(connection),
    officers: createOfficers(connection),
    logins: createLogins(connection),
    settings: createSettings(connection),
    permits: createPermits(connection),
    permitWatches: createPermitWatches(connection),
    retention: createRetention(connection),
    knowledge: createKnowledge(connection),
    ping: () => connection.write(() => void pulse.run()),
    close: connection.close,
  };
}
