// The panel's view as a whole: header with its options, log, what is going on, composer.
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import { type Prepared, prepareFile, prepareVoice } from './attach.ts';
import type { Chat } from './chat.ts';
import { Composer } from './composer.tsx';
import { EraseDialog } from './eraseDialog.tsx';
import { Header } from './header.tsx';
import type { HostFrame } from './hostFrame.ts';
import { Log } from './log.tsx';
import type { Media } from './media.ts';
import { Menu } from './menu.tsx';
import type { Sound } from './sound.ts';
import type { KeyValue } from './storage.ts';
import { fill, type Strings, strings, type UiLanguage } from './strings.ts';

export interface AppParts {
  chat: Chat;
  frame: HostFrame;
  storage: KeyValue;
  media: Media;
  sound: Sound;
  newId: () => string;
  /** Largest file the server takes, bytes. */
  maxBytes: () => number;
  /** The language at the start; `onLanguage` keeps another choice. */
  language: UiLanguage;
  onLanguage: (language: UiLanguage) => void;
  /** Erases everything on the server and here. */
  erase: () => Promise<boolean>;
}

/** @param parts built by panel.tsx, the same for as long as the page lives */
export function App({ chat, frame, storage, media, sound, ...parts }: AppParts) {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const [language, setLanguage] = useState(parts.language);
  const [open, setOpen] = useState<'menu' | 'erase' | null>(null);
  const [notice, setNotice] = useState<keyof Strings | null>(null);
  /** Counts the beginnings: a new composer forgets the old draft. */
  const [era, setEra] = useState(0);
  const log = useRef<HTMLDivElement>(null);
  const menuButton = useRef<HTMLButtonElement>(null);
  useEffect(() => chat.subscribe(() => redraw(undefined)), [chat]);

  const closeMenu = () => {
    setOpen(null);
    menuButton.current?.focus();
  };
  // With the drawing, not after it: a second Esc may follow at once.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      if (open === 'menu') closeMenu();
      else frame.close();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [frame, open]);

  const text = strings[language];
  const view = chat.view();
  const maxMb = parts.maxBytes() / 1_000_000;
  const isWaiting = view.connection !== 'online' && view.items.some((item) => item.delivery === 'waiting');
  const press = (label: string, button?: string) => {
    chat.send(label, button);
    // The pressed button is gone: keep the keyboard's place inside the panel, without opening a phone's keyboard.
    log.current?.focus();
  };

  const attach = async (prepared: Prepared) => {
    if ('problem' in prepared) return setNotice(prepared.problem);
    setNotice(null);
    const id = parts.newId();
    media.keep(id, prepared.blob);
    await chat.attach(id, prepared.blob, prepared.file);
  };
  const attachAll = async (files: File[]) => {
    setNotice('preparing');
    for (const file of files) await attach(await prepareFile(file, parts.maxBytes()));
  };

  return (
    <main class="panel">
      <Header
        view={view}
        text={text}
        isMenuOpen={open === 'menu'}
        menuButton={menuButton}
        onMenu={() => setOpen(open === 'menu' ? null : 'menu')}
        onOfficer={() => press(text.askOfficer, 'cmd:officer')}
        onClose={frame.isEmbedded ? frame.close : null}
      >
        {open === 'menu' && (
          <Menu
            text={text}
            language={language}
            sound={sound}
            onSound={() => {
              sound.toggle();
              redraw(undefined);
            }}
            onLanguage={(chosen) => {
              setLanguage(chosen);
              parts.onLanguage(chosen);
            }}
            onErase={() => setOpen('erase')}
            apps={chat.apps}
            link={chat.link}
          />
        )}
      </Header>
      <Log
        {...{ view, text, language, media, maxMb }}
        element={log}
        onPress={press}
        onStart={press}
        onRetry={chat.retry}
        onDiscard={chat.discard}
      />
      <p class="going-on" role="status">
        {notice !== null ? fill(text[notice], { mb: maxMb }) : isWaiting ? text.saved : typingText(view.typing, text)}
      </p>
      <Composer
        key={era}
        {...{ text, storage, frame }}
        onSend={(written) => {
          setNotice(null);
          chat.send(written);
        }}
        onTyping={chat.typing}
        onFiles={(files) => void attachAll(files)}
        onVoice={(note) => void attach(prepareVoice(note, new Date()))}
        onNoMicrophone={() => setNotice('noMicrophone')}
      />
      {open === 'erase' && (
        <EraseDialog
          text={text}
          erase={parts.erase}
          onClose={(isErased) => {
            if (isErased) {
              setNotice('erased');
              setEra(era + 1);
            }
            closeMenu();
          }}
        />
      )}
    </main>
  );
}

function typingText(typing: { name: string | null } | null, text: Strings): string {
  if (typing === null) return '';
  return typing.name === null ? text.botTyping : fill(text.officerTyping, { name: typing.name });
}
