// One stored message: the citizen's, the bot's, an officer's, or a note.
import { useState } from 'preact/hooks';
import type { BotReason, Message } from '../../src/contract/message.ts';
import { t } from '../logic/language.ts';
import { clock, decisionNames, deliveryText, kindNames, nameOf, unsureName } from '../logic/words.ts';
import { FileView } from './FileView.tsx';
import { Lazy } from './Lazy.tsx';
import { useWorkplace } from './useWorkplace.ts';

export function MessageItem({ message }: { message: Message }) {
  const { people, room } = useWorkplace();
  const isOwn = message.author.id === people.me.value.id;
  const contact = message.author.name ?? (room.value?.row ? nameOf(room.value.row) : t('Warga', 'Citizen'));
  const author = {
    contact,
    bot: message.direction === 'in' ? `${contact} · ${t('bot lain', 'another bot')}` : 'Bot',
    officer: isOwn ? t('Anda', 'You') : (message.author.name ?? t('Petugas', 'Officer')),
  };
  const looks = { in: 'is-contact', note: 'is-note', out: `is-${message.author.kind}` }[message.direction];
  const delivery = deliveryText(message);
  const isBad = message.state === 'failed' || message.state === 'uncertain';
  return (
    <article class={`message ${looks}`}>
      <p class="message-head">
        {message.direction === 'note' && `${t('Catatan', 'Note')} · `}
        {author[message.author.kind]}
        {message.direction === 'note' && ` · ${t('hanya petugas yang melihat', 'only officers see it')}`}
      </p>
      {message.deleted ? (
        <p class="message-gone">{t('Pesan ini ditarik oleh pengirim.', 'The sender took this message back.')}</p>
      ) : (
        <Body message={message} />
      )}
      <p class="message-foot">
        {clock(message.createdAt)}
        {message.editedAt !== null && ` · ${t('diubah', 'edited')}`}
        {delivery !== '' && !isBad && ` · ${delivery}`}
      </p>
      {message.reason !== null && (message.reason.decision !== 'notice' || message.reason.unsure !== undefined) && (
        <Why reason={message.reason} message={message} />
      )}
      {isBad && <Undelivered message={message} text={delivery} />}
    </article>
  );
}

function Body({ message }: { message: Message }) {
  return (
    <>
      {message.text !== '' && <p class="message-text">{message.text}</p>}
      {message.text === '' && message.attachments.length === 0 && <p class="message-gone">{kindNames[message.kind]}</p>}
      {message.attachments.length > 0 && (
        <ul class="files">
          {message.attachments.map((file) => (
            <FileView key={file.id} file={file} kind={message.kind} conversationId={message.conversationId} />
          ))}
        </ul>
      )}
      {message.buttons.length > 0 && (
        <ul class="choices" aria-label={t('Tombol yang ditawarkan', 'Buttons offered')}>
          {message.buttons.map((button) => (
            <li key={button.id}>{button.label}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Undelivered({ message, text }: { message: Message; text: string }) {
  const { actions } = useWorkplace();
  return (
    <div class="message-bad">
      <p>
        {text}
        {message.state === 'uncertain' &&
          t('. Kalau dikirim lagi, warga mungkin menerimanya dua kali.', '. Sent again, the citizen may get it twice.')}
      </p>
      <button type="button" class="button is-small" onClick={() => void actions.retry(message.id)}>
        {t('Coba lagi', 'Try again')}
      </button>
    </div>
  );
}

/** The same at every call, so that it is loaded once. */
const loadWrongAnswer = () => import('./knowledge/WrongAnswer.tsx').then((m) => m.WrongAnswer);

/** The bot's reasons: what it took the question for, how sure it was, whose words and which knowledge it used. */
function Why({ reason, message }: { reason: BotReason; message: Message }) {
  const { topicOf } = useWorkplace();
  const [isOpen, setOpen] = useState(false);
  const { id: messageId, text } = message;
  const isUnsure = reason.unsure !== undefined;
  const title = isOpen ? topicOf(reason.intent) : null;
  const source = /^(?:Sumber|Source|Sumberna): .+$/m.exec(text)?.[0] ?? null;
  const facts: [string, string | null][] = [
    [t('Keputusan', 'Decision'), isUnsure ? unsureName : decisionNames[reason.decision]],
    [
      t('Niat', 'Intent'),
      reason.intent === null
        ? t('tidak dikenali', 'not recognised')
        : title === null
          ? reason.intent
          : `${title} (${reason.intent})`,
    ],
    [t('Skor', 'Score'), reason.score.toLocaleString('id-ID', { maximumFractionDigits: 2 })],
    [t('Sumber', 'Source'), source?.replace(/^[^:]+: /, '') ?? null],
    [t('Versi pengetahuan', 'Knowledge version'), reason.version ?? null],
  ];
  return (
    <details class="reason" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('Mengapa bot menulis ini', 'Why the bot wrote this')}</summary>
      <dl class="facts">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {isOpen && <Lazy load={loadWrongAnswer} props={{ messageId, isUnsure }} />}
    </details>
  );
}
