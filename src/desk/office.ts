// placeholder: written by the rules helper
export type Office = {};
