// The outermost view: setup, sign-in, or the workplace, by session and address.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Api } from '../api.ts';
import { t } from '../logic/language.ts';
import { parseHash, type Route, talkHash } from '../logic/route.ts';
import type { Session } from '../state/session.ts';
import type { Workplace } from '../state/workplace.ts';
import { Invitation } from './admin/Invitation.tsx';
import { Help } from './Help.tsx';
import { Lazy } from './Lazy.tsx';
import { Login } from './Login.tsx';
import { mayOpen, pages } from './pages.ts';
import { Rail } from './Rail.tsx';
import { Setup } from './Setup.tsx';
import { Sidebar } from './Sidebar.tsx';
import { Talk } from './Talk.tsx';
import { TopBar } from './TopBar.tsx';
import { useKeys } from './useKeys.ts';
import { WorkplaceContext } from './useWorkplace.ts';

export function App({ api, session }: { api: Api; session: Session }) {
  const route = useRoute();
  const phase = session.phase.value;
  if (phase.kind === 'asking') return <p class="door-wait">{t('Memuat…', 'Loading…')}</p>;
  if (phase.kind === 'away')
    return (
      <p class="door-wait">
        {t('Server belum menjawab. Dicoba lagi otomatis…', 'The server does not answer yet. Trying again…')}
      </p>
    );
  if (phase.kind === 'in') return <Workroom workplace={phase.workplace} route={route} leave={session.leave} />;
  if (route.page === 'setup') return <Setup api={api} token={route.token} done={session.check} />;
  if (route.page === 'page' && route.path === 'undangan')
    return <Invitation api={api} token={route.query.token ?? ''} done={session.check} />;
  return <Login api={api} why={phase.why} done={session.check} />;
}

function Workroom({ workplace, route, leave }: { workplace: Workplace; route: Route; leave: Session['leave'] }) {
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const help = useCallback(() => setHelpOpen(true), []);
  useKeys(workplace, help);
  useTitle(workplace);
  const page =
    route.page === 'page'
      ? pages.find((one) => one.path === route.path && mayOpen(workplace.people.me.value.role, one))
      : undefined;
  const isElsewhere = route.page !== 'talk' && page === undefined;
  useEffect(() => {
    if (isElsewhere) location.replace(talkHash('queue'));
    else if (route.page === 'talk') workplace.show(route.view, route.conversationId, route.filter);
    else workplace.show(workplace.view.value, null);
  }, [workplace, route, isElsewhere]);
  useEffect(() => {
    const events = ['keydown', 'pointerdown', 'pointermove'] as const;
    for (const event of events) addEventListener(event, workplace.touched, { passive: true });
    return () => {
      for (const event of events) removeEventListener(event, workplace.touched);
    };
  }, [workplace]);

  const selected = route.page === 'talk' ? route.conversationId : null;
  const shows = page !== undefined ? 'shows-page' : selected === null ? 'shows-list' : 'shows-main';
  return (
    <WorkplaceContext.Provider value={workplace}>
      <div class={`workroom ${shows}`}>
        <TopBar leave={leave} menu={() => setMenuOpen(!isMenuOpen)} isMenuOpen={isMenuOpen} help={help} />
        <Rail path={page?.path ?? null} isOpen={isMenuOpen} close={() => setMenuOpen(false)} />
        {page === undefined ? (
          <>
            <Sidebar selected={selected} />
            <main class="main">
              <Talk />
            </main>
          </>
        ) : (
          <main class="main is-page" key={page.path}>
            {route.page === 'page' && <Lazy load={page.load} props={{ rest: route.rest, query: route.query }} />}
          </main>
        )}
        {isHelpOpen && <Help close={() => setHelpOpen(false)} />}
      </div>
    </WorkplaceContext.Provider>
  );
}

/** The number of those who wait for this officer stands in the tab, seen from any other tab. A file on its way keeps the page open. */
function useTitle({ inbox, texts }: Workplace): void {
  const waiting =
    inbox.lists.queue.value.rows.length + inbox.lists.mine.value.rows.filter((row) => row.waitingSince !== null).length;
  useEffect(() => {
    document.title = waiting === 0 ? 'Loket' : `(${waiting}) Loket`;
    return () => {
      document.title = 'Loket';
    };
  }, [waiting]);
  useEffect(() => {
    const stay = (event: BeforeUnloadEvent) => {
      if (texts.hasFiles()) event.preventDefault();
    };
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [texts]);
}

function useRoute(): Route {
  const drawn = useRef(location.hash);
  const [route, setRoute] = useState(() => parseHash(drawn.current));
  useEffect(() => {
    const follow = () => setRoute(parseHash(location.hash));
    addEventListener('hashchange', follow);
    // It may have changed between the first drawing and now.
    if (location.hash !== drawn.current) follow();
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}
