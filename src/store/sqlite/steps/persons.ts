// Step: contacts that officers have put together as one person.

/** SQL that brings a file without links to one with them. */
export const persons = `
CREATE TABLE persons (
  contactId TEXT PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
  personId TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX persons_person ON persons (personId, contactId);
`;
