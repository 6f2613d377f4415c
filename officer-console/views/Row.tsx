// One line of a list: who, through which channel, what was said last, how long they wait.
import { useComputed } from '@preact/signals';
import type { ConversationRow, ConversationView } from '../../src/contract/conversation.ts';
import { talkHash } from '../logic/route.ts';
import { channelLabels, moment, stateText, urgency, waitingText } from '../logic/words.ts';
import { useWorkplace } from './useWorkplace.ts';

export function Row({ row, view, isSelected }: { row: ConversationRow; view: ConversationView; isSelected: boolean }) {
  const { people, now, texts } = useWorkplace();
  // Computed: a key pressed in one conversation does not draw the whole list again.
  const mark = useComputed(() => {
    if (texts.echoes.value.some((echo) => echo.conversationId === row.id && echo.state === 'failed')) return 'belum terkirim';
    return texts.draft('reply', row.id) === '' && texts.draft('note', row.id) === '' ? '' : 'draf';
  });
  const waiting = waitingText(row, now.value);
  return (
    <li>
      <a class="row" href={talkHash(view, row.id)} aria-current={isSelected ? 'true' : undefined}>
        <span class="row-top">
          <span class="row-name">{row.contactName ?? 'Warga'}</span>
          <span class="row-channel">{channelLabels[row.channel]}</span>
        </span>
        <span class="row-preview">{row.preview === '' ? 'Belum ada teks' : row.preview}</span>
        <span class="row-bottom">
          <span class="row-number">K-{row.number}</span>
          <span class={`row-state is-${row.state}`}>{stateText(row, people.me.value.id, people.nameOf(row.officerId))}</span>
          {mark.value !== '' && <span class={mark.value === 'draf' ? 'row-mark' : 'row-mark is-bad'}>{mark.value}</span>}
          <span class={`row-wait is-${urgency(row, now.value)}`}>
            {waiting ?? (row.lastInboundAt === null ? '' : moment(row.lastInboundAt, now.value))}
          </span>
        </span>
      </a>
    </li>
  );
}
