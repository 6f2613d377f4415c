// The panel's view as a whole: header, log, what is going on, composer.
import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { Chat } from './chat.ts';
import { Composer } from './composer.tsx';
import { Header } from './header.tsx';
import type { HostFrame } from './hostFrame.ts';
import { Log } from './log.tsx';
import type { KeyValue } from './storage.ts';
import { fill, strings, type UiLanguage } from './strings.ts';

export interface AppParts {
  chat: Chat;
  frame: HostFrame;
  storage: KeyValue;
  language: UiLanguage;
}

/** @param parts built by panel.tsx, the same for as long as the page lives */
export function App({ chat, frame, storage, language }: AppParts) {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => chat.subscribe(() => redraw(undefined)), [chat]);
  const log = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) frame.close();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [frame]);

  const text = strings[language];
  const view = chat.view();
  const isWaiting = view.connection !== 'online' && view.items.some((item) => item.delivery === 'waiting');
  const press = (label: string, button: string) => {
    chat.send(label, button);
    // The pressed button is gone: keep the keyboard's place inside the panel, without opening a phone's keyboard.
    log.current?.focus();
  };

  return (
    <main class="panel">
      <Header
        view={view}
        text={text}
        onOfficer={() => press(text.askOfficer, 'cmd:officer')}
        onClose={frame.isEmbedded ? frame.close : null}
      />
      <Log
        view={view}
        text={text}
        language={language}
        element={log}
        onPress={press}
        onRetry={chat.retry}
        onDiscard={chat.discard}
      />
      <p class="going-on" role="status">
        {isWaiting ? text.saved : typingText(view.typing, text)}
      </p>
      <Composer text={text} storage={storage} frame={frame} onSend={chat.send} />
    </main>
  );
}

function typingText(typing: { name: string | null } | null, text: (typeof strings)[UiLanguage]): string {
  if (typing === null) return '';
  return typing.name === null ? text.botTyping : fill(text.officerTyping, { name: typing.name });
}
