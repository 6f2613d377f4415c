// Whom the panel believes that it is shown: the page that embeds it, at the origin its loader named, and nobody else.
import { createHostFrame } from '../../web-widget/hostFrame.ts';

type Heard = { source: unknown; origin: string; data: unknown };
const site = 'https://situs.example';

function embedded(hostOrigin: string | null) {
  const posted: [message: unknown, to: string][] = [];
  const parent = { postMessage: (message: unknown, to: string) => void posted.push([message, to]) };
  let hear = (_: Heard): void => undefined;
  Object.assign(globalThis, {
    window: { parent },
    document: { visibilityState: 'visible', addEventListener: () => undefined },
    addEventListener: (_name: string, listener: typeof hear) => {
      hear = listener;
    },
  });
  const changed = jest.fn();
  const frame = createHostFrame({ hostOrigin, changed });
  return {
    frame,
    parent,
    posted,
    changed,
    hear: (event: Partial<Heard>) =>
      hear({ source: parent, origin: site, data: { loket: 'visible', isVisible: true }, ...event }),
  };
}

describe('the panel in a page', () => {
  it('When that page shows it, then it is visible; hidden again it is not', () => {
    const { frame, hear, changed } = embedded(site);
    expect(frame.isVisible()).toBe(false);
    hear({});
    expect([frame.isVisible(), changed.mock.calls.length]).toEqual([true, 1]);
    hear({ data: { loket: 'visible', isVisible: false } });
    expect(frame.isVisible()).toBe(false);
  });

  it.each<[string, Partial<Heard>]>([
    ['another origin in the same window', { origin: 'https://lain.example' }],
    ['another window of that origin', { source: {} }],
    ['something that is no message of the loader', { data: { loket: 'visible', isVisible: 'ya' } }],
  ])('When it is told so by %s, then nothing changes', (_who, event) => {
    const { frame, hear, changed } = embedded(site);
    hear(event);
    expect([frame.isVisible(), changed.mock.calls.length]).toEqual([false, 0]);
  });

  it('When it says something, then only that origin may hear it; when no loader named one, then nobody does, and nobody is believed', () => {
    const { frame, posted } = embedded(site);
    frame.unread(2);
    expect(posted).toEqual([
      [{ loket: 'ready' }, site],
      [{ loket: 'unread', count: 2 }, site],
    ]);
    const alone = embedded(null);
    alone.frame.close();
    alone.hear({ origin: 'null' });
    expect([alone.posted, alone.frame.isVisible()]).toEqual([[], false]);
  });
});
