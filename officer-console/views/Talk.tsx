// One conversation with its head, its messages, the place to write, and the panels beside it.
import { useState } from 'preact/hooks';
import { t } from '../logic/language.ts';
import { talkHash } from '../logic/route.ts';
import { nameOf, troubleTexts } from '../logic/words.ts';
import { Composer } from './Composer.tsx';
import { MessageLog } from './MessageLog.tsx';
import { SidePanels } from './SidePanels.tsx';
import { TalkHeader } from './TalkHeader.tsx';
import { useWorkplace } from './useWorkplace.ts';

/** From this width on the panels stand beside the messages; below they lie over them when asked for. */
const WIDE = '(min-width: 1100px)';

export function Talk() {
  const workplace = useWorkplace();
  const [hasPanels, setPanels] = useState(() => matchMedia(WIDE).matches);
  const room = workplace.room.value;
  if (room === null)
    return (
      <p class="talk-none">
        {t(
          'Pilih percakapan di daftar, atau tekan n untuk yang menunggu paling lama.',
          'Choose a conversation, or press n for the one that waits longest.',
        )}
      </p>
    );
  if (room.row === null) {
    return (
      <div class="talk-none">
        <p>{room.trouble === null ? t('Memuat percakapan…', 'Loading…') : troubleTexts[room.trouble]}</p>
        <a class="way" href={talkHash(workplace.view.value)}>
          {t('Kembali ke daftar', 'Back to the list')}
        </a>
      </div>
    );
  }
  const typing = workplace.present.value.filter((one) => one.state === 'typing').map((one) => one.name);
  // Keyed by conversation: nothing of one (text, scroll place, open dialog) can slip into another.
  return (
    <div class={`talk-place ${hasPanels ? 'has-panels' : ''}`} key={room.id}>
      <section class="talk" aria-label={`${t('Percakapan dengan', 'Conversation with')} ${nameOf(room.row)}`}>
        <TalkHeader row={room.row} hasPanels={hasPanels} setPanels={setPanels} />
        <MessageLog room={room} />
        <p class="typing" aria-live="polite">
          {[...(workplace.typing.value ? [nameOf(room.row)] : []), ...typing]
            .map((name) => `${name} ${t('sedang mengetik…', 'is typing…')}`)
            .join(' ')}
        </p>
        <Composer row={room.row} />
      </section>
      {hasPanels && <SidePanels row={room.row} close={() => setPanels(false)} />}
    </div>
  );
}
