// Entry of the officers' console: builds the parts and shows the app.
import { render } from 'preact';
import { createApi } from './api.ts';
import { createSession, type Session } from './state/session.ts';
import { createWorkplace } from './state/workplace.ts';
import { upload } from './upload.ts';
import { App } from './views/App.tsx';

const root = document.getElementById('app');
if (root !== null) {
  const api = createApi({ fetch: (...request) => fetch(...request), upload, signedOut: () => session.expire() });
  const session: Session = createSession({
    api,
    build: (officer) => createWorkplace({ officer, api, shelf: window.localStorage, refused: () => void session.check() }),
  });
  void session.check();
  render(<App api={api} session={session} />, root);
}
