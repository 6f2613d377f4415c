// The panel's composition root: builds storage, chat and host frame from the page's address and mounts the view.
import { render } from 'preact';
import { App } from './app.tsx';
import { createChat } from './chat.ts';
import { createHostFrame } from './hostFrame.ts';
import { pickLanguage } from './language.ts';
import { newMessageId } from './messageId.ts';
import { createConnection } from './socket.ts';
import { createStorage } from './storage.ts';
import { strings } from './strings.ts';
import { createUnread } from './unread.ts';

const query = new URLSearchParams(location.search);
const language = pickLanguage(query.get('lang'), navigator.language);
document.documentElement.lang = language;
document.title = strings[language].title;

const storage = createStorage(() => localStorage);
const chat = createChat({
  storage,
  connect: (events) => createConnection({ base: new URL('.', location.href), storage, events }),
  now: Date.now,
  later: (ms, run) => setTimeout(run, ms),
  newId: () => newMessageId(crypto),
});
const frame = createHostFrame({ hostOrigin: query.get('host'), changed: countUnread });
const unread = createUnread(storage);

function countUnread(): void {
  frame.unread(unread.count(chat.view().items, frame.isVisible()));
}
chat.subscribe(countUnread);

const root = document.getElementById('loket');
if (root !== null) render(<App chat={chat} frame={frame} storage={storage} language={language} />, root);
