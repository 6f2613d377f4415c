// Loads a page's code when it is first opened, so that the first load stays small.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../logic/language.ts';

/** @param load must be the same function at every call, or the page is loaded again */
export function Lazy<P extends object>({ load, props }: { load: () => Promise<ComponentType<P>>; props: P }) {
  const [Part, setPart] = useState<ComponentType<P> | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let isHere = true;
    load().then(
      (part) => isHere && setPart(() => part),
      () => isHere && setFailed(true),
    );
    return () => {
      isHere = false;
    };
  }, [load]);
  if (Part !== null) return <Part {...props} />;
  if (!failed) return <p class="page-wait">{t('Memuat…', 'Loading…')}</p>;
  // After an update of the server the old page's parts are gone.
  return (
    <p class="page-wait" role="alert">
      {t('Halaman tidak dapat dimuat.', 'The page could not be loaded.')}{' '}
      <button type="button" class="link" onClick={() => location.reload()}>
        {t('Muat ulang', 'Load again')}
      </button>
    </p>
  );
}
