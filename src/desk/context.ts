// What every verb of the desk works with: the ports, and the few things the desk keeps in memory.
import type { Contact, Conversation } from '../contract/conversation.ts';
import type { ChannelName } from '../contract/message.ts';
import type { Leases, Peers } from './nodes.ts';
import type { Office } from './office.ts';
import type { PermitConnector } from './permitConnectorPort.ts';
import type { PermitPulls } from './permitConnectors.ts';
import type { PermitImporter } from './permitImportPort.ts';
import type { PermitState } from './permitState.ts';
import type { Channel, Clock, DeskLog, Files, Meter, Nlu, Realtime, Store } from './ports.ts';
import type { Serial } from './serial.ts';
import type { Stem } from './tokens.ts';

export interface DeskParts {
  store: Store;
  nlu: Nlu;
  realtime: Realtime;
  files: Files;
  channels: Channel[];
  clock: Clock;
  log: DeskLog;
  meter: Meter;
  /** IANA name of the office's time zone. */
  timeZone: string;
  /** Names this process in leases. */
  nodeId: string;
  /** No other process works on this store: leases found at start belong to the dead. */
  isOnlyNode: boolean;
  /** Who else works on this store; without it nobody is told of a node that dies, and its leases run out. */
  peers?: Peers;
  /** For work that one node does at a time; without it this node does it whenever it likes. */
  leases?: Leases;
  uploadMaxBytes: number;
  /** The matcher's stem of a word, for the search; without it words are found as they stand. */
  stem?: Stem;
  /** Reads exports of permit files; without it they are not imported here. */
  importer?: PermitImporter;
  /** Systems that are asked about permit files. */
  connectors?: PermitConnector[];
  /** Bytes left and in all where the data lies; without it nobody watches the disk. */
  disk?: () => Promise<{ free: number; total: number }>;
}

export interface DeskContext extends DeskParts {
  serial: Serial;
  /** The office's facts, hours and rules as they hold now. */
  office(): Office;
  channel(name: ChannelName): Channel | undefined;
  permits: PermitState;
  pulls: PermitPulls;
  /** There is something to send. */
  wakeOutbox(): void;
  /** Look at this conversation again at `at`. */
  wakeAt(conversationId: string, at: number): void;
  /** The queue changed: places are computed and told again soon. */
  queueChanged(): void;
}

/** A conversation with its contact, as verbs pass them on. */
export interface Seat {
  conversation: Conversation;
  contact: Contact;
}
