// Step: conversations carry tags, as a JSON list; null means none.

/** SQL that brings a file without tags to one with them. */
export const conversationTags = 'ALTER TABLE conversations ADD COLUMN tags TEXT;';
