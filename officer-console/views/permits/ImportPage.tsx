// Importing an export: choose the file, say what its columns mean, check all rows, import; earlier imports can be taken back.
import { useEffect, useState } from 'preact/hooks';
import type { ImportPreview, Mapping, PermitImport } from '../../../src/contract/permitImport.ts';
import { t } from '../../logic/language.ts';
import { Table } from '../admin/parts.tsx';
import { FilePick } from '../FilePick.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import { Batches } from './Batches.tsx';
import { Connectors } from './Connectors.tsx';
import { ImportProgress } from './ImportProgress.tsx';
import { MappingForm } from './MappingForm.tsx';

/** How often a run is asked how far it is. Milliseconds. */
const ASK_MS = 700;

export function ImportPage() {
  const { api, people } = useWorkplace();
  const [held, setHeld] = useState<PermitImport | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const isBusy = held?.state === 'checking' || held?.state === 'running';
  const tell = (answer: { ok: true } | { ok: false; message: string }) => setTrouble(answer.ok ? null : answer.message);

  // A file of before a reload is still in hand.
  useEffect(() => {
    void api.permits.imports().then(async (answer) => {
      const own = answer.ok ? answer.imports.find(({ by }) => by === people.me.value.id) : undefined;
      if (own === undefined) return;
      const looked = await api.permits.preview(own.id, {});
      tell(looked);
      if (looked.ok) setPreview(looked.preview);
      setHeld(own);
    });
  }, []);
  useEffect(() => {
    if (!isBusy || held === null) return;
    const timer = setTimeout(() => {
      void api.permits.import(held.id).then((answer) => {
        tell(answer);
        // Without an answer the same is shown, and asked for again.
        if (answer.ok) setHeld(answer.import);
        else if (answer.code !== 'not-found') setHeld((known) => known && { ...known });
      });
    }, ASK_MS);
    return () => clearTimeout(timer);
  }, [held]);

  const choose = async (file: File) => {
    setShare(0);
    const answer = await api.permits.upload(file, setShare);
    setShare(null);
    tell(answer);
    if (!answer.ok) return;
    setHeld(answer.import);
    setPreview(answer.preview);
  };
  const look = async (wish: { mapping?: Mapping; sheet?: string }) => {
    if (held === null) return;
    const answer = await api.permits.preview(held.id, wish);
    tell(answer);
    if (answer.ok) setPreview(answer.preview);
  };
  const run = async (mapping: Mapping, dryRun: boolean) => {
    if (held === null) return;
    const answer = await api.permits.run(held.id, { mapping, dryRun });
    tell(answer);
    if (answer.ok) setHeld(answer.import);
  };
  const drop = async () => {
    if (held === null) return;
    const answer = await api.permits.drop(held.id);
    if (!answer.ok && answer.code !== 'not-found') return setTrouble(answer.message);
    setTrouble(null);
    setHeld(null);
    setPreview(null);
  };

  return (
    <>
      <FilePick
        label={t('Berkas ekspor (CSV atau XLSX)', 'Export (CSV or XLSX)')}
        accept=".csv,.xlsx"
        hint={t(
          'Paling besar 30 MB. Berkasnya hanya di memori server, paling lama satu jam.',
          'At most 30 MB. The file stays in the server’s memory, at most an hour.',
        )}
        disabled={isBusy || share !== null}
        take={(file) => void choose(file)}
      />
      {share !== null && (
        <p role="status">
          {t('Mengunggah…', 'Uploading…')} {Math.round(share * 100)}%
        </p>
      )}
      {trouble !== null && (
        <p role="alert" class="is-bad">
          {trouble}
        </p>
      )}
      {held !== null && preview !== null && (
        <section>
          <h2>{held.name}</h2>
          <MappingForm
            key={`${held.id} ${preview.mapping?.sheet ?? ''}`}
            preview={preview}
            isBusy={isBusy}
            look={(mapping) => void look({ mapping })}
            chooseSheet={(sheet) => void look({ sheet })}
            run={(mapping, dryRun) => void run(mapping, dryRun)}
            drop={() => void drop()}
          />
          <ImportProgress of={held} first={preview.problems} />
          <h3>{t('Baris pertama', 'First rows')}</h3>
          <Table label={t('Baris pertama berkas', 'First rows of the file')} heads={preview.headers}>
            {preview.rows.slice(0, 5).map((cells, at) => (
              <tr key={at}>
                {cells.map((cell, column) => (
                  <td key={column} data-head={preview.headers[column]}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </Table>
        </section>
      )}
      <Batches key={held?.state ?? ''} />
      <Connectors />
    </>
  );
}
