// The card above a conversation: who it is, why it came here, how long they wait, who holds it, and what can be done with it.
import type { ConversationRow } from '../../src/contract/conversation.ts';
import type { PresenceState } from '../../src/contract/workplace.ts';
import { t } from '../logic/language.ts';
import { talkHash } from '../logic/route.ts';
import { hurry, windowText } from '../logic/window.ts';
import { channelLabels, languageNames, nameOf, stateText, urgency, waitingText } from '../logic/words.ts';
import { Icon } from './Icon.tsx';
import { TalkActions } from './TalkActions.tsx';
import { useWorkplace } from './useWorkplace.ts';

const presenceNames: Record<PresenceState, string> = {
  typing: t('mengetik', 'typing'),
  viewing: t('melihat', 'viewing'),
  away: t('di tab lain', 'in another tab'),
};

/** Who else has it open: looking is not writing, and a tab behind others is neither. */
function Colleagues() {
  const { present } = useWorkplace();
  if (present.value.length === 0) return null;
  return (
    <ul class="present" aria-label={t('Petugas lain di sini', 'Colleagues here')}>
      {present.value.map((one) => (
        <li key={one.officerId} class={`present-one is-${one.state}`}>
          {one.name} {presenceNames[one.state]}
        </li>
      ))}
    </ul>
  );
}

export function TalkHeader(props: { row: ConversationRow; hasPanels: boolean; setPanels: (on: boolean) => void }) {
  const { people, now, view, topicOf, channels } = useWorkplace();
  const { row } = props;
  const left = row.state === 'closed' ? null : windowText(row, channels.value, now.value);
  const waiting = waitingText(row, now.value);
  const why = [
    topicOf(row.topic) ?? row.topic,
    row.handoffReason === null ? null : `${t('dialihkan:', 'handed over:')} ${row.handoffReason}`,
    row.language === 'id' ? null : languageNames[row.language],
  ].filter((part) => part !== null && part !== '');
  return (
    <header class="card">
      <a class="back" href={talkHash(view.value)} aria-label={t('Kembali ke daftar', 'Back to the list')}>
        ‹
      </a>
      <div class="card-who">
        <h2>
          {nameOf(row)} {row.contactName !== null && <span class="card-number">K-{row.number}</span>}
        </h2>
        <div class="card-line">
          <span class="card-channel">{channelLabels[row.channel]}</span>
          <span class={`row-state is-${row.state}`}>{stateText(row, people.me.value.id, people.nameOf(row.officerId))}</span>
          {waiting !== null && <span class={`row-wait is-${urgency(row, now.value)}`}>{waiting}</span>}
          {row.contactUnreachable && <span class="row-mark is-bad">{t('tidak dapat dihubungi', 'cannot be reached')}</span>}
          {left !== null && (
            <span class={`row-mark ${hurry(row, channels.value, now.value) === null ? '' : 'is-bad'}`}>{left}</span>
          )}
          <Colleagues />
        </div>
        {why.length > 0 && <p class="card-why">{why.join(' · ')}</p>}
      </div>
      <TalkActions row={row} />
      <button type="button" class="icon-button" aria-pressed={props.hasPanels} onClick={() => props.setPanels(!props.hasPanels)}>
        <Icon name="side" />
        <span class="sr-only">{t('Keterangan', 'Details')}</span>
      </button>
    </header>
  );
}
