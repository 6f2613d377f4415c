// Permit files: who keeps us waiting longest, finding a number, entering a file by hand.
import { useState } from 'preact/hooks';
import type { PermitView } from '../../../src/contract/permitDesk.ts';
import { t } from '../../logic/language.ts';
import { Tabs } from '../admin/parts.tsx';
import { Field, Form, textOf } from '../Form.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import { ImportPage } from './ImportPage.tsx';
import { PositionFields, positionOf } from './MoveForm.tsx';
import { PermitFile } from './PermitFile.tsx';
import { WaitingFiles } from './WaitingFiles.tsx';

const names = {
  waiting: t('Menunggu pemohon', 'Waiting for applicants'),
  find: t('Cari nomor', 'Find a number'),
  add: t('Catat berkas', 'Enter a file'),
  import: t('Impor', 'Import'),
};
const { import: _, ...namesOfOfficers } = names;
type Tab = keyof typeof names;

export function FilesPage() {
  const { people } = useWorkplace();
  const [tab, setTab] = useState<Tab>('waiting');
  const mayImport = people.me.value.role !== 'officer';
  return (
    <section class="page is-wide">
      <h1>{t('Berkas izin', 'Permit files')}</h1>
      {mayImport ? (
        <Tabs names={names} chosen={tab} choose={setTab} />
      ) : (
        <Tabs names={namesOfOfficers} chosen={tab as keyof typeof namesOfOfficers} choose={setTab} />
      )}
      {tab === 'waiting' && <WaitingFiles />}
      {tab === 'find' && <FindFile />}
      {tab === 'add' && <AddFile />}
      {tab === 'import' && <ImportPage />}
    </section>
  );
}

function FindFile() {
  const { api } = useWorkplace();
  const [files, setFiles] = useState<PermitView[]>([]);
  return (
    <>
      <Form
        button={t('Cari', 'Find')}
        submit={async (fields) => {
          const answer = await api.permits.find(textOf(fields, 'number'));
          setFiles(answer.ok ? answer.files : []);
          if (!answer.ok) return { ok: false, text: answer.message };
          return answer.files.length > 0
            ? { ok: true, text: null }
            : { ok: false, text: t('Nomor ini tidak ada di data yang diimpor.', 'This number is not in the imported data.') };
        }}
      >
        <Field
          label={t('Nomor permohonan', 'Application number')}
          name="number"
          minLength={4}
          hint={t('Setiap berkas yang dibuka tercatat atas nama Anda.', 'Every file you open is on record under your name.')}
        />
      </Form>
      {files.map((file) => (
        <PermitFile key={file.id} file={file} isProved={null} />
      ))}
    </>
  );
}

function AddFile() {
  const { api } = useWorkplace();
  const [made, setMade] = useState<PermitView | null>(null);
  return (
    <>
      <Form
        button={t('Simpan berkas', 'Save the file')}
        clears
        submit={async (fields) => {
          const text = (name: string) => textOf(fields, name).trim();
          const answer = await api.permits.add({
            ...positionOf(fields),
            ...{ number: text('number'), service: text('service'), name: text('name'), phone: text('phone') },
            ...{ nikTail: text('nikTail'), submitted: text('submitted') || null },
          });
          if (!answer.ok) return { ok: false, text: answer.message };
          setMade(answer.file);
          return { ok: true, text: t('Berkas tersimpan dan bisa dicek warga.', 'Saved; its applicant can ask for it.') };
        }}
      >
        <p>
          {t(
            'Untuk berkas yang belum ada di impor. Pemohon membuktikan berkasnya dengan 4 angka terakhir HP atau NIK.',
            'For files no import has brought. Applicants prove them by the last 4 digits of phone or NIK.',
          )}
        </p>
        <Field label={t('Nomor permohonan', 'Application number')} name="number" minLength={4} />
        <Optional label={t('Layanan', 'Service')} name="service" length={60} />
        <Optional label={t('Nama pemohon', 'Applicant’s name')} name="name" length={120} />
        <Optional label={t('Nomor HP terdaftar', 'Registered phone')} name="phone" length={30} />
        <Optional label={t('4 angka terakhir NIK', 'Last 4 digits of the NIK')} name="nikTail" length={4} />
        <label class="field">
          <span class="field-label">{t('Tanggal daftar', 'Applied on')}</span>
          <input name="submitted" type="date" />
        </label>
        <PositionFields />
      </Form>
      {made !== null && <PermitFile key={made.id} file={made} isProved={null} />}
    </>
  );
}

function Optional({ label, name, length }: { label: string; name: string; length: number }) {
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <input name={name} maxLength={length} autocomplete="off" />
    </label>
  );
}
