// Which column of the export means what: proposed from the names of the columns, corrected by the officer, then checked or imported.
import { useRef, useState } from 'preact/hooks';
import type { PermitSystem } from '../../../src/contract/permit.ts';
import type { ImportPreview, Mapping } from '../../../src/contract/permitImport.ts';
import { t } from '../../logic/language.ts';
import { systemNames } from '../../logic/permits.ts';
import { textOf } from '../Form.tsx';

type Column = Exclude<keyof Mapping['columns'], 'otherNumbers'>;
const columnNames: Record<Column, string> = {
  number: t('Nomor berkas', 'Number of the file'),
  statusText: t('Status (kata)', 'Status (words)'),
  statusCode: t('Status (kode)', 'Status (code)'),
  since: t('Sejak', 'Since'),
  service: t('Layanan', 'Service'),
  phone: t('HP pemohon', 'Applicant’s phone'),
  nik: t('NIK pemohon', 'Applicant’s NIK'),
  name: t('Nama pemohon', 'Applicant’s name'),
  submitted: t('Tanggal daftar', 'Applied on'),
  reason: t('Alasan baku', 'Standard reason'),
  note: t('Catatan petugas', 'Note for officers'),
};
const columnKeys = Object.keys(columnNames) as Column[];
const codeNames: Record<string, string> = {
  '': t('tanpa kode, hanya kata', 'no codes, words only'),
  oss: 'OSS',
  'oss-simbg': t('OSS dari SIMBG', 'OSS from SIMBG'),
  simbg: 'SIMBG',
};
const dateNames = { 'YYYY-MM-DD': '2026-11-25', 'DD/MM/YYYY': '25/11/2026', 'DD-MM-YYYY': '25-11-2026' };
const delimiterNames: Record<string, string> = { ',': ',', ';': ';', '\t': 'Tab', '|': '|' };

export function MappingForm(props: {
  preview: ImportPreview;
  isBusy: boolean;
  look: (mapping: Mapping) => void;
  chooseSheet: (sheet: string) => void;
  run: (mapping: Mapping, dryRun: boolean) => void;
  drop: () => void;
}) {
  const { preview, isBusy } = props;
  const { mapping, headers, sheets } = preview;
  const form = useRef<HTMLFormElement>(null);
  const [lacks, setLacks] = useState<string | null>(null);
  const columns = Object.fromEntries(['', ...headers].map((header) => [header, header === '' ? t('tidak ada', 'none') : header]));
  const withMapping = (use: (mapping: Mapping) => void) => () => {
    const read = form.current === null ? null : readMapping(new FormData(form.current), mapping);
    const isWhole =
      read !== null && read.columns.number !== '' && (read.columns.statusText ?? read.columns.statusCode) !== undefined;
    setLacks(isWhole ? null : t('Pilih kolom nomor dan kolom status dulu.', 'Choose the columns of number and status first.'));
    if (read !== null && isWhole) use(read);
  };
  return (
    <form ref={form} class="form" onSubmit={(event) => event.preventDefault()} onChange={withMapping(props.look)}>
      <div class="permit-row">
        <Choice label={t('Sistem', 'System')} name="system" options={systemNames} chosen={mapping?.system ?? 'GAMPIL'} />
        <Choice label={t('Kode status', 'Status codes')} name="codes" options={codeNames} chosen={mapping?.codes ?? ''} />
        <Choice
          label={t('Bentuk tanggal', 'Dates look like')}
          name="dates"
          options={dateNames}
          chosen={mapping?.dates ?? 'YYYY-MM-DD'}
        />
        {sheets.length === 0 ? (
          <Choice
            label={t('Pemisah kolom', 'Columns are parted by')}
            name="delimiter"
            options={delimiterNames}
            chosen={mapping?.delimiter ?? ','}
          />
        ) : (
          <label class="field">
            <span class="field-label">{t('Lembar', 'Sheet')}</span>
            <select
              value={mapping?.sheet ?? sheets[0]}
              onChange={(event) => {
                event.stopPropagation();
                props.chooseSheet(event.currentTarget.value);
              }}
            >
              {sheets.map((sheet) => (
                <option key={sheet}>{sheet}</option>
              ))}
            </select>
          </label>
        )}
        <label class="field">
          <span class="field-label">{t('Layanan untuk semua baris', 'Service of every row')}</span>
          <input name="allService" maxLength={60} defaultValue={mapping?.service ?? ''} />
        </label>
      </div>
      <fieldset class="period">
        <legend>{t('Arti kolom', 'What the columns mean')}</legend>
        <div class="permit-row">
          {columnKeys.map((key) => (
            <Choice key={key} label={columnNames[key]} name={key} options={columns} chosen={mapping?.columns[key] ?? ''} />
          ))}
        </div>
      </fieldset>
      {lacks !== null && <p class="is-bad">{lacks}</p>}
      <div class="actions">
        <button type="button" class="button" disabled={isBusy} onClick={withMapping((read) => props.run(read, true))}>
          {t('Periksa semua baris', 'Check all rows')}
        </button>
        <button type="button" class="button is-main" disabled={isBusy} onClick={withMapping((read) => props.run(read, false))}>
          {t('Impor sekarang', 'Import now')}
        </button>
        <button type="button" class="link" onClick={props.drop}>
          {isBusy ? t('Hentikan', 'Stop') : t('Lepas berkas ini', 'Let go of this file')}
        </button>
      </div>
    </form>
  );
}

function Choice(props: { label: string; name: string; options: Record<string, string>; chosen: string }) {
  return (
    <label class="field">
      <span class="field-label">{props.label}</span>
      <select name={props.name}>
        {Object.entries(props.options).map(([value, text]) => (
          <option key={value} value={value} selected={value === props.chosen}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** @param known further numbers and the sheet stay as they were proposed */
function readMapping(fields: FormData, known: Mapping | null): Mapping {
  const text = (name: string) => textOf(fields, name);
  const chosen = columnKeys.flatMap((key) => (text(key) === '' ? [] : [[key, text(key)] as const]));
  return {
    system: text('system') as PermitSystem,
    codes: (text('codes') || null) as Mapping['codes'],
    delimiter: (text('delimiter') || known?.delimiter || ',') as Mapping['delimiter'],
    sheet: known?.sheet ?? null,
    dates: text('dates') as Mapping['dates'],
    service: text('allService').trim() || null,
    columns: { number: '', otherNumbers: known?.columns.otherNumbers ?? [], ...Object.fromEntries(chosen) },
  };
}
