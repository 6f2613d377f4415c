// The bar on top: duty, the way to other pages, connection and notices.
import type { Duty } from '../../src/contract/conversation.ts';
import { dutyNames } from '../logic/words.ts';
import { useWorkplace } from './useWorkplace.ts';

const order: Duty[] = ['on', 'break', 'off'];

/** @param leave signs out and throws away what is kept in this browser */
export function TopBar({ leave }: { leave: () => Promise<string | null> }) {
  const { people, actions, online, texts, notice } = useWorkplace();
  const me = people.me.value;
  const signOut = async () => {
    if (texts.hasRest() && !confirm('Masih ada tulisan yang belum terkirim. Keluar dan hapus tulisan itu?')) return;
    notice.value = await leave();
  };
  return (
    <header class="topbar">
      <a class="brand" href="#/c/queue">
        Loket
      </a>
      <fieldset class="duty">
        <legend class="sr-only">Status tugas</legend>
        {order.map((duty) => (
          <button
            key={duty}
            type="button"
            class={`duty-choice is-${duty}`}
            aria-pressed={me.duty === duty}
            onClick={() => me.duty !== duty && void actions.setDuty(duty)}
          >
            {dutyNames[duty]}
          </button>
        ))}
      </fieldset>
      <nav class="topnav" aria-label="Halaman lain">
        <span class="topbar-name">{me.name}</span>
        <a href="#/gagal">Gagal terkirim</a>
        <a href="#/pengaturan">Pengaturan</a>
        <button type="button" class="link" onClick={() => void signOut()}>
          Keluar
        </button>
      </nav>
      {!online.value && (
        <p role="alert" class="banner is-bad">
          Koneksi terputus. Menyambung lagi… Tulisan Anda tersimpan dan dikirim setelah tersambung.
        </p>
      )}
      <div role="status" class="notice-place">
        {notice.value !== null && (
          <p class="banner">
            {notice.value}{' '}
            <button
              type="button"
              class="link"
              onClick={() => {
                notice.value = null;
              }}
            >
              Tutup pesan
            </button>
          </p>
        )}
      </div>
    </header>
  );
}
