// What the office sets about permit status: number patterns, service standards, return reasons, quiet hours, limits. Saved part by part.
import { useState } from 'preact/hooks';
import { t } from '../../logic/language.ts';
import { figureNames, type PermitFigure, type PermitOffice, readStandards, systemNames } from '../../logic/permits.ts';
import { useLoaded, Waiting } from '../admin/parts.tsx';
import { Form, type Outcome, textOf } from '../Form.tsx';
import { useWorkplace } from '../useWorkplace.ts';

type Save = (part: Partial<PermitOffice>) => Promise<Outcome>;
type Row = Record<string, string>;
interface Column {
  name: string;
  label: string;
  type?: 'text' | 'date';
  options?: Record<string, string>;
}

export function PermitSettings() {
  const { api } = useWorkplace();
  const loaded = useLoaded(() => api.permits.settings());
  if (loaded.data === null) return <Waiting of={loaded} />;
  const { settings, version } = loaded.data;
  const save: Save = async (part) => {
    const answer = await api.permits.saveSettings({ ...settings, ...part }, version);
    if (!answer.ok) return { ok: false, text: answer.message };
    await loaded.reload();
    return { ok: true, text: t('Tersimpan dan langsung berlaku.', 'Saved, and in force at once.') };
  };
  return (
    <>
      <Patterns known={settings.patterns} save={save} />
      <Standards known={settings.standards} save={save} />
      <Reasons known={settings.reasons} save={save} />
      <QuietHours known={settings.quietHours} save={save} />
      <Systems known={settings} save={save} />
      <Figures known={settings} save={save} />
    </>
  );
}

function Patterns({ known, save }: { known: PermitOffice['patterns']; save: Save }) {
  return (
    <section>
      <h2>{t('Pola nomor', 'Number patterns')}</h2>
      <p>
        {t(
          '# satu angka, @ satu huruf, yang lain apa adanya. Contoh: GMP-####-####.',
          '# is a digit, @ a letter, anything else stands for itself. Example: GMP-####-####.',
        )}
      </p>
      <Rows
        columns={[
          { name: 'system', label: t('Sistem', 'System'), options: systemNames },
          { name: 'name', label: t('Sebutan', 'Called') },
          { name: 'pattern', label: t('Pola', 'Pattern') },
        ]}
        known={known}
        empty={{ system: 'GAMPIL', name: '', pattern: '' }}
        button={t('Simpan pola', 'Save the patterns')}
        save={(rows) => save({ patterns: rows as unknown as PermitOffice['patterns'] })}
      />
    </section>
  );
}

function Reasons({ known, save }: { known: PermitOffice['reasons']; save: Save }) {
  return (
    <section>
      <h2>{t('Alasan baku “dikembalikan”', 'Standard reasons for returning')}</h2>
      <p>
        {t(
          'Hanya alasan ini yang disampaikan bot kepada warga; catatan bebas tidak pernah.',
          'Only these reasons are told to citizens by the bot; free notes never are.',
        )}
      </p>
      <Rows
        columns={[
          { name: 'key', label: t('Kunci', 'Key') },
          { name: 'id', label: 'Indonesia' },
          { name: 'en', label: t('Inggris', 'English') },
          { name: 'source', label: t('Sumber', 'Source') },
          { name: 'checked', label: t('Diperiksa', 'Checked'), type: 'date' },
        ]}
        known={known}
        empty={{ key: '', id: '', en: '', source: '', checked: '' }}
        button={t('Simpan alasan', 'Save the reasons')}
        save={(rows) => save({ reasons: rows as unknown as PermitOffice['reasons'] })}
      />
    </section>
  );
}

/** A list of small records, each in one row of fields. */
function Rows(props: {
  columns: Column[];
  known: readonly object[];
  empty: Row;
  button: string;
  save: (rows: Row[]) => Promise<Outcome>;
}) {
  const [rows, setRows] = useState(() => props.known.map((row, id) => ({ id, row: row as Row })));
  const add = () => setRows([...rows, { id: Math.max(-1, ...rows.map(({ id }) => id)) + 1, row: props.empty }]);
  return (
    <Form
      button={props.button}
      submit={(fields) =>
        props.save(
          rows.map(({ id }) =>
            Object.fromEntries(props.columns.map(({ name }) => [name, textOf(fields, `${id}.${name}`).trim()])),
          ),
        )
      }
    >
      {rows.map(({ id, row }, at) => (
        <fieldset key={id} class="period">
          <legend>
            {t('Baris', 'Row')} {at + 1}
          </legend>
          <div class="permit-row">
            {props.columns.map((column) => (
              <Cell key={column.name} column={column} name={`${id}.${column.name}`} value={row[column.name] ?? ''} />
            ))}
          </div>
          <button type="button" class="button is-small" onClick={() => setRows(rows.filter((one) => one.id !== id))}>
            {t('Hapus baris', 'Remove the row')} <span class="sr-only">{at + 1}</span>
          </button>
        </fieldset>
      ))}
      <button type="button" class="button is-small" onClick={add}>
        {t('Tambah baris', 'Add a row')}
      </button>
    </Form>
  );
}

function Cell({ column: { label, options, type = 'text' }, name, value }: { column: Column; name: string; value: string }) {
  const head = <span class="field-label">{label}</span>;
  if (options === undefined)
    return (
      <label class="field">
        {head}
        <input name={name} type={type as 'text'} required maxLength={160} defaultValue={value} />
      </label>
    );
  return (
    <label class="field">
      {head}
      <select name={name}>
        {Object.entries(options).map(([key, text]) => (
          <option key={key} value={key} selected={key === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Standards({ known, save }: { known: PermitOffice['standards']; save: Save }) {
  const lines = Object.entries(known).map(([service, days]) => `${service} = ${days}`);
  return (
    <section>
      <h2>{t('Standar layanan', 'Service standards')}</h2>
      <Form
        button={t('Simpan standar', 'Save the standards')}
        submit={async (fields) => {
          const read = readStandards(textOf(fields, 'standards'));
          if (!read.ok) return { ok: false, text: `${t('Bukan “layanan = hari”', 'Not “service = days”')}: ${read.line}` };
          return save({ standards: read.standards });
        }}
      >
        <label class="field">
          <span class="field-label">{t('Hari kerja per layanan', 'Working days by service')}</span>
          <textarea name="standards" rows={4} defaultValue={lines.join('\n')} placeholder="PBG = 28" />
          <span class="field-hint">
            {t(
              'Satu baris satu layanan, dengan nama layanan seperti di berkas. Hanya yang sudah ditetapkan kantor.',
              'One service a line, named as in the files. Only what the office has decided.',
            )}
          </span>
        </label>
      </Form>
    </section>
  );
}

function QuietHours({ known, save }: { known: PermitOffice['quietHours']; save: Save }) {
  return (
    <section>
      <h2>{t('Jam tenang', 'Quiet hours')}</h2>
      <Form
        button={t('Simpan jam tenang', 'Save the quiet hours')}
        submit={(fields) => save({ quietHours: { from: textOf(fields, 'from'), to: textOf(fields, 'to') } })}
      >
        <p>{t('Kabar perubahan menunggu sampai jam ini lewat.', 'News of changes waits until they are over.')}</p>
        <div class="permit-row">
          {(['from', 'to'] as const).map((name) => (
            <label key={name} class="field">
              <span class="field-label">{name === 'from' ? t('Mulai', 'From') : t('Sampai', 'To')}</span>
              <input name={name} type="time" required defaultValue={known[name]} />
            </label>
          ))}
        </div>
      </Form>
    </section>
  );
}

function Systems({ known, save }: { known: PermitOffice; save: Save }) {
  return (
    <section>
      <h2>{t('Sistem lain', 'Other systems')}</h2>
      <Form
        button={t('Simpan sistem lain', 'Save')}
        submit={(fields) =>
          save({
            routes: { ...known.routes, oss: fields.get('oss') === null ? 'none' : 'oss' },
            simbgLink: textOf(fields, 'simbgLink').trim() || null,
          })
        }
      >
        <label class="check">
          <input type="checkbox" name="oss" defaultChecked={known.routes.oss === 'oss'} />{' '}
          {t('Tanya OSS tentang nomor izin I-…, bila sambungannya dipasang', 'Ask OSS about numbers I-…, where it is set up')}
        </label>
        <label class="field">
          <span class="field-label">{t('Tautan lacak SIMBG untuk warga', 'SIMBG’s tracking link for citizens')}</span>
          <input name="simbgLink" type="url" maxLength={200} defaultValue={known.simbgLink ?? ''} />
          <span class="field-hint">
            {t('{nomor} diganti nomor berkas. Kosong: tanpa tautan.', '{nomor} becomes the number. Empty: no link.')}
          </span>
        </label>
      </Form>
    </section>
  );
}

function Figures({ known, save }: { known: PermitOffice; save: Save }) {
  const keys = Object.keys(figureNames) as PermitFigure[];
  return (
    <section>
      <h2>{t('Batas dan masa simpan', 'Limits and retention')}</h2>
      <Form
        button={t('Simpan angka', 'Save the figures')}
        submit={(fields) => save(Object.fromEntries(keys.map((key) => [key, Number(textOf(fields, key))])))}
      >
        {keys.map((key) => (
          <label key={key} class="field is-line is-long">
            <span class="field-label">{figureNames[key]}</span>
            <input
              name={key}
              type="number"
              min={key.startsWith('keep') ? 0 : 1}
              step={1}
              required
              defaultValue={String(known[key])}
            />
          </label>
        ))}
      </Form>
    </section>
  );
}
