// What citizens asked and the bot did not know: the most frequent first, with the way to the conversation and a label.
import { useState } from 'preact/hooks';
import type { MessageLabel, UnansweredQuestion } from '../../../src/contract/knowledge.ts';
import { fullMoment } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import { talkHash } from '../../logic/route.ts';
import { useLoaded, Waiting } from '../admin/parts.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import { LabelEditor } from './LabelEditor.tsx';

export function Unanswered() {
  const { api } = useWorkplace();
  const list = useLoaded(api.knowledge.unanswered);
  const { data } = list;
  const isEmpty = data?.questions.length === 0;
  return (
    <>
      {data !== null && !isEmpty && (
        <p>
          {t(
            `Pertanyaan ${data.days} hari terakhir yang tidak dipahami bot, yang sama dihitung sekali. Label menjadi contoh bagi yang merawat pengetahuan bot.`,
            `Questions of the last ${data.days} days the bot did not understand; the same words count as one. Labels become examples for whoever tends the bot’s knowledge.`,
          )}{' '}
          {data.isCut && t('Hanya yang terbaru yang dihitung.', 'Only the newest are counted.')}
        </p>
      )}
      <Waiting
        of={list}
        empty={
          isEmpty &&
          t(
            'Tidak ada. Semua pertanyaan 30 hari terakhir dipahami bot.',
            'None. The bot understood every question of the last 30 days.',
          )
        }
      />
      <ul class="knowledge-list">
        {data?.questions.map((question) => (
          <li key={question.messageId}>
            <Question question={question} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Question({ question }: { question: UnansweredQuestion }) {
  const { text, others, count, lastAt, conversationId, messageId } = question;
  const [label, setLabel] = useState<MessageLabel | null>(question.label);
  return (
    <article class="fact">
      <h2 class="fact-head knowledge-question">“{text}”</h2>
      <p class="admin-sub">
        {t(`ditanya ${count} kali, terakhir`, `asked ${count === 1 ? 'once' : `${count} times`}, last`)} {fullMoment(lastAt)} ·{' '}
        <a class="way" href={talkHash('all', conversationId)}>
          {t('Buka percakapan', 'Open the conversation')} <span class="sr-only">“{text}”</span>
        </a>
      </p>
      {others.length > 0 && (
        <details class="admin-sub">
          <summary>{t('Cara bertanya lain', 'Other ways it was put')}</summary>
          <ul>
            {others.map((other) => (
              <li key={other}>“{other}”</li>
            ))}
          </ul>
        </details>
      )}
      <LabelEditor messageId={messageId} label={label} begin={t('Beri label', 'Label it')} about={text} changed={setLabel} />
    </article>
  );
}
