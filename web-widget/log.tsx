// The conversation itself: bubbles by day and speaker, quick replies under the last of them, kept at its lower end.
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Bubble, type BubbleParts } from './bubble.tsx';
import type { ChatView } from './chat.ts';
import { RichText } from './richText.tsx';
import { daysOf, rowsOf } from './rows.ts';

export interface LogProps extends BubbleParts {
  view: ChatView;
  element: RefObject<HTMLDivElement | null>;
  /** One of the first questions was pressed. */
  onStart: (question: string) => void;
}

/** Within this many pixels of its lower end the log follows new messages. */
const nearPx = 24;
/** Left above the first of the messages that came, so that it is seen to begin there. */
const gapPx = 12;

export function Log({ view, element, onStart, ...parts }: LogProps) {
  const { text, language } = parts;
  const inner = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const at = useRef(0);
  const drawn = useRef<string | undefined>(undefined);
  const [hasNews, setHasNews] = useState(false);
  const { items } = view;
  const last = items[items.length - 1];

  const toEnd = () => {
    const log = element.current;
    if (log !== null) log.scrollTop = log.scrollHeight;
  };

  /** To the end, but not past the beginning of what came: an answer longer than the screen is read from its first word. */
  const follow = (fresh: number) => {
    const log = element.current;
    const messages = log?.querySelectorAll('.message') ?? [];
    const first = messages[messages.length - fresh];
    if (log === null || first === undefined) return;
    const end = log.scrollHeight - log.clientHeight;
    const top = first.getBoundingClientRect().top - log.getBoundingClientRect().top - gapPx;
    log.scrollTop = Math.min(end, log.scrollTop + Math.max(0, top));
    isFollowing.current = end - log.scrollTop < nearPx;
    setHasNews(!isFollowing.current && fresh > 1);
  };

  useLayoutEffect(() => {
    const known = items.findIndex((item) => item.key === drawn.current);
    drawn.current = last?.key;
    if (last?.author === 'contact') isFollowing.current = true;
    else if (isFollowing.current && known >= 0 && known < items.length - 1) return follow(items.length - 1 - known);
    if (isFollowing.current) toEnd();
    else if (last !== undefined) setHasNews(true);
  }, [last?.key, view.isLoaded]);

  useLayoutEffect(() => {
    const log = element.current;
    if (log === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => isFollowing.current && toEnd());
    observer.observe(log);
    if (inner.current !== null) observer.observe(inner.current); // a photo that loads pushes the end down
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const log = element.current;
    if (log === null) return;
    const isNear = log.scrollHeight - log.scrollTop - log.clientHeight < nearPx;
    // A photo that loads takes the end away under a reader who followed it: only going up is leaving.
    if (isNear || log.scrollTop < at.current) isFollowing.current = isNear;
    at.current = log.scrollTop;
    if (isNear) setHasNews(false);
  };

  return (
    <div class="log-area">
      <div
        class="log"
        role="log"
        aria-label={text.messages}
        aria-live={view.isLoaded ? 'polite' : 'off'}
        aria-busy={!view.isLoaded}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        ref={element}
        onScroll={onScroll}
      >
        <div class="items" ref={inner}>
          <div class="intro">
            <p>
              <RichText text={text.welcome} />
            </p>
            {view.isLoaded && items.length === 0 && (
              <div class="starters">
                {text.starters.split('|').map((question) => (
                  <button type="button" key={question} onClick={() => onStart(question)}>
                    {question}
                  </button>
                ))}
              </div>
            )}
            <p class="privacy">{text.privacy}</p>
          </div>
          {!view.isLoaded && items.length === 0 && view.connection !== 'offline' && <p class="day">{text.loading}</p>}
          {daysOf(rowsOf(items), { today: text.today, yesterday: text.yesterday, language, now: Date.now() }).map((entry) =>
            'day' in entry ? (
              <p class="day" key={entry.day}>
                {entry.day}
              </p>
            ) : (
              <Bubble key={entry.item.key} row={entry} {...parts} />
            ),
          )}
        </div>
      </div>
      {hasNews && (
        <button type="button" class="news" onClick={toEnd}>
          {text.newMessages} ↓
        </button>
      )}
    </div>
  );
}
