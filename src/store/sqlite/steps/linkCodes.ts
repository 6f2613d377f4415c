// Step: codes by which a visitor links another channel, each as a keyed hash, and wrong guesses by contact and day.

/** SQL that brings a file without codes to one with them. */
export const linkCodes = `
CREATE TABLE linkCodes (
  hash TEXT PRIMARY KEY,
  contactId TEXT NOT NULL UNIQUE REFERENCES contacts (id) ON DELETE CASCADE,
  expiresAt INTEGER NOT NULL,
  usedBy TEXT,
  usedIn TEXT
) WITHOUT ROWID;
CREATE TABLE linkTries (
  contactId TEXT PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  count INTEGER NOT NULL,
  lastIn TEXT NOT NULL
) WITHOUT ROWID;
`;
