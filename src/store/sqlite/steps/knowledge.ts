// Step: how often each fact is asked for, officers' labels on citizens' messages, and what the bot did not know.

export const knowledgeStep = `
CREATE TABLE asked (day TEXT NOT NULL, fact TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (day, fact)) WITHOUT ROWID;

CREATE TABLE labels (
  message INTEGER PRIMARY KEY REFERENCES messages (n) ON DELETE CASCADE, intent TEXT, officerId TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX labels_at ON labels (at, message);

CREATE INDEX messages_unsure ON messages (createdAt) WHERE reason ->> 'unsure' IS NOT NULL;
`;
