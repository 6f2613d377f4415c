// One stored message: the citizen's, the bot's, an officer's, or a note.
import type { BotReason, Message } from '../../src/contract/message.ts';
import { t } from '../logic/language.ts';
import { clock, decisionNames, deliveryText, kindNames, nameOf } from '../logic/words.ts';
import { FileView } from './FileView.tsx';
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
      {message.reason !== null && message.reason.decision !== 'notice' && <Why reason={message.reason} text={message.text} />}
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

/** The bot's reasons: what it took the question for, how sure it was, and whose words it used. */
function Why({ reason, text }: { reason: BotReason; text: string }) {
  const source = /^(?:Sumber|Source|Sumberna): .+$/m.exec(text)?.[0] ?? null;
  const facts: [string, string | null][] = [
    [t('Keputusan', 'Decision'), decisionNames[reason.decision]],
    [t('Niat', 'Intent'), reason.intent ?? t('tidak dikenali', 'not recognised')],
    [t('Skor', 'Score'), reason.score.toLocaleString('id-ID', { maximumFractionDigits: 2 })],
    [t('Sumber', 'Source'), source?.replace(/^[^:]+: /, '') ?? null],
  ];
  return (
    <details class="reason">
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
    </details>
  );
}
