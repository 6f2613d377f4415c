// One stored message: the citizen's, the bot's, an officer's, or a note.
import type { Attachment, Message, MessageKind } from '../../src/contract/message.ts';
import { clock, decisionNames, deliveryText } from '../logic/words.ts';
import { useWorkplace } from './useWorkplace.ts';

const kindNames: Record<MessageKind, string> = {
  text: 'Teks',
  image: 'Gambar',
  document: 'Dokumen',
  voice: 'Pesan suara',
  audio: 'Audio',
  video: 'Video',
  location: 'Lokasi',
  contact: 'Kontak',
  sticker: 'Stiker',
  unsupported: 'Jenis pesan ini belum dapat ditampilkan',
};

export function MessageItem({ message }: { message: Message }) {
  const { people } = useWorkplace();
  const isOwn = message.author.id === people.me.value.id;
  const author = {
    contact: message.author.name ?? 'Warga',
    bot: 'Bot',
    officer: isOwn ? 'Anda' : (message.author.name ?? 'Petugas'),
  };
  const looks = message.direction === 'note' ? 'is-note' : `is-${message.author.kind}`;
  const delivery = deliveryText(message);
  const isBad = message.state === 'failed' || message.state === 'uncertain';
  return (
    <article class={`message ${looks}`}>
      <p class="message-head">
        {message.direction === 'note' && 'Catatan · '}
        {author[message.author.kind]}
        {message.direction === 'note' && ' · hanya petugas yang melihat'}
      </p>
      {message.deleted ? <p class="message-gone">Pesan ini ditarik oleh pengirim.</p> : <Body message={message} />}
      <p class="message-foot">
        {clock(message.createdAt)}
        {message.editedAt !== null && ' · diubah'}
        {delivery !== '' && !isBad && ` · ${delivery}`}
      </p>
      {message.reason !== null && message.reason.decision !== 'notice' && (
        <details class="reason">
          <summary>Mengapa bot menulis ini</summary>
          <p>
            Keputusan: {decisionNames[message.reason.decision]} · niat: {message.reason.intent ?? 'tidak dikenali'} · skor:{' '}
            {message.reason.score.toLocaleString('id-ID', { maximumFractionDigits: 2 })}
          </p>
        </details>
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
            <File key={file.id} file={file} kind={message.kind} conversationId={message.conversationId} />
          ))}
        </ul>
      )}
      {message.buttons.length > 0 && (
        <ul class="choices" aria-label="Tombol yang ditawarkan">
          {message.buttons.map((button) => (
            <li key={button.id}>{button.label}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function File({ file, kind, conversationId }: { file: Attachment; kind: MessageKind; conversationId: string }) {
  const name = file.name === '' ? kindNames[kind] : file.name;
  const size = file.size === 0 ? '' : ` (${Math.max(1, Math.round(file.size / 1024)).toLocaleString('id-ID')} kB)`;
  if (file.state === 'refused') return <li>{name}: ditolak karena terlalu besar atau jenisnya tidak diizinkan.</li>;
  if (file.state === 'lost') return <li>{name}: berkas tidak tersedia lagi.</li>;
  const address = `/api/conversations/${encodeURIComponent(conversationId)}/files/${encodeURIComponent(file.id)}`;
  return (
    <li>
      <a href={address} target="_blank" rel="noopener noreferrer">
        {name}
        {size}
      </a>
    </li>
  );
}

function Undelivered({ message, text }: { message: Message; text: string }) {
  const { actions } = useWorkplace();
  return (
    <div class="message-bad">
      <p>
        {text}
        {message.state === 'uncertain' && '. Kalau dikirim lagi, warga mungkin menerimanya dua kali.'}
      </p>
      <button type="button" class="button is-small" onClick={() => void actions.retry(message.id)}>
        Coba lagi
      </button>
    </div>
  );
}
