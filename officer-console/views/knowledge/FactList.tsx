// The office's facts: what nobody vouches for first, most asked first. An admin fills in and confirms; it holds at once.
import { useEffect, useState } from 'preact/hooks';
import type { FactUses } from '../../../src/contract/knowledge.ts';
import { type FactCard, factCards, HOURS_KEY, useText } from '../../logic/knowledge.ts';
import { t } from '../../logic/language.ts';
import { type OfficeView, readOffice } from '../../logic/office.ts';
import { VouchedLine } from '../admin/parts.tsx';
import { Confirmed } from '../Confirmed.tsx';
import { Form, type SaveOffice, textOf } from '../Form.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import { useReturn } from './useReturn.ts';

export function FactList({ uses }: { uses: FactUses }) {
  const { api, people } = useWorkplace();
  const [stored, setStored] = useState<{ view: OfficeView; version: number } | null>(null);
  /** As they stood when the page opened: a card stays where it is while it is worked on. */
  const [order, setOrder] = useState<string[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);
  const mayConfirm = people.me.value.role === 'admin';
  const load = async () => {
    const answer = await api.settings();
    setTrouble(answer.ok ? null : answer.message);
    if (!answer.ok) return;
    const view = readOffice(answer.office);
    setStored({ view, version: answer.version });
    setOrder(factCards(uses.facts, view).map(({ key }) => key));
  };
  useEffect(() => void load(), []);
  if (trouble !== null) return <p role="alert">{trouble}</p>;
  if (stored === null) return <p role="status">{t('Memuat…', 'Loading…')}</p>;

  const save: SaveOffice = async (office) => {
    const answer = await api.saveSettings({ office, version: stored.version });
    if (!answer.ok) return { ok: false, text: answer.message };
    setStored({ view: readOffice(answer.office), version: answer.version });
    return { ok: true, text: null };
  };
  const cards = factCards(uses.facts, stored.view).sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  const set = cards.filter(({ vouched }) => vouched !== null).length;
  return (
    <>
      <p>
        {t(
          `${set} dari ${cards.length} fakta sudah dikonfirmasi. Bot hanya menyampaikan yang sudah dikonfirmasi; yang baru langsung berlaku.`,
          `${set} of ${cards.length} facts are confirmed. The bot tells only what is confirmed; a new one holds at once.`,
        )}{' '}
        {!mayConfirm && t('Mengisi dan mengonfirmasi dilakukan oleh admin.', 'Admins fill in and confirm.')}
      </p>
      <ul class="knowledge-list">
        {cards.map((card) => (
          <li key={card.key}>
            <Card card={card} days={uses.days} save={mayConfirm ? save : null} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** @param save null for those who may only read */
function Card({ card, days, save }: { card: FactCard; days: number; save: SaveOffice | null }) {
  const [isOpen, setOpen] = useState(false);
  const [saved, setSaved] = useState(false);
  const [button, giveBack] = useReturn();
  const close = () => {
    setOpen(false);
    giveBack();
  };
  const { key, title, value, source, vouched } = card;
  const isHours = key === HOURS_KEY;
  const submit: SaveOffice = async (change) => {
    const outcome = await save?.(change);
    if (outcome?.ok) close();
    setSaved(outcome?.ok ?? false);
    return outcome ?? { ok: true, text: null };
  };
  return (
    <article class={vouched === null ? 'fact is-unset' : 'fact'}>
      <h2 class="fact-head">
        {title} <Confirmed yes={vouched !== null} isEmpty={value === '' && !isHours} />
      </h2>
      <p class="admin-sub">{useText(card, days)}</p>
      {!isOpen && value !== '' && (
        <p>
          {value}
          {source !== '' && (
            <span class="admin-sub">
              {' '}
              {t('Sumber', 'Source')}: {source}
            </span>
          )}
        </p>
      )}
      {vouched !== null && <VouchedLine vouched={vouched} />}
      {isOpen && <FactForm card={card} save={submit} close={close} />}
      <p role="status" class="form-outcome">
        {saved && !isOpen && t('Tersimpan dan langsung berlaku.', 'Saved, and it holds at once.')}
      </p>
      {isHours && save !== null && (
        <a class="way" href="#/jam">
          {t('Atur dan konfirmasi jam layanan', 'Set and confirm the hours')}
        </a>
      )}
      {!isHours && !isOpen && save !== null && (
        <button ref={button} type="button" class="button is-small" onClick={() => setOpen(true)}>
          {value === ''
            ? t('Isi', 'Fill in')
            : vouched === null
              ? t('Periksa dan konfirmasi', 'Check and confirm')
              : t('Ubah', 'Change')}{' '}
          <span class="sr-only">{title}</span>
        </button>
      )}
    </article>
  );
}

function FactForm({ card, save, close }: { card: FactCard; save: SaveOffice; close: () => void }) {
  const { key, title, value, source } = card;
  return (
    <Form
      button={t('Simpan dan konfirmasi', 'Save and confirm')}
      cancel={close}
      submit={(fields) => {
        const [next, from] = [textOf(fields, 'value').trim(), textOf(fields, 'source').trim()];
        return save({ facts: { [key]: { value: next || null, source: from || null, confirm: next !== '' } } });
      }}
    >
      <label class="field">
        <span class="field-label">{t('Isi, seperti akan dibaca warga', 'Value, as citizens will read it')}</span>
        <textarea name="value" rows={2} defaultValue={value} maxLength={300} aria-label={`${title}: ${t('isi', 'value')}`} />
      </label>
      <label class="field">
        <span class="field-label">{t('Sumber', 'Source')}</span>
        <input name="source" defaultValue={source} maxLength={200} aria-label={`${title}: ${t('sumber', 'source')}`} />
        <span class="field-hint">
          {t(
            'Misalnya keputusan kepala dinas dan tanggalnya. Nama Anda dan tanggal hari ini dicatat. Isi kosong: tidak disampaikan.',
            'A decree and its date, for instance. Your name and today’s date are kept. Left empty: it is not told.',
          )}
        </span>
      </label>
    </Form>
  );
}
