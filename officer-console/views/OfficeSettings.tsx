// The office's facts, hours and numbers. What is not confirmed is never told to citizens.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type FactView, type OfficeView, type RuleView, readOffice } from '../logic/office.ts';
import { Confirmed } from './Confirmed.tsx';
import { Form, type SaveOffice, textOf } from './Form.tsx';
import { useWorkplace } from './useWorkplace.ts';

export function OfficeSettings() {
  const { api } = useWorkplace();
  const [stored, setStored] = useState<{ view: OfficeView; version: number } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const load = async () => {
    const answer = await api.settings();
    if (answer.ok) setStored({ view: readOffice(answer.office), version: answer.version });
    setTrouble(answer.ok ? null : answer.message);
  };
  useEffect(() => void load(), []);
  if (stored === null) return <p role="status">{trouble ?? 'Memuat…'}</p>;

  const save: SaveOffice = async (office) => {
    const answer = await api.saveSettings({ office, version: stored.version });
    if (!answer.ok) return { ok: false, text: answer.message };
    setStored({ view: readOffice(answer.office), version: answer.version });
    return { ok: true, text: 'Tersimpan dan langsung berlaku.' };
  };
  return (
    <>
      <Section title="Fakta kantor">
        <p>Bot hanya menyampaikan yang sudah dikonfirmasi. Mengubah isi berarti mengonfirmasinya atas nama Anda.</p>
        {stored.view.facts.map((fact) => (
          <FactForm key={fact.key} fact={fact} save={save} />
        ))}
      </Section>
      <Section title="Jam layanan">
        <p>
          <a href="#/jam">Atur jam layanan, hari libur, dan periode khusus</a>
        </p>
      </Section>
      <Section title="Angka layanan">
        <RulesForm rules={stored.view.rules} save={save} />
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function FactForm({ fact, save }: { fact: FactView; save: SaveOffice }) {
  return (
    <div class="fact">
      <Form
        button={fact.isConfirmed || fact.value === '' ? 'Simpan' : 'Simpan dan konfirmasi'}
        submit={(fields) => {
          const [value, source] = [textOf(fields, 'value').trim(), textOf(fields, 'source').trim()];
          return save({ facts: { [fact.key]: { value: value || null, source: source || null, confirm: value !== '' } } });
        }}
      >
        <p class="fact-head">
          {fact.label} <Confirmed yes={fact.isConfirmed} isEmpty={fact.value === ''} />
        </p>
        <label class="field">
          <span class="field-label">Isi</span>
          <input name="value" defaultValue={fact.value} maxLength={300} aria-label={`${fact.label}: isi`} />
        </label>
        <label class="field">
          <span class="field-label">Sumber</span>
          <input name="source" defaultValue={fact.source} maxLength={200} aria-label={`${fact.label}: sumber`} />
        </label>
      </Form>
    </div>
  );
}

function RulesForm({ rules, save }: { rules: RuleView[]; save: SaveOffice }) {
  return (
    <Form
      button="Simpan angka"
      submit={(fields) => {
        const changed = rules.filter((rule) => Number(textOf(fields, rule.key)) !== rule.value);
        return save({ rules: Object.fromEntries(changed.map((rule) => [rule.key, Number(textOf(fields, rule.key))])) });
      }}
    >
      {rules.map((rule) => (
        <label key={rule.key} class="field is-line">
          <span class="field-label">{rule.label}</span>
          <input name={rule.key} type="number" step={1} required defaultValue={String(rule.value)} />
        </label>
      ))}
    </Form>
  );
}
