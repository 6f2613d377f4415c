// Step of the file's shape: the device of a session, and invitations.
export const logins = `
ALTER TABLE sessions ADD COLUMN device TEXT;
CREATE TABLE invitations (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  teamIds TEXT NOT NULL,
  invitedBy TEXT NOT NULL,
  createdAt INTEGER NOT NULL,
  expiresAt INTEGER NOT NULL
);
`;
