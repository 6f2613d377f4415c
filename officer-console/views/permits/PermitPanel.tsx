// The permit numbers a citizen wrote. A file is opened by a press, never by itself: every look is on record.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ConversationRow } from '../../../src/contract/conversation.ts';
import type { PermitView, TalkNumber, TalkPermits } from '../../../src/contract/permitDesk.ts';
import { t } from '../../logic/language.ts';
import { clock } from '../../logic/words.ts';
import { focusWriter } from '../useKeys.ts';
import { useWorkplace } from '../useWorkplace.ts';
import type { PermitFileProps } from './PermitFile.tsx';

interface Shown {
  number: string;
  files: PermitView[];
  File: ComponentType<PermitFileProps>;
}

export function PermitPanel({ row }: { row: ConversationRow }) {
  const { api, texts, online } = useWorkplace();
  const [talk, setTalk] = useState<TalkPermits | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    let isHere = true;
    void api.permits.numbers(row.id).then((answer) => {
      if (!isHere) return;
      if (answer.ok) setTalk(answer);
      setTrouble(answer.ok ? null : answer.message);
    });
    return () => {
      isHere = false;
    };
  }, [row.id, row.lastInboundAt, online.value]);

  const open = async (number: string) => {
    setTrouble(null);
    const [answer, { PermitFile }] = await Promise.all([api.permits.find(number, row.id), import('./PermitFile.tsx')]);
    if (answer.ok) setShown({ number, files: answer.files, File: PermitFile });
    else setTrouble(answer.message);
  };
  const use = (text: string) => {
    const typed = texts.draft('reply', row.id);
    texts.setDraft('reply', row.id, typed === '' ? text : `${typed}\n\n${text}`, row.seq);
    focusWriter();
  };
  const stop = async () => {
    const answer = await api.permits.endWatches(row.id);
    if (answer.ok && talk !== null) setTalk({ ...talk, watches: [] });
    else if (!answer.ok) setTrouble(answer.message);
  };

  if (talk === null) return <p class="panel-none">{trouble ?? t('Memuat…', 'Loading…')}</p>;
  return (
    <div class="tags-panel">
      {talk.numbers.length === 0 && (
        <p class="panel-none">{t('Belum ada nomor izin di percakapan ini.', 'No permit number in this conversation.')}</p>
      )}
      <ul class="tags-panel">
        {talk.numbers.map((one) => (
          <li key={one.number} class="tags-panel">
            <NumberLine one={one} />
            <button type="button" class="button is-small" onClick={() => void open(one.number)}>
              {t('Lihat berkas', 'Open the file')} <span class="sr-only">{one.number}</span>
            </button>
            {shown?.number === one.number && shown.files.length === 0 && (
              <p role="status" class="panel-none">
                {t('Nomor ini tidak ada di data yang diimpor.', 'This number is not in the imported data.')}
              </p>
            )}
            {shown?.number === one.number &&
              shown.files.map((file) => <shown.File key={file.id} file={file} isProved={one.provedUntil !== null} use={use} />)}
          </li>
        ))}
      </ul>
      {trouble !== null && (
        <p role="alert" class="is-bad">
          {trouble}
        </p>
      )}
      {talk.watches.length > 0 && (
        <p>
          {t('Warga minta dikabari tentang', 'The citizen asked to be told of')} {talk.watches.length} {t('berkas.', 'files.')}{' '}
          <button type="button" class="link" onClick={() => void stop()}>
            {t('Hentikan kabar', 'Stop telling')}
          </button>
        </p>
      )}
      <p>
        <a class="way" href="#/berkas">
          {t('Cari atau catat berkas lain', 'Find or enter another file')}
        </a>
      </p>
    </div>
  );
}

function NumberLine({ one: { number, provedUntil } }: { one: TalkNumber }) {
  return (
    <p>
      <b class="permit-number">{number}</b>{' '}
      {provedUntil === null ? (
        <span class="tag is-open">{t('belum terbukti miliknya', 'not proved')}</span>
      ) : (
        <span class="tag is-good">
          {t('terbukti, sampai', 'proved, until')} {clock(provedUntil)} WIB
        </span>
      )}
    </p>
  );
}
