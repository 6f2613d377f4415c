// Step of the file's shape: blocked contacts, and an index of names that holds keyed hashes only.
export const contactIndex = `
ALTER TABLE contacts ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN tokensVersion INTEGER NOT NULL DEFAULT 0;
CREATE INDEX contacts_tokens ON contacts (tokensVersion);
CREATE TABLE contactTokens (
  token TEXT NOT NULL,
  contact INTEGER NOT NULL REFERENCES contacts (n) ON DELETE CASCADE,
  PRIMARY KEY (token, contact)
) WITHOUT ROWID;
CREATE INDEX contactTokens_contact ON contactTokens (contact);
`;
