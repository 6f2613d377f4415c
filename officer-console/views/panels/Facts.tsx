// Who the citizen is and why the conversation is here.
import type { ConversationRow } from '../../../src/contract/conversation.ts';
import { t } from '../../logic/language.ts';
import { channelLabels, day, languageNames } from '../../logic/words.ts';
import { useWorkplace } from '../useWorkplace.ts';

export function Facts({ row }: { row: ConversationRow }) {
  const { people } = useWorkplace();
  const team = people.teams.value.find((one) => one.id === row.teamId);
  const facts: [string, string | null][] = [
    [t('Nomor konsultasi', 'Consultation'), `K-${row.number}`],
    [t('Kanal', 'Channel'), channelLabels[row.channel]],
    [t('Nomor HP', 'Phone'), row.contactPhone],
    [t('Bahasa', 'Language'), languageNames[row.language]],
    [t('Tim', 'Team'), team?.name ?? null],
    [t('Dibuka', 'Opened'), day(row.openedAt)],
  ];
  return (
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
  );
}
