// The office's numbers, and the ways to its facts and hours.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../logic/language.ts';
import { type OfficeView, type RuleView, readOffice } from '../logic/office.ts';
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
  if (stored === null) return <p role="status">{trouble ?? t('Memuat…', 'Loading…')}</p>;

  const { rules } = stored.view;
  const save: SaveOffice = async (office) => {
    const answer = await api.saveSettings({ office, version: stored.version });
    if (!answer.ok) return { ok: false, text: answer.message };
    setStored({ view: readOffice(answer.office), version: answer.version });
    return { ok: true, text: t('Tersimpan dan langsung berlaku.', 'Saved, and it holds at once.') };
  };
  return (
    <>
      <p>
        <a class="way" href="#/pengetahuan">
          {t('Isi dan konfirmasi fakta kantor', 'Fill in and confirm the office’s facts')}
        </a>
      </p>
      <p>
        <a class="way" href="#/jam">
          {t('Atur jam layanan, hari libur, dan periode khusus', 'Set service hours, holidays and special periods')}
        </a>
      </p>
      <section>
        <h2>{t('Angka layanan', 'Service numbers')}</h2>
        <RulesForm
          rules={rules.filter((rule) => !isRetention(rule))}
          button={t('Simpan angka', 'Save the numbers')}
          save={save}
        />
      </section>
      <section>
        <h2>{t('Masa simpan', 'Retention')}</h2>
        <RulesForm rules={rules.filter(isRetention)} button={t('Simpan masa simpan', 'Save the retention')} save={save} />
      </section>
    </>
  );
}

/** What decides how long something is kept stands apart: it takes data away. */
const isRetention = ({ key }: RuleView): boolean => key.startsWith('keep');

function RulesForm({ rules, button, save }: { rules: RuleView[]; button: string; save: SaveOffice }) {
  return (
    <Form
      button={button}
      submit={(fields) => {
        const changed = rules.filter((rule) => Number(textOf(fields, rule.key)) !== rule.value);
        const kept = ({ key, per }: RuleView) => Math.round(Number(textOf(fields, key)) * per);
        return save({ rules: Object.fromEntries(changed.map((rule) => [rule.key, kept(rule)])) });
      }}
    >
      {rules.map((rule) => (
        <label key={rule.key} class="field is-line is-long">
          <span class="field-label">{rule.label}</span>
          <input name={rule.key} type="number" step={rule.per === 1 ? 1 : 0.1} required defaultValue={String(rule.value)} />
        </label>
      ))}
    </Form>
  );
}
