// Who the citizen is and why the conversation is here.
import type { ConversationRow } from '../../../src/contract/conversation.ts';
import { t } from '../../logic/language.ts';
import { channelLabels, day, languageNames } from '../../logic/words.ts';
import { useWorkplace } from '../useWorkplace.ts';

export function Facts({ row }: { row: ConversationRow }) {
  const { people, room, topicOf } = useWorkplace();
  const log = room.value?.id === row.id ? room.value.log.messages : [];
  const answered = [...log].reverse().find((message) => message.reason?.decision === 'answer');
  const team = people.teams.value.find((one) => one.id === row.teamId);
  const facts: [string, string | null][] = [
    [t('Topik', 'Topic'), topicOf(row.topic) ?? row.topic],
    [t('Alasan dialihkan', 'Handed over'), row.handoffReason],
    [t('Jawaban bot terakhir', 'Last bot answer'), answered === undefined ? null : shorten(answered.text)],
    [t('Kanal', 'Channel'), channelLabels[row.channel]],
    [t('Nomor HP', 'Phone'), row.contactPhone],
    [t('Bahasa', 'Language'), languageNames[row.language]],
    [t('Tim', 'Team'), team?.name ?? null],
    [t('Dibuka', 'Opened'), day(row.openedAt)],
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(([name, value]) =>
          value === null || value === '' ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <p class="facts">
        <a class="way" href={`#/kontak/${row.contactId}`}>
          {t('Buka halaman kontak', 'Open the contact’s page')}
        </a>
      </p>
    </>
  );
}

/** Enough to recognise the answer by; the whole stands in the conversation. */
const shorten = (text: string): string => (text.length > 90 ? `${text.slice(0, 90)}…` : text);
