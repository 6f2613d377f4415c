// Step: who stands before somebody in the queue of one team is counted along this index.
export const queueTeams = `
CREATE INDEX conversations_team ON conversations (teamId, ifnull(queuedAt, 0)) WHERE state = 'queued';
`;
