// The bar on top: menu, duty, who is signed in, connection and notices.
import type { Duty } from '../../src/contract/conversation.ts';
import { t } from '../logic/language.ts';
import { dutyNames } from '../logic/words.ts';
import { Icon } from './Icon.tsx';
import { MeMenu } from './MeMenu.tsx';
import { useWorkplace } from './useWorkplace.ts';

const order: Duty[] = ['on', 'break', 'off'];

/**
 * @param leave signs out and throws away what is kept in this browser
 * @param menu opens and closes the menu of a narrow screen
 */
export function TopBar(props: { leave: () => Promise<string | null>; menu: () => void; isMenuOpen: boolean; help: () => void }) {
  const { people, actions, online, notice } = useWorkplace();
  const me = people.me.value;
  return (
    <header class="topbar">
      <button type="button" class="icon-button menu-button" aria-expanded={props.isMenuOpen} onClick={props.menu}>
        <Icon name="menu" />
        <span class="sr-only">Menu</span>
      </button>
      <a class="brand" href="#/c/queue">
        Loket
      </a>
      <fieldset class="duty">
        <legend class="sr-only">{t('Status tugas', 'Duty')}</legend>
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
      <MeMenu leave={props.leave} help={props.help} />
      {!online.value && (
        <p role="alert" class="banner is-bad">
          {t(
            'Koneksi terputus. Menyambung lagi… Tulisan Anda tersimpan dan dikirim setelah tersambung.',
            'The connection is gone. Connecting again… What you wrote is kept and will be sent then.',
          )}
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
              {t('Tutup pesan', 'Dismiss')}
            </button>
          </p>
        )}
      </div>
    </header>
  );
}
