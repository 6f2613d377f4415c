// Templates in the console: how many blanks a text has, and how it reads when they are filled. No DOM.

/** @returns how many variables `{{1}}`, `{{2}}` … the text has. */
export const blanksIn = (body: string): number => new Set([...body.matchAll(/\{\{(\d+)\}\}/g)].map(([, n]) => n)).size;

/** @returns the text as the citizen will read it; a blank without words stays as it is. */
export const filled = (body: string, variables: readonly string[]): string =>
  body.replace(/\{\{(\d+)\}\}/g, (whole, n: string) => variables[Number(n) - 1] || whole);
