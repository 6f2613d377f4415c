// The bot's guesses for what the citizen said last: a click puts the approved answer into the box as a draft to edit.
import type { ConversationRow } from '../../../src/contract/conversation.ts';
import type { Suggestion } from '../../../src/contract/workplace.ts';
import { t } from '../../logic/language.ts';
import { focusWriter } from '../useKeys.ts';
import { useWorkplace } from '../useWorkplace.ts';

export function Guesses({ row }: { row: ConversationRow }) {
  const { guesses, texts } = useWorkplace();
  const use = (guess: Suggestion) => {
    const typed = texts.draft('reply', row.id);
    texts.setDraft('reply', row.id, typed === '' ? guess.text : `${typed}\n\n${guess.text}`, row.seq);
    focusWriter();
  };
  const suggestions = guesses.value;
  if (suggestions === null) return <p class="panel-none">{t('Memuat…', 'Loading…')}</p>;
  if (suggestions.length === 0)
    return (
      <p class="panel-none">{t('Tidak ada jawaban baku untuk pesan terakhir.', 'No approved answer for the last message.')}</p>
    );
  return (
    <ul class="guesses">
      {suggestions.map((guess) => (
        <li key={guess.intent}>
          <button type="button" class="guess" onClick={() => use(guess)}>
            <span class="guess-top">
              <b>{guess.title}</b>
              <span>{Math.round(guess.score * 100)}%</span>
            </span>
            <span class="guess-text">{guess.text}</span>
            <span class="guess-use">{t('Pakai sebagai draf', 'Use as a draft')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
