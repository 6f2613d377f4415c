// Search: conversations with the places found in them, and people. What was asked stands in the address.
import { useEffect, useState } from 'preact/hooks';
import type { SearchHit, SearchPage } from '../../../src/contract/search.ts';
import { pieces } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import { talkHash } from '../../logic/route.ts';
import { channelLabels, moment } from '../../logic/words.ts';
import type { PageProps } from '../pageProps.ts';
import { Row } from '../Row.tsx';
import { useWorkplace } from '../useWorkplace.ts';

const AFTER_MS = 200;

export function Search({ query }: PageProps) {
  const { api } = useWorkplace();
  const [q, setQ] = useState(query.q ?? '');
  const [found, setFound] = useState<{ q: string; page: SearchPage } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const isAsking = q.trim().length >= 2;
  useEffect(() => {
    if (!isAsking) return setFound(null);
    let isLast = true;
    const timer = setTimeout(async () => {
      history.replaceState(null, '', `#/cari?${new URLSearchParams({ q })}`);
      const answer = await api.admin.search(q, null);
      if (!isLast) return;
      setTrouble(answer.ok ? null : answer.message);
      if (answer.ok) setFound({ q, page: answer });
    }, AFTER_MS);
    return () => {
      isLast = false;
      clearTimeout(timer);
    };
  }, [api, q, isAsking]);
  const more = async (page: SearchPage) => {
    const answer = await api.admin.search(q, page.cursor);
    if (!answer.ok) return setTrouble(answer.message);
    const { rows, hits, cursor } = answer;
    setFound({ q, page: { ...page, rows: [...page.rows, ...rows], hits: { ...page.hits, ...hits }, cursor } });
  };
  return (
    <section class="page">
      <h1>{t('Cari', 'Search')}</h1>
      <label class="field">
        <span class="field-label">{t('Kata, nama, nomor telepon, atau nomor K-…', 'Words, a name, a phone number, or K-…')}</span>
        <input type="search" value={q} autofocus maxLength={100} onInput={(event) => setQ(event.currentTarget.value)} />
      </label>
      {trouble !== null && <p role="alert">{trouble}</p>}
      <p role="status" class="admin-sub">
        {!isAsking
          ? t(
              'Ketik paling sedikit dua huruf. Kata terakhir boleh belum lengkap.',
              'At least two letters; the last word may be unfinished.',
            )
          : found === null
            ? t('Mencari…', 'Searching…')
            : summary(found.page)}
      </p>
      {found !== null && <Results page={found.page} more={() => void more(found.page)} />}
    </section>
  );
}

function summary({ rows, contacts, cursor }: SearchPage): string {
  if (rows.length + contacts.length === 0) return t('Tidak ada yang cocok. Coba kata lain.', 'Nothing found. Try other words.');
  const many = cursor === null ? `${rows.length}` : `${rows.length}+`;
  return t(`${many} percakapan, ${contacts.length} orang`, `${many} conversations, ${contacts.length} people`);
}

function Results({ page, more }: { page: SearchPage; more: () => void }) {
  return (
    <>
      {page.contacts.length > 0 && (
        <ul class="admin-people" aria-label={t('Orang', 'People')}>
          {page.contacts.map((one) => (
            <li key={one.id}>
              <a class="admin-card is-line" href={`#/kontak/${one.id}`}>
                <strong>{one.name ?? t('Tanpa nama', 'No name')}</strong>
                <span class="admin-sub">
                  {channelLabels[one.channel]} {one.phone}
                </span>
                {one.blocked && <span class="tag is-open">{t('diblokir', 'blocked')}</span>}
              </a>
            </li>
          ))}
        </ul>
      )}
      <div class="admin-found">
        {page.rows.map((row) => (
          <article key={row.id} class="admin-card">
            <div class="admin-row">
              <Row row={row} view={row.state === 'closed' ? 'closed' : 'all'} isSelected={false} />
            </div>
            <ul class="admin-hits">
              {(page.hits[row.id] ?? []).map((hit) => (
                <Hit key={hit.messageId} hit={hit} href={talkHash(row.state === 'closed' ? 'closed' : 'all', row.id)} />
              ))}
            </ul>
          </article>
        ))}
      </div>
      {page.cursor !== null && (
        <button type="button" class="button more" onClick={more}>
          {t('Tampilkan lebih banyak', 'Show more')}
        </button>
      )}
    </>
  );
}

const from = { in: t('Warga', 'Citizen'), out: t('Petugas', 'Officer'), note: t('Catatan', 'Note') };

function Hit({ hit, href }: { hit: SearchHit; href: string }) {
  return (
    <li>
      <a href={href}>
        <span class="admin-sub">
          {from[hit.direction]} · {moment(hit.createdAt, Date.now())}
        </span>{' '}
        {pieces(hit.excerpt, hit.marks).map((part, at) =>
          // The pieces of one excerpt never change places.
          part.isMarked ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>,
        )}
      </a>
    </li>
  );
}
