// One permit file: whose turn it is, the masked person, the whole timeline with what the source said, texts for the composer.
import { useState } from 'preact/hooks';
import type { PermitEvent } from '../../../src/contract/permit.ts';
import type { PermitView } from '../../../src/contract/permitDesk.ts';
import { fullMoment } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import { positionName, rawText, systemNames, turnNames } from '../../logic/permits.ts';
import { day, duration } from '../../logic/words.ts';
import { MoveForm } from './MoveForm.tsx';

export interface PermitFileProps {
  file: PermitView;
  /** Whether the citizen has proved the file here; null outside a conversation. */
  isProved: boolean | null;
  /** Puts a text into the composer; absent outside a conversation. */
  use?: (text: string) => void;
}

export function PermitFile({ file: given, isProved, use }: PermitFileProps) {
  const [file, setFile] = useState(given);
  const [isMoving, setMoving] = useState(false);
  const { status, person } = file;
  const facts: [string, string | null][] = [
    [t('Pemohon', 'Applicant'), person.name],
    [t('HP terdaftar', 'Phone'), person.phone],
    ['NIK', person.hasNik ? t('4 angka tersimpan', '4 digits known') : null],
    [t('Layanan', 'Service'), file.service],
    [t('Nomor lain', 'Other numbers'), file.otherNumbers.join(', ') || null],
    [t('Didaftarkan', 'Applied'), file.submittedAt === null ? null : day(file.submittedAt)],
    [t('Hari kerja', 'Working days'), workingText(file)],
    [
      t('Sumber', 'Source'),
      `${systemNames[status.codeRaw === 'MANUAL' ? 'MANUAL' : file.system]}, ${t('data per', 'as of')} ${fullMoment(file.fetchedAt)}`,
    ],
  ];
  return (
    <article class="permit" aria-label={`${t('Berkas', 'File')} ${file.number}`}>
      {use === undefined && (
        <p class="permit-number">
          {file.number} <span class="tag">{systemNames[file.system]}</span>
        </p>
      )}
      <p class="permit-top">
        <b>{positionName(status)}</b> · {turnNames[status.turn]}
        {status.since !== null && (
          <>
            {' '}
            · {t('sejak', 'since')} {day(status.since)} ({duration(Date.now() - status.since)})
          </>
        )}
      </p>
      {file.isStale && (
        <p class="hint-box">
          {t(
            'Data ini sudah lama. Periksa di sistemnya sebelum menjawab.',
            'This data is old. Check its system before answering.',
          )}
        </p>
      )}
      {(file.connector === 'failing' || file.connector === 'open') && (
        <p class="hint-box">
          {t(
            `${systemNames[file.system]} sedang tidak menjawab. Ini data terakhir yang diterima.`,
            `${systemNames[file.system]} does not answer now. This is what it told last.`,
          )}
        </p>
      )}
      {isProved === false && (
        <p class="hint-box">
          {t(
            'Warga belum membuktikan berkas ini miliknya. Jangan sebut isinya sebelum yakin.',
            'The citizen has not proved that this file is theirs. Do not tell what is in it before you are sure.',
          )}
        </p>
      )}
      <dl class="facts">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {use !== undefined && file.drafts.length > 0 && (
        <details class="permit-drafts">
          <summary>{t('Pakai sebagai draf balasan', 'Use as a draft')}</summary>
          <ul>
            {file.drafts.map(({ title, text }) => (
              <li key={title}>
                <button type="button" class="button is-small" title={text} onClick={() => use(text)}>
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Timeline events={file.events} />
      {isMoving ? (
        <MoveForm
          file={file}
          moved={(moved) => {
            setFile({ ...moved, drafts: moved.drafts });
            setMoving(false);
          }}
          cancel={() => setMoving(false)}
        />
      ) : (
        <button type="button" class="button is-small" onClick={() => setMoving(true)}>
          {t('Catat status baru', 'Enter a new status')}
        </button>
      )}
    </article>
  );
}

function Timeline({ events }: { events: PermitEvent[] }) {
  return (
    <ol class="permit-line" aria-label={t('Riwayat, terbaru di atas', 'History, newest first')}>
      {[...events].reverse().map((event) => (
        <li key={event.n}>
          <b>{positionName(event)}</b> <span class="permit-soft">· {turnNames[event.turn]}</span>
          <span class="permit-soft">
            {event.since === null ? t('tanggal tidak disebut', 'no date told') : day(event.since)} · {rawText(event)} ·{' '}
            {t('diterima', 'received')} {fullMoment(event.fetchedAt)}
          </span>
          {event.note !== null && (
            <span class="permit-note">
              {t('Catatan internal', 'Internal note')}: {event.note}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function workingText({ workingDays, standardDays }: PermitView): string | null {
  if (workingDays === null) return null;
  const used = `${workingDays} ${t('terpakai', 'used')}`;
  return standardDays === null
    ? used
    : `${used} ${t('dari', 'of')} ${standardDays} (${t('standar layanan', 'service standard')})`;
}
