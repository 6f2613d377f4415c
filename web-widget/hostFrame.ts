// The panel's side of the talk with the host page that embeds it; alone in a tab the panel is simply visible.
import { type FromPanel, parseFromLoader } from './frameMessages.ts';

export interface HostFrame {
  isEmbedded: boolean;
  /** Asks the host page to close the panel. */
  close(): void;
  unread(count: number): void;
  isVisible(): boolean;
  /** Runs each time the host page shows the panel. @returns a function that ends it */
  whenShown(run: () => void): () => void;
}

/**
 * @param options `hostOrigin` the embedding page's origin as its loader told it; a message goes to and is taken from no
 *   other. (Which sites may embed the panel at all is the server's `frame-ancestors`.) `changed` visibility may have changed
 */
export function createHostFrame(options: { hostOrigin: string | null; changed: () => void }): HostFrame {
  const { hostOrigin, changed } = options;
  const isEmbedded = window.parent !== window;
  let isShown = !isEmbedded;
  const shown = new Set<() => void>();

  const post = (message: FromPanel): void => {
    if (isEmbedded && hostOrigin !== null) window.parent.postMessage(message, hostOrigin);
  };

  addEventListener('message', (event) => {
    if (!isEmbedded || event.source !== window.parent || event.origin !== hostOrigin) return;
    const message = parseFromLoader(event.data);
    if (message === null) return;
    const isOpening = message.isVisible && !isShown;
    isShown = message.isVisible;
    if (isOpening) for (const run of shown) run();
    changed();
  });
  document.addEventListener('visibilitychange', changed);
  post({ loket: 'ready' });

  return {
    isEmbedded,
    close: () => post({ loket: 'close' }),
    unread: (count) => post({ loket: 'unread', count }),
    isVisible: () => isShown && document.visibilityState === 'visible',
    whenShown(run) {
      shown.add(run);
      if (isEmbedded && isShown) run(); // the page was quicker than the view
      return () => shown.delete(run);
    },
  };
}
