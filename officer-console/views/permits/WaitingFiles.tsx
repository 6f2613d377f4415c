// Files that wait for their applicant, longest first; one opens by a press, which is on record.
import { useState } from 'preact/hooks';
import type { PermitRow, PermitView } from '../../../src/contract/permitDesk.ts';
import { t } from '../../logic/language.ts';
import { positionName, systemNames } from '../../logic/permits.ts';
import { duration } from '../../logic/words.ts';
import { Table, useLoaded, Waiting } from '../admin/parts.tsx';
import { Dialog } from '../Dialog.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import { PermitFile } from './PermitFile.tsx';

export function WaitingFiles() {
  const { api } = useWorkplace();
  const first = useLoaded(() => api.permits.waiting(null));
  const [more, setMore] = useState<{ rows: PermitRow[]; cursor: string | null } | null>(null);
  const [open, setOpen] = useState<PermitView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const rows = [...(first.data?.rows ?? []), ...(more?.rows ?? [])];
  const cursor = more === null ? (first.data?.cursor ?? null) : more.cursor;

  const show = async (id: string) => {
    const answer = await api.permits.file(id);
    setOpen(answer.ok ? answer.file : null);
    setTrouble(answer.ok ? null : answer.message);
  };
  const next = async () => {
    const answer = await api.permits.waiting(cursor);
    if (answer.ok) setMore({ rows: [...(more?.rows ?? []), ...answer.rows], cursor: answer.cursor });
    setTrouble(answer.ok ? null : answer.message);
  };
  /** What was entered meanwhile shows in the list. */
  const shut = () => {
    setOpen(null);
    setMore(null);
    void first.reload();
  };
  const heads = [t('Nomor', 'Number'), t('Posisi', 'Position'), t('Menunggu', 'Waiting'), t('Berkas', 'File')];
  return (
    <>
      <Waiting
        of={first}
        empty={
          rows.length === 0 &&
          t(
            'Tidak ada berkas yang menunggu pemohon. Yang dikembalikan atau menunggu pembayaran muncul di sini.',
            'No file waits for its applicant. Those returned or waiting for payment appear here.',
          )
        }
      />
      {rows.length > 0 && (
        <Table label={names.list} heads={heads}>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <span class="permit-number">{row.number}</span>
                <span class="admin-sub">
                  {systemNames[row.system]}
                  {row.service !== null && ` · ${row.service}`}
                </span>
              </th>
              <td>{positionName(row.status)}</td>
              <td>{duration(Date.now() - (row.status.since ?? row.fetchedAt))}</td>
              <td>
                <button type="button" class="button is-small" onClick={() => void show(row.id)}>
                  {t('Lihat', 'Open')} <span class="sr-only">{row.number}</span>
                </button>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {cursor !== null && (
        <p>
          <button type="button" class="button" onClick={() => void next()}>
            {t('Tampilkan berikutnya', 'Show more')}
          </button>
        </p>
      )}
      {trouble !== null && (
        <p role="alert" class="is-bad">
          {trouble}
        </p>
      )}
      {open !== null && (
        <Dialog title={t('Berkas izin', 'Permit file')} close={shut}>
          <PermitFile file={open} isProved={null} />
          <button type="button" class="button" onClick={shut}>
            {t('Tutup', 'Close')}
          </button>
        </Dialog>
      )}
    </>
  );
}

const names = { list: t('Berkas yang menunggu pemohon, terlama di atas', 'Files waiting for applicants, longest first') };
