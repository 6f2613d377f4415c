// A list of conversations of any length: only the rows in view are drawn, and their order holds still while somebody points at them.
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ConversationRow, ConversationView } from '../../src/contract/conversation.ts';
import { t } from '../logic/language.ts';
import { countChanges, type Group, inView, layOut, ROW_PX, withFurther } from '../logic/listing.ts';
import { Row } from './Row.tsx';
import { useWorkplace } from './useWorkplace.ts';

const groupNames: Record<Group, string> = {
  answer: t('Perlu dibalas', 'To answer'),
  wait: t('Menunggu warga', 'Waiting for the citizen'),
};
/** Pages are fetched this many rows before the end comes into view. */
const AHEAD = 40;

/**
 * @param rows in the order of the list as it is now
 * @param more fetches the next page; null when all is here
 */
export function List(props: {
  rows: ConversationRow[];
  view: ConversationView | 'found';
  selected: string | null;
  more: (() => void) | null;
  /** The next page did not come. */
  stalled?: { why: string; resume: () => void } | null;
  /** Stands where no row does. */
  empty?: ComponentChildren;
}) {
  const workplace = useWorkplace();
  const { view, selected, more, stalled } = props;
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, height: 800 });
  const [held, setHeld] = useState<ConversationRow[] | null>(null);
  const rows = held ?? props.rows;
  // Worked out when the rows change, not at every step of the scrolling.
  const layout = useMemo(() => layOut(view, rows), [view, rows]);
  const changes = useMemo(() => (held === null ? 0 : countChanges(held, props.rows)), [held, props.rows]);
  const items = inView(layout, place.top, place.top + place.height);

  useLayoutEffect(() => {
    workplace.shown.ids = layout.items.flatMap((item) => (item.kind === 'row' ? [item.row.id] : []));
  }, [workplace, layout]);
  // Who scrolls points at the list: the next page must not wait until the pointer leaves.
  useLayoutEffect(() => setHeld((known) => known && withFurther(known, props.rows)), [props.rows]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const watcher = new ResizeObserver(() => setPlace({ top: element.scrollTop, height: element.clientHeight }));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    if (more !== null && place.top + place.height > layout.height - AHEAD * ROW_PX) more();
  }, [more, place, layout.height]);
  // What the keyboard goes to comes into view.
  useLayoutEffect(() => {
    const item = layout.items.find((one) => one.kind === 'row' && one.row.id === selected);
    const element = box.current;
    if (item === undefined || element === null) return;
    if (item.top < element.scrollTop) element.scrollTop = item.top;
    else if (item.top + ROW_PX > element.scrollTop + element.clientHeight)
      element.scrollTop = item.top + ROW_PX - element.clientHeight;
  }, [selected]);

  const hold = () => setHeld((known) => known ?? props.rows);
  const letGo = () => setHeld(null);
  return (
    <div
      class="rows-place"
      ref={box}
      onScroll={(event) => setPlace({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
      onPointerEnter={(event) => event.pointerType === 'mouse' && hold()}
      onPointerLeave={letGo}
      onFocusIn={(event) => event.target instanceof Element && event.target.matches(':focus-visible') && hold()}
      onFocusOut={(event) => {
        if (!event.currentTarget.matches(':hover')) letGo();
      }}
    >
      {changes > 0 && (
        <button type="button" class="rows-hint" onClick={letGo}>
          <span>
            {changes} {t('perubahan · tampilkan', changes === 1 ? 'change · show' : 'changes · show')}
          </span>
        </button>
      )}
      {rows.length === 0 && props.empty}
      <ul class="rows-space" style={{ height: `${layout.height + (more === null ? 0 : ROW_PX)}px` }}>
        {items.map((item) =>
          item.kind === 'head' ? (
            <li key={item.group} class="rows-head" style={{ top: `${item.top}px` }}>
              {groupNames[item.group]} ({item.count})
            </li>
          ) : (
            <li
              key={item.row.id}
              style={{ top: `${item.top}px` }}
              aria-setsize={more === null ? rows.length : -1}
              aria-posinset={item.position + 1}
            >
              <Row
                row={held === null ? item.row : (workplace.inbox.latest(item.row.id) ?? item.row)}
                view={view === 'found' ? workplace.view.value : view}
                isSelected={item.row.id === selected}
              />
            </li>
          ),
        )}
        {more !== null && !stalled && <li class="skeleton" aria-hidden="true" style={{ top: `${layout.height}px` }} />}
        {stalled && (
          <li class="rows-stalled" style={{ top: `${layout.height}px` }}>
            <span role="alert">{stalled.why}</span>{' '}
            <button type="button" class="link" onClick={stalled.resume}>
              {t('Muat lagi', 'Load again')}
            </button>
          </li>
        )}
      </ul>
    </div>
  );
}
