// The officer's own menu: sound, notifications, language, keys, leaving.
import { useEffect, useRef } from 'preact/hooks';
import { chooseLanguage, otherLanguage, t } from '../logic/language.ts';
import { useWorkplace } from './useWorkplace.ts';

export function MeMenu({ leave, help }: { leave: () => Promise<string | null>; help: () => void }) {
  const { people, texts, notice, sounder } = useWorkplace();
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (menu.current !== null) menu.current.open = false;
  };
  useEffect(() => {
    const away = (event: Event) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) close();
    };
    addEventListener('pointerdown', away);
    return () => removeEventListener('pointerdown', away);
  }, []);
  const signOut = async () => {
    const question = t(
      'Masih ada tulisan yang belum terkirim. Keluar dan hapus tulisan itu?',
      'Something you wrote has not been sent. Sign out and delete it?',
    );
    if (texts.hasRest() && !confirm(question)) return;
    notice.value = await leave();
  };
  const { name } = people.me.value;
  return (
    <details class="me" ref={menu} onKeyDown={(event) => event.key === 'Escape' && close()}>
      <summary>
        <span class="avatar" aria-hidden="true">
          {initials(name)}
        </span>
        <span class="me-name">{name}</span>
      </summary>
      <div class="me-menu">
        <button type="button" aria-pressed={sounder.isOn.value} onClick={sounder.toggle}>
          {sounder.isOn.value ? t('Suara: nyala', 'Sound: on') : t('Suara: mati', 'Sound: off')}
        </button>
        {sounder.leave.value === 'default' && (
          <button type="button" onClick={() => void sounder.askLeave()}>
            {t('Nyalakan notifikasi desktop', 'Turn on desktop notifications')}
          </button>
        )}
        <button
          type="button"
          onClick={() => {
            close();
            help();
          }}
        >
          {t('Pintasan keyboard', 'Keyboard shortcuts')}
        </button>
        <button type="button" lang={otherLanguage.code} onClick={() => chooseLanguage(otherLanguage.code)}>
          {otherLanguage.name}
        </button>
        <button type="button" onClick={() => void signOut()}>
          {t('Keluar', 'Sign out')}
        </button>
      </div>
    </details>
  );
}

const initials = (name: string): string =>
  name
    .split(' ')
    .slice(0, 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('');
