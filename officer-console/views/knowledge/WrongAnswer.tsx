// On a message of the bot: what it was about, and what should have been understood. Its code is loaded when an officer looks why.
import { useEffect, useState } from 'preact/hooks';
import type { LabelView } from '../../../src/contract/knowledge.ts';
import { t } from '../../logic/language.ts';
import { useWorkplace } from '../useWorkplace.ts';
import { LabelEditor } from './LabelEditor.tsx';

export function WrongAnswer({ messageId, isUnsure }: { messageId: string; isUnsure: boolean }) {
  const { api } = useWorkplace();
  const [view, setView] = useState<LabelView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    void api.knowledge.labelOf(messageId).then((answer) => {
      if (answer.ok) setView(answer);
      else setTrouble(answer.message);
    });
  }, [messageId]);
  if (trouble !== null) return <p role="alert">{trouble}</p>;
  if (view === null || view.question === null) return null;
  const { text } = view.question;
  return (
    <>
      <p class="label-question">
        {t('Pertanyaan', 'Question')}: “{text}”
      </p>
      <LabelEditor
        messageId={messageId}
        label={view.label}
        begin={isUnsure ? t('Beri label', 'Label it') : t('Jawaban salah', 'Wrong answer')}
        about={text}
        changed={(label) => setView({ ...view, label })}
      />
    </>
  );
}
