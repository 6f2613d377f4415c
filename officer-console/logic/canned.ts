// Canned replies: finding one by a few letters, and filling in who it is for. No DOM.
import type { ConversationRow } from '../../src/contract/conversation.ts';
import type { CannedReply } from '../../src/contract/workplace.ts';

/** What may stand in a reply, and what it stands for. */
export const variables = {
  nama: 'nama warga',
  nomor: 'nomor konsultasi',
  petugas: 'nama petugas',
} as const;

/** @returns the text for this citizen; a name that is not known becomes the polite form of address. Unknown words in braces stay as they are. */
export function fillCanned(text: string, row: Pick<ConversationRow, 'contactName' | 'number'>, officerName: string): string {
  const values: Record<keyof typeof variables, string> = {
    nama: row.contactName ?? 'Bapak/Ibu',
    nomor: `K-${row.number}`,
    petugas: officerName,
  };
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? values[name as keyof typeof variables] : whole,
  );
}

/** @returns the replies whose title or text has all words of `q`; those whose title begins with it first. */
export function findCanned(replies: readonly CannedReply[], q: string): CannedReply[] {
  const words = q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const begins = (reply: CannedReply) => (reply.title.toLowerCase().startsWith(words[0] ?? '') ? 0 : 1);
  return replies
    .filter((reply) => words.every((word) => `${reply.title} ${reply.text}`.toLowerCase().includes(word)))
    .sort((a, b) => begins(a) - begins(b) || a.title.localeCompare(b.title));
}
