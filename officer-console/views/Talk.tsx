// The right side: one conversation with its facts, its messages and the place to write.
import { talkHash } from '../logic/route.ts';
import { nameOf, troubleTexts } from '../logic/words.ts';
import { Composer } from './Composer.tsx';
import { MessageLog } from './MessageLog.tsx';
import { TalkHeader } from './TalkHeader.tsx';
import { useWorkplace } from './useWorkplace.ts';

export function Talk() {
  const workplace = useWorkplace();
  const room = workplace.room.value;
  if (room === null) return <p class="talk-none">Pilih percakapan di daftar.</p>;
  if (room.row === null) {
    return (
      <div class="talk-none">
        <p>{room.trouble === null ? 'Memuat percakapan…' : troubleTexts[room.trouble]}</p>
        <a href={talkHash(workplace.view.value)}>Kembali ke daftar</a>
      </div>
    );
  }
  const typist = workplace.typing.value;
  // Keyed by conversation: nothing of one (text, scroll place, open dialog) can slip into another.
  return (
    <section class="talk" key={room.id} aria-label={`Percakapan dengan ${nameOf(room.row)}`}>
      <TalkHeader row={room.row} />
      <MessageLog room={room} />
      <p class="typing" aria-live="polite">
        {typist !== null && `${typist.officerId === null ? nameOf(room.row) : (typist.name ?? 'Petugas lain')} sedang mengetik…`}
      </p>
      <Composer row={room.row} />
    </section>
  );
}
