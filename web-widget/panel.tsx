// The panel's composition root: builds storage, chat and host frame from the page's address and mounts the view.
import { render } from 'preact';
import { App } from './app.tsx';
import { createBlobStore } from './blobStore.ts';
import { createChat } from './chat.ts';
import { draftKey } from './composer.tsx';
import { createConnection } from './connection.ts';
import { createHostFrame } from './hostFrame.ts';
import { keepInSight } from './keyboard.ts';
import { pickLanguage } from './language.ts';
import { createMedia } from './media.ts';
import { newMessageId } from './messageId.ts';
import { createSound } from './sound.ts';
import { createStorage } from './storage.ts';
import { strings, type UiLanguage } from './strings.ts';
import { createUnread } from './unread.ts';

const languageKey = 'loket.language';
/** Until the server has said otherwise. Bytes. */
let maxBytes = 10_000_000;

const query = new URLSearchParams(location.search);
const storage = createStorage(() => localStorage);
const language = pickLanguage(storage.get(languageKey) ?? query.get('lang'), navigator.language);
const newId = () => newMessageId(crypto);
const sound = createSound(storage);

let unreadCount = 0;
/** The number stands in the tab's title where the panel has a tab of its own. */
function entitle(): void {
  const { title } = strings[document.documentElement.lang as UiLanguage];
  document.title = unreadCount === 0 ? title : `(${unreadCount}) ${title}`;
}
function speak(chosen: UiLanguage): void {
  document.documentElement.lang = chosen;
  entitle();
}

const chat = createChat({
  storage,
  blobs: createBlobStore(() => indexedDB),
  connect: (events) =>
    createConnection({
      base: new URL('.', location.href),
      storage,
      events: {
        ...events,
        'message:new'(message) {
          if (message.direction === 'out') sound.play();
          events['message:new'](message);
        },
      },
      limit(bytes) {
        maxBytes = bytes;
      },
    }),
  now: Date.now,
  later: (ms, run) => setTimeout(run, ms),
  newId,
});
const media = createMedia(chat.fetchFile);
const frame = createHostFrame({ hostOrigin: query.get('host'), changed: look });
const unread = createUnread(storage);

/** The log changed, or came in sight or out of it. */
function look(): void {
  unreadCount = unread.count(chat.view().items, frame.isVisible());
  frame.unread(unreadCount);
  entitle();
  if (frame.isVisible()) chat.seen();
}
chat.subscribe(look);

async function erase(): Promise<boolean> {
  if (!(await chat.erase())) return false;
  media.clear();
  storage.remove(draftKey);
  unread.forget();
  return true;
}

speak(language);
if (!frame.isEmbedded) keepInSight(document.body);
const root = document.getElementById('loket');
if (root !== null)
  render(
    <App
      {...{ chat, frame, storage, media, sound, newId, language, erase }}
      maxBytes={() => maxBytes}
      onLanguage={(chosen) => {
        storage.set(languageKey, chosen);
        speak(chosen);
      }}
    />,
    root,
  );
