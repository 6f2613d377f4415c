// The server names what does not fit by its place in the document; an officer is told the field's own label.
import { t } from '../logic/language.ts';

/**
 * @param text sentences as the server gives them: `patterns.0.pattern: perlu sedikitnya empat angka; rules.maxAttempts: …`
 * @param form where the fields are: named like the last part of the place, in lists `<row>.<name>` in the order of the list
 * @returns the same with `Baris 1, Pola:` in place of `patterns.0.pattern:`; what is no place stays
 */
export function inWords(text: string, form: HTMLFormElement): string {
  return text.replace(/(^|; )([a-z]\w*(?:\.[\w -]+)*): /gi, (all, lead: string, place: string) => {
    const parts = place.split('.');
    const name = parts.at(-1) ?? '';
    const row = parts.find((part) => /^\d+$/.test(part));
    const fields = form.querySelectorAll(`[name="${name}"], [name$=".${name}"]`);
    const label = fields[Number(row ?? 0)]?.closest('label')?.querySelector('.field-label')?.textContent;
    if (label === undefined && parts.length === 1) return all;
    return `${lead}${row === undefined ? '' : `${t('Baris', 'Row')} ${Number(row) + 1}, `}${label ?? name}: `;
  });
}
