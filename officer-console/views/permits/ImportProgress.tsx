// How far a check or an import is, what came of it, and which rows do not fit.
import type { ImportState, PermitImport, RowProblem } from '../../../src/contract/permitImport.ts';
import { t } from '../../logic/language.ts';
import { Table } from '../admin/parts.tsx';

const stateNames: Record<ImportState, string> = {
  ready: t('Belum diperiksa', 'Not checked yet'),
  checking: t('Memeriksa…', 'Checking…'),
  checked: t('Selesai diperiksa, belum ada yang ditulis', 'Checked, nothing is written yet'),
  running: t('Mengimpor…', 'Importing…'),
  done: t('Selesai diimpor', 'Imported'),
  failed: t('Berhenti', 'Stopped'),
};
const SHOWN = 50;

/** @param first problems of the first rows, shown until all were looked at */
export function ImportProgress({ of, first }: { of: PermitImport; first: RowProblem[] }) {
  const isBusy = of.state === 'checking' || of.state === 'running';
  const problems = of.state === 'ready' ? first : of.problems;
  // A check compares nothing with what is stored: it knows only which rows fit.
  const isCheck = of.state === 'checking' || of.state === 'checked';
  const checked: [string, number][] = [
    [t('baris', 'rows'), of.rows],
    [t('sesuai', 'fit'), of.rows - of.refused],
    [t('ditolak', 'refused'), of.refused],
  ];
  const imported: [string, number][] = [
    [t('baris', 'rows'), of.rows],
    [t('baru', 'new'), of.added],
    [t('berubah', 'changed'), of.changed],
    [t('sama', 'same'), of.same],
    [t('lebih lama', 'older'), of.older],
    [t('ditolak', 'refused'), of.refused],
  ];
  return (
    <>
      <p role="status">
        <b>{stateNames[of.state]}</b>
        {of.state !== 'ready' &&
          ` · ${(isCheck ? checked : imported).map(([name, count]) => `${count.toLocaleString('id-ID')} ${name}`).join(' · ')}`}
      </p>
      {isBusy && (
        <progress
          class="permit-progress"
          aria-label={stateNames[of.state]}
          {...(of.total !== null && { max: of.total, value: of.rows })}
        />
      )}
      {of.error !== null && (
        <p role="alert" class="is-bad">
          {of.error}
        </p>
      )}
      {problems.length > 0 && (
        <Table
          label={t('Baris yang belum sesuai', 'Rows that do not fit')}
          heads={[t('Baris', 'Row'), t('Kolom', 'Column'), t('Masalah', 'Problem')]}
        >
          {problems.slice(0, SHOWN).map(({ line, column, problem }) => (
            <tr key={`${line} ${column}`}>
              <th scope="row">{line}</th>
              <td>{column}</td>
              <td>{problem}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}
