// The console's menu: a narrow rail on a desk, a sheet behind one button on a phone.
import { t } from '../logic/language.ts';
import { Icon, type IconName } from './Icon.tsx';
import { mayOpen, pages } from './pages.ts';
import { useWorkplace } from './useWorkplace.ts';

/** @param path of the open page; null while the conversations are shown */
export function Rail({ path, isOpen, close }: { path: string | null; isOpen: boolean; close: () => void }) {
  const workplace = useWorkplace();
  const { people } = workplace;
  const item = (href: string, icon: IconName, title: string, isHere: boolean, badge = 0) => (
    <li key={href}>
      <a href={href} aria-current={isHere ? 'page' : undefined} onClick={close}>
        <Icon name={icon} />
        <span>
          {title}
          {badge > 0 && <span class="rail-badge"> {badge}</span>}
        </span>
      </a>
    </li>
  );
  return (
    <nav class={`rail ${isOpen ? 'is-open' : ''}`} aria-label={t('Menu utama', 'Main menu')}>
      <ul>
        {item('#/c/queue', 'talk', t('Percakapan', 'Inbox'), path === null)}
        {pages.map((page) =>
          page.icon === null || !mayOpen(people.me.value.role, page)
            ? null
            : item(`#/${page.path}`, page.icon, page.title, path === page.path, page.badge?.(workplace)),
        )}
      </ul>
    </nav>
  );
}
