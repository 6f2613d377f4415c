// Step: names a contact goes by on its channel (phone, BSUID, lid, user name), each as a keyed hash.

/** SQL that brings a file without names to one with them. */
export const identities = `
CREATE TABLE identities (
  hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  contactId TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX identities_contact ON identities (contactId, kind);
`;
