// The outermost view: setup, sign-in, or the workplace, by session and address.
import { useEffect, useState } from 'preact/hooks';
import type { Api } from '../api.ts';
import { parseHash, type Route, talkHash } from '../logic/route.ts';
import type { Session } from '../state/session.ts';
import type { Workplace } from '../state/workplace.ts';
import { Login } from './Login.tsx';
import { Settings } from './Settings.tsx';
import { Setup } from './Setup.tsx';
import { Sidebar } from './Sidebar.tsx';
import { Talk } from './Talk.tsx';
import { TopBar } from './TopBar.tsx';
import { Undelivered } from './Undelivered.tsx';
import { WorkplaceContext } from './useWorkplace.ts';

export function App({ api, session }: { api: Api; session: Session }) {
  const route = useRoute();
  const phase = session.phase.value;
  if (phase.kind === 'asking') return <p class="door-wait">Memuat…</p>;
  if (phase.kind === 'away') return <p class="door-wait">Server belum menjawab. Dicoba lagi otomatis…</p>;
  if (phase.kind === 'in') return <Workroom workplace={phase.workplace} route={route} leave={session.leave} />;
  if (route.page === 'setup') return <Setup api={api} token={route.token} done={session.check} />;
  return <Login api={api} why={phase.why} done={session.check} />;
}

function Workroom({ workplace, route, leave }: { workplace: Workplace; route: Route; leave: Session['leave'] }) {
  useEffect(() => {
    if (route.page === 'talk') workplace.show(route.view, route.conversationId);
    else if (route.page === 'login' || route.page === 'setup') location.replace(talkHash('queue'));
    else workplace.show(workplace.view.value, null);
  }, [workplace, route]);
  useEffect(() => {
    const events = ['keydown', 'pointerdown', 'pointermove'] as const;
    for (const event of events) addEventListener(event, workplace.touched, { passive: true });
    return () => {
      for (const event of events) removeEventListener(event, workplace.touched);
    };
  }, [workplace]);
  const waiting = workplace.inbox.lists.queue.value.rows.length;
  useEffect(() => {
    document.title = waiting === 0 ? 'Loket' : `(${waiting}) Loket`;
    return () => {
      document.title = 'Loket';
    };
  }, [waiting]);

  const hasTalk = route.page === 'talk' && route.conversationId !== null;
  return (
    <WorkplaceContext.Provider value={workplace}>
      <div class={`workroom ${hasTalk || route.page !== 'talk' ? 'shows-main' : 'shows-list'}`}>
        <TopBar leave={leave} />
        <Sidebar selected={route.page === 'talk' ? route.conversationId : null} />
        <main class="main">
          {route.page === 'settings' ? <Settings /> : route.page === 'undelivered' ? <Undelivered /> : <Talk />}
        </main>
      </div>
    </WorkplaceContext.Provider>
  );
}

function useRoute(): Route {
  const [route, setRoute] = useState(() => parseHash(location.hash));
  useEffect(() => {
    const follow = () => setRoute(parseHash(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}
