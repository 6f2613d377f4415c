// Step: messages with files are found without reading the others.
export const messageFiles = `
CREATE INDEX messages_files ON messages (n) WHERE attachments IS NOT NULL;
`;
