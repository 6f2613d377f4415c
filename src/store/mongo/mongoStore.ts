// The store for several nodes: one MongoDB replica set. Every sub-port has its own file beside this one.
import type { Store } from '../../desk/storePort.ts';
import { createAttachments } from './attachments.ts';
import { connect, type MongoConnection, type MongoOptions } from './connection.ts';
import { createContacts } from './contacts.ts';
import { createConversations } from './conversations.ts';
import { createIdentities } from './identities.ts';
import { createKnowledge } from './knowledge.ts';
import { createLogins } from './logins.ts';
import { createMessages } from './messages.ts';
import { migrate } from './migrate.ts';
import { createOfficers } from './officers.ts';
import { createOutbox } from './outbox.ts';
import { createPermits } from './permits.ts';
import { createPermitWatches } from './permitWatches.ts';
import { createQueue } from './queue.ts';
import { createRetention } from './retention.ts';
import { createSettings } from './settings.ts';

/**
 * Connects, checks the server, makes collections and indexes that are missing.
 * @throws LoketError `invalid` or `failed` with the reason why this address or server will not do, `store-away` when none answers
 */
export async function createMongoStore(options: MongoOptions): Promise<{ store: Store; connection: MongoConnection }> {
  const connection = await connect(options);
  try {
    await migrate(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
  const { counters } = connection.models;
  const store: Store = {
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
    ping: () =>
      connection.run(
        async () => void (await counters.updateOne({ _id: 'pulse' }, { $set: { value: Date.now() } }, { upsert: true })),
      ),
    close: connection.close,
  };
  return { store, connection };
}
