// Step: a watch that ended is kept for a while, so that a withdrawn end can be corrected.

/** SQL that gives watches the time they ended; null while they go on. */
export const watchEnds = `
ALTER TABLE permit_watches ADD COLUMN overAt INTEGER;
`;
