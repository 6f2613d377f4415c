// Splits a text into plain words, *strong* words and safe links; the log builds them as text nodes, never as HTML.
export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'strong'; text: string }
  | { kind: 'link'; text: string; href: string };

const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);
/** Full addresses, `www.`, e-mail addresses, government sites written without a scheme, `*strong*` words. Lengths are bounded: no text is slow. */
const pattern =
  /\b(?:https?:\/\/|mailto:|tel:|www\.)[^\s<>"'`]+|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}|\b(?:[a-z0-9-]{1,63}\.){1,6}go\.id\b(?:\/[^\s<>"'`]*)?|\*[^\s*](?:[^*\n]{0,200}[^\s*])?\*/gi;

/** @returns the parts in order; joined, their texts are the input without the asterisks of strong words. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  const add = (part: TextPart): void => {
    if (part.text !== '') parts.push(part);
  };
  for (const match of text.matchAll(pattern)) {
    const isStarred = match[0].startsWith('*');
    if (isStarred && !standsAlone(text, match.index, match.index + match[0].length)) continue;
    const part: TextPart = isStarred ? { kind: 'strong', text: match[0].slice(1, -1) } : link(withoutTail(match[0]));
    add({ kind: 'text', text: text.slice(at, match.index) });
    add(part);
    at = match.index + (isStarred ? match[0].length : part.text.length);
  }
  add({ kind: 'text', text: text.slice(at) });
  return parts;
}

/** `2*3*4` is arithmetic. (No lookbehind: browsers of 2022 fail on the whole script.) */
const standsAlone = (text: string, from: number, to: number): boolean =>
  /^[\s("'\u2018\u201c]?$/.test(text.slice(Math.max(0, from - 1), from)) &&
  /^[\s.,;:!?)"'\u2019\u201d]?$/.test(text.slice(to, to + 1));

/** A full stop or a bracket after an address belongs to the sentence; a bracket opened inside belongs to the address. */
function withoutTail(address: string): string {
  const trimmed = address.replace(/[.,;:!?*]+$/, '');
  if (!trimmed.endsWith(')') || trimmed.includes('(')) return trimmed;
  return withoutTail(trimmed.slice(0, -1));
}

function link(text: string): TextPart {
  const isAddressed = /^(?:https?|mailto|tel):/i.test(text);
  const href = isAddressed ? text : text.includes('@') && !text.includes('/') ? `mailto:${text}` : `https://${text}`;
  try {
    const url = new URL(href);
    return schemes.has(url.protocol) ? { kind: 'link', text, href: url.href } : { kind: 'text', text };
  } catch {
    return { kind: 'text', text };
  }
}
