// Step: a message may be a provider's approved text, as JSON with name, language and variables; null for free texts.

/** SQL that brings a file without templates to one with them. */
export const templates = 'ALTER TABLE messages ADD COLUMN template TEXT;';
