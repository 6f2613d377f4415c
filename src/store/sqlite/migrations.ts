// The shape of the SQLite file, as numbered steps. PRAGMA user_version holds the number of the last one applied.
import type { Database } from 'better-sqlite3';
import { LoketError } from '../../contract/errors.ts';
import { contactIndex } from './steps/contactIndex.ts';
import { conversationTags } from './steps/conversationTags.ts';
import { identities } from './steps/identities.ts';
import { knowledgeStep } from './steps/knowledge.ts';
import { linkCodes } from './steps/linkCodes.ts';
import { logins } from './steps/logins.ts';
import { messageFiles } from './steps/messageFiles.ts';
import { permitsStep } from './steps/permits.ts';
import { persons } from './steps/persons.ts';
import { queueTeams } from './steps/queueTeams.ts';
import { templates } from './steps/templates.ts';
import { watchEnds } from './steps/watchEnds.ts';
import { watchNews } from './steps/watchNews.ts';

// Columns are named as the contract names them. Internal ones: `n` row number in order of writing, `pos` place in the
// conversation (a note's is the `seq` before it, and `note` its `rev`; messages with a `seq` have `note` 0), `source`
// channel and account of a message, `sendAt` when the head of the conversation's outgoing line may be sent, `uncoveredSince`
// the oldest inbound message that no reply covers, `preview` the start of the last visible message.
const first = `
CREATE TABLE contacts (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  accountId TEXT NOT NULL,
  externalId TEXT NOT NULL,
  name TEXT,
  phone TEXT,
  phoneIndex TEXT,
  unreachable INTEGER NOT NULL,
  createdAt INTEGER NOT NULL,
  UNIQUE (channel, accountId, externalId)
);
CREATE INDEX contacts_phone ON contacts (phoneIndex) WHERE phoneIndex IS NOT NULL;

CREATE TABLE conversations (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  accountId TEXT NOT NULL,
  contactId TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  officerId TEXT,
  teamId TEXT,
  seq INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  language TEXT NOT NULL,
  topic TEXT,
  handoffReason TEXT,
  failures INTEGER NOT NULL,
  introduced INTEGER NOT NULL,
  openedAt INTEGER NOT NULL,
  lastInboundAt INTEGER,
  waitingSince INTEGER,
  queuedAt INTEGER,
  claimedAt INTEGER,
  closedAt INTEGER,
  placeTold INTEGER,
  placeToldAt INTEGER,
  timers TEXT,
  dueAt INTEGER,
  sendAt INTEGER,
  uncoveredSince INTEGER,
  preview TEXT NOT NULL
);
INSERT INTO sqlite_sequence (name, seq) VALUES ('conversations', 1000);
CREATE UNIQUE INDEX conversations_open ON conversations (contactId) WHERE state <> 'closed';
CREATE INDEX conversations_contact ON conversations (contactId, closedAt);
CREATE INDEX conversations_queue ON conversations (ifnull(queuedAt, 0)) WHERE state = 'queued';
CREATE INDEX conversations_mine ON conversations (officerId, ifnull(waitingSince, 9007199254740991), -lastInboundAt) WHERE state = 'officer';
CREATE INDEX conversations_all ON conversations (lastInboundAt) WHERE state <> 'closed' AND lastInboundAt IS NOT NULL;
CREATE INDEX conversations_closed ON conversations (ifnull(closedAt, 0)) WHERE state = 'closed' AND lastInboundAt IS NOT NULL;
CREATE INDEX conversations_due ON conversations (dueAt) WHERE dueAt IS NOT NULL;
CREATE INDEX conversations_uncovered ON conversations (uncoveredSince) WHERE uncoveredSince IS NOT NULL AND state IN ('bot', 'closed');
CREATE INDEX conversations_send ON conversations (channel, sendAt) WHERE sendAt IS NOT NULL;

CREATE TABLE messages (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  conversation INTEGER NOT NULL REFERENCES conversations (number) ON DELETE CASCADE,
  source TEXT NOT NULL,
  pos INTEGER NOT NULL,
  note INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  direction TEXT NOT NULL,
  authorKind TEXT NOT NULL,
  authorId TEXT,
  authorName TEXT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  buttons TEXT,
  attachments TEXT,
  state TEXT NOT NULL,
  stateReason TEXT,
  externalId TEXT,
  clientMessageId TEXT,
  inReplyTo TEXT,
  ruleId TEXT,
  coveredBy TEXT,
  button TEXT,
  reason TEXT,
  attempt INTEGER NOT NULL,
  createdAt INTEGER NOT NULL,
  sentAt INTEGER,
  editedAt INTEGER,
  deleted INTEGER NOT NULL,
  notBefore INTEGER,
  leaseOwner TEXT,
  leaseUntil INTEGER,
  tokensVersion INTEGER NOT NULL
);
CREATE UNIQUE INDEX messages_place ON messages (conversation, pos, note);
CREATE UNIQUE INDEX messages_rev ON messages (conversation, rev);
CREATE UNIQUE INDEX messages_received ON messages (source, externalId) WHERE direction = 'in';
CREATE INDEX messages_sent ON messages (source, externalId) WHERE direction = 'out' AND externalId IS NOT NULL;
CREATE UNIQUE INDEX messages_client ON messages (conversation, clientMessageId) WHERE clientMessageId IS NOT NULL;
CREATE UNIQUE INDEX messages_rule ON messages (inReplyTo, ruleId) WHERE inReplyTo IS NOT NULL AND ruleId IS NOT NULL;
CREATE INDEX messages_uncovered ON messages (conversation, pos) WHERE direction = 'in' AND coveredBy IS NULL;
CREATE INDEX messages_line ON messages (conversation, pos) WHERE state IN ('pending', 'sending');
CREATE INDEX messages_leased ON messages (leaseUntil) WHERE state = 'sending';
CREATE INDEX messages_dead ON messages (createdAt, state) WHERE state IN ('failed', 'uncertain');
CREATE INDEX messages_tokens ON messages (tokensVersion) WHERE authorKind <> 'bot';

CREATE TABLE tokens (
  token TEXT NOT NULL,
  message INTEGER NOT NULL REFERENCES messages (n) ON DELETE CASCADE,
  PRIMARY KEY (token, message)
) WITHOUT ROWID;
CREATE INDEX tokens_message ON tokens (message);

CREATE TABLE facts (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, at INTEGER NOT NULL, value INTEGER NOT NULL
);
CREATE INDEX facts_kind ON facts (kind, at);

CREATE TABLE audit (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
  actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT
);

CREATE TABLE officers (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  disabled INTEGER NOT NULL,
  duty TEXT NOT NULL,
  lastInputAt INTEGER NOT NULL,
  lastSeenAt INTEGER NOT NULL,
  teamIds TEXT NOT NULL,
  passwordHash TEXT NOT NULL,
  createdAt INTEGER NOT NULL
);

CREATE TABLE sessions (
  hash TEXT PRIMARY KEY, officerId TEXT NOT NULL, createdAt INTEGER NOT NULL, lastSeenAt INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_officer ON sessions (officerId);

CREATE TABLE teams (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE) WITHOUT ROWID;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE pulse (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL);
`;

/** Applied in order; a released step is never edited, a change of shape is a new step at the end. */
export const migrations: readonly string[] = [
  first,
  conversationTags,
  logins,
  contactIndex,
  permitsStep,
  queueTeams,
  messageFiles,
  templates,
  knowledgeStep,
  identities,
  persons,
  linkCodes,
  watchEnds,
  watchNews,
];

/**
 * Brings the file to the shape this program knows; each step is one transaction, and done once however many programs begin side by side.
 * @returns the version that was found, and the one it has now
 * @throws LoketError `failed` when the file was written by a newer program
 */
export function migrate(db: Database): { from: number; to: number } {
  const versionNow = () => Number(db.pragma('user_version', { simple: true }));
  const from = versionNow();
  const to = migrations.length;
  if (from > to) {
    throw new LoketError(
      'failed',
      `The database has version ${from}, this program knows ${to}: start the newer Loket, or restore a backup.`,
    );
  }
  for (const [index, step] of migrations.entries()) {
    if (index < from) continue;
    db.transaction(() => {
      // Another program may have done it since.
      if (versionNow() > index) return;
      db.exec(step);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
  return { from, to };
}
