// Whether the office vouches for a fact.
import { t } from '../logic/language.ts';

export function Confirmed({ yes, isEmpty }: { yes: boolean; isEmpty: boolean }) {
  if (isEmpty) return <span class="tag is-open">{t('belum diisi', 'not filled in')}</span>;
  return yes ? (
    <span class="tag is-good">{t('dikonfirmasi', 'confirmed')}</span>
  ) : (
    <span class="tag is-open">{t('belum dikonfirmasi', 'not confirmed')}</span>
  );
}
