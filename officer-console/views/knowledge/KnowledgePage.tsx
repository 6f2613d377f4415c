// Keeping the bot's knowledge alive: facts by demand, questions it did not know, answers past their review. For supervisors and admins.
import { useState } from 'preact/hooks';
import type { OverdueAnswer } from '../../../src/contract/knowledge.ts';
import { t } from '../../logic/language.ts';
import { plainDate } from '../../logic/words.ts';
import { Tabs, useLoaded, Waiting } from '../admin/parts.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import { FactList } from './FactList.tsx';
import { Unanswered } from './Unanswered.tsx';

const names = { facts: t('Fakta kantor', 'Office facts'), unanswered: t('Pertanyaan tanpa jawaban', 'Unanswered questions') };

export function KnowledgePage() {
  const { api } = useWorkplace();
  const [tab, setTab] = useState<keyof typeof names>('facts');
  const uses = useLoaded(api.knowledge.factUses);
  return (
    <section class="page">
      <h1>{t('Pengetahuan bot', 'What the bot knows')}</h1>
      <Waiting of={uses} />
      {uses.data !== null && uses.data.overdue.length > 0 && <Overdue answers={uses.data.overdue} />}
      <Tabs names={names} chosen={tab} choose={setTab} />
      {tab === 'facts' && uses.data !== null && <FactList uses={uses.data} />}
      {tab === 'unanswered' && <Unanswered />}
    </section>
  );
}

function Overdue({ answers }: { answers: OverdueAnswer[] }) {
  return (
    <section class="admin-card is-alarm" aria-label={t('Jawaban lewat tanggal tinjau', 'Answers past their review date')}>
      <p>
        <strong>
          {t(
            `${answers.length} jawaban lewat tanggal tinjau. Bot tidak memberikannya, warga diteruskan ke petugas.`,
            `Past their review date: ${answers.length}. The bot does not give these answers, citizens go to an officer.`,
          )}
        </strong>
      </p>
      <ul class="knowledge-overdue">
        {answers.map(({ intent, title, reviewBy }) => (
          <li key={intent}>
            {title}
            <span class="admin-sub">
              {' '}
              {t('tinjau sebelum', 'due')} {plainDate(reviewBy)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
