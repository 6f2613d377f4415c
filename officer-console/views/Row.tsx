// One line of a list: who, through which channel, what was said last, how long they wait.
import { useComputed } from '@preact/signals';
import type { ConversationRow, ConversationView } from '../../src/contract/conversation.ts';
import { t } from '../logic/language.ts';
import { talkHash } from '../logic/route.ts';
import { belongs } from '../logic/rows.ts';
import { hurry, windowText } from '../logic/window.ts';
import { channelLabels, moment, nameOf, stateText, urgency, waitingText } from '../logic/words.ts';
import { useWorkplace } from './useWorkplace.ts';

export function Row({ row, view, isSelected }: { row: ConversationRow; view: ConversationView; isSelected: boolean }) {
  const { people, now, texts, inbox, topicOf, channels } = useWorkplace();
  const isHurried = hurry(row, channels.value, now.value) !== null;
  // Computed: a key pressed in one conversation does not draw the whole list again.
  const mark = useComputed(() => {
    if (texts.echoes.value.some((echo) => echo.conversationId === row.id && echo.state === 'failed')) return 'unsent';
    const isEmpty =
      texts.draft('reply', row.id) === '' && texts.draft('note', row.id) === '' && texts.chosen(row.id).length === 0;
    return isEmpty ? '' : 'draft';
  });
  // In the queue and among one's own, every row would say the same; one that left under the pointer says where it went.
  const isMixed = view === 'all' || view === 'closed' || !belongs(view, row, people.me.value.id);
  // In the queue the last words are the bot's own notice: what the talk is about, or why it is here, says more.
  const about =
    row.state === 'queued' ? (topicOf(row.topic) ?? row.handoffReason?.replace(/^./, (first) => first.toUpperCase())) : null;
  const waiting = waitingText(row, now.value);
  return (
    <a class="row" href={talkHash(view, row.id, inbox.filter.value)} aria-current={isSelected ? 'true' : undefined}>
      <span class="row-top">
        <span class="row-name">{nameOf(row)}</span>
        <span class={`row-wait is-${urgency(row, now.value)}`}>
          {waiting ?? (row.lastInboundAt === null ? '' : moment(row.lastInboundAt, now.value))}
        </span>
      </span>
      <span class="row-preview">{about ?? (row.preview === '' ? t('Lampiran', 'Attachment') : row.preview)}</span>
      <span class="row-bottom">
        {row.contactName !== null && <span class="row-number">K-{row.number}</span>}
        <span class="row-channel">{channelLabels[row.channel]}</span>
        {isMixed && <span class="row-state">{stateText(row, people.me.value.id, people.nameOf(row.officerId))}</span>}
        {row.tags.length > 0 && <span class="row-tag">{row.tags[0]}</span>}
        {row.tags.length > 1 && <span class="row-tag">+{row.tags.length - 1}</span>}
        {isHurried && <span class="row-mark is-bad">{windowText(row, channels.value, now.value)}</span>}
        {mark.value === 'draft' && <span class="row-mark">{t('draf', 'draft')}</span>}
        {mark.value === 'unsent' && <span class="row-mark is-bad">{t('belum terkirim', 'not sent')}</span>}
      </span>
    </a>
  );
}
