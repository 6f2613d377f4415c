// Step: permit files with their history, numbers only as blind indexes, watches, counters of tries; the dialogue on the conversation.

// `sealed` is one encrypted JSON of number, other numbers and person; `current` the entry of `permit_events` that holds now. An entry
// carries the sealed field as it was from then on, so that an import can be undone. `moved` tells a new position from a correction.
export const permitsStep = `
ALTER TABLE conversations ADD COLUMN permit TEXT;

CREATE TABLE permits (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  system TEXT NOT NULL,
  sealed TEXT NOT NULL,
  service TEXT,
  submittedAt INTEGER,
  fetchedAt INTEGER NOT NULL,
  current INTEGER NOT NULL,
  turn TEXT NOT NULL,
  since INTEGER NOT NULL,
  endedAt INTEGER
);
CREATE INDEX permits_waiting ON permits (since, n) WHERE turn = 'applicant';
CREATE INDEX permits_ended ON permits (endedAt) WHERE endedAt IS NOT NULL;
CREATE INDEX permits_heard ON permits (fetchedAt);

CREATE TABLE permit_numbers (
  hash TEXT NOT NULL, permit INTEGER NOT NULL REFERENCES permits (n) ON DELETE CASCADE, isMain INTEGER NOT NULL,
  PRIMARY KEY (hash, permit)
) WITHOUT ROWID;
CREATE INDEX permit_numbers_permit ON permit_numbers (permit);

CREATE TABLE permit_events (
  n INTEGER PRIMARY KEY,
  permit INTEGER NOT NULL REFERENCES permits (n) ON DELETE CASCADE,
  batch TEXT,
  moved INTEGER NOT NULL,
  stage TEXT,
  turn TEXT NOT NULL,
  codeRaw TEXT,
  textRaw TEXT,
  reason TEXT,
  since INTEGER,
  fetchedAt INTEGER NOT NULL,
  note TEXT,
  sealed TEXT NOT NULL
);
CREATE INDEX permit_events_permit ON permit_events (permit, n);
CREATE INDEX permit_events_batch ON permit_events (batch, n) WHERE batch IS NOT NULL;

CREATE TABLE permit_batches (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, by TEXT NOT NULL, system TEXT,
  rows INTEGER NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL, refused INTEGER NOT NULL, state TEXT NOT NULL
);

CREATE TABLE permit_watches (
  id TEXT PRIMARY KEY,
  permit INTEGER NOT NULL REFERENCES permits (n) ON DELETE CASCADE,
  contactId TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  told INTEGER NOT NULL,
  UNIQUE (contactId, permit)
) WITHOUT ROWID;
CREATE INDEX permit_watches_permit ON permit_watches (permit);

CREATE TABLE permit_tries (key TEXT PRIMARY KEY, count INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
`;
