// Step: a watch whose proof holds no more stays, without its file, until it was told so.

// `ended` is one encrypted JSON of the number it was about and of whether what was told of it was wrong; `permit` is null once the file is gone.
/** SQL that makes the table anew, because SQLite cannot take NOT NULL away. */
export const watchNews = `
CREATE TABLE permit_watches_new (
  id TEXT PRIMARY KEY,
  permit INTEGER REFERENCES permits (n) ON DELETE CASCADE,
  contactId TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  told INTEGER NOT NULL,
  overAt INTEGER,
  ended TEXT,
  UNIQUE (contactId, permit)
) WITHOUT ROWID;
INSERT INTO permit_watches_new (id, permit, contactId, at, told, overAt)
  SELECT id, permit, contactId, at, told, overAt FROM permit_watches;
DROP TABLE permit_watches;
ALTER TABLE permit_watches_new RENAME TO permit_watches;
CREATE INDEX permit_watches_permit ON permit_watches (permit);
CREATE INDEX permit_watches_ended ON permit_watches (id) WHERE ended IS NOT NULL;
`;
