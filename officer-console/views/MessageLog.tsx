// The messages of the open conversation, newest at the bottom, with our unsent ones behind them.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../logic/language.ts';
import type { Room } from '../logic/rooms.ts';
import { day, dayKey } from '../logic/words.ts';
import { Earlier } from './Earlier.tsx';
import { EchoItem } from './EchoItem.tsx';
import { MessageItem } from './MessageItem.tsx';
import { useWorkplace } from './useWorkplace.ts';

/** Drawn at once; older ones on request. */
const STEP = 150;
const NEAR_BOTTOM_PX = 80;

export function MessageLog({ room }: { room: Room }) {
  const { texts } = useWorkplace();
  const [shown, setShown] = useState(STEP);
  const box = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const at = useRef(0);
  const [hasNew, setHasNew] = useState(false);
  const echoes = texts.echoes.value.filter((echo) => echo.conversationId === room.id);
  const messages = room.log.messages.slice(-shown);
  const last = room.log.messages[room.log.messages.length - 1];
  const tail = `${last?.id}:${echoes.length}`;

  const toBottom = () => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (echoes.some((echo) => echo.state !== 'failed')) toBottom();
    else if (!sticks.current) setHasNew(true);
  }, [tail]);
  // What was at the bottom stays there, whatever was drawn (a message that turns out failed grows).
  useLayoutEffect(() => {
    if (sticks.current) toBottom();
  });
  // The same when the composer grows or shrinks.
  useEffect(() => {
    if (box.current === null) return;
    const watcher = new ResizeObserver(() => sticks.current && toBottom());
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);

  return (
    <div class="log-place">
      <div
        class="log"
        ref={box}
        role="log"
        aria-label={t('Pesan', 'Messages')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          const isNear = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
          // A picture that loads takes the bottom away under who was there: only going up is leaving.
          if (isNear || scrollTop < at.current) sticks.current = isNear;
          at.current = scrollTop;
          if (isNear) setHasNew(false);
        }}
        onLoadCapture={() => sticks.current && toBottom()}
      >
        {shown < room.log.messages.length ? (
          <button type="button" class="button more" onClick={() => setShown(shown + STEP)}>
            {t('Tampilkan pesan sebelumnya', 'Show earlier messages')}
          </button>
        ) : (
          !room.log.behind && <Earlier conversationId={room.id} />
        )}
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const isNewDay = before === undefined || dayKey(before.createdAt) !== dayKey(message.createdAt);
          return (
            <div key={message.id} class="log-entry">
              {isNewDay && <p class="log-day">{day(message.createdAt)}</p>}
              <MessageItem message={message} />
            </div>
          );
        })}
        {echoes.map((echo) => (
          <EchoItem key={echo.clientMessageId} echo={echo} seq={room.row?.seq ?? 0} />
        ))}
        {room.log.behind && <p class="log-day">{t('Memuat pesan…', 'Loading…')}</p>}
      </div>
      {hasNew && (
        <button type="button" class="button log-new" onClick={toBottom}>
          {t('Ada pesan baru', 'New messages')} ↓
        </button>
      )}
    </div>
  );
}
