// The panel's connection: a session, the socket while it holds, and the plain HTTP door when nothing else gets through.
import type { Connection, ConnectionEvents } from './chat.ts';
import { createDoor } from './door.ts';
import { forgetSession, openSession, visitorOf } from './session.ts';
import type { Link } from './socket.ts';
import type { KeyValue } from './storage.ts';

/** Without a socket for so long the plain door is used, ms: long enough for a slow phone to connect, short enough to wait. */
const doorAfterMs = 5_000;
/** The socket client is fetched beside the panel, which must not wait for it; a fetch that failed is tried again after this, ms. */
const refetchMs = 15_000;
/** How often the door asks for news while the panel is in sight, and while it is not; ms. */
const beatMs = { visible: 3_000, hidden: 20_000 };

/**
 * Connects at once and keeps trying.
 * @param options `base` the address the widget is served from (`…/widget/`); `events` what is heard;
 *   `limit` is told the largest file the server takes, bytes
 */
export function createConnection(options: {
  base: URL;
  storage: KeyValue;
  events: ConnectionEvents;
  limit: (uploadMaxBytes: number) => void;
}): Connection {
  const { base, storage, events } = options;
  let token = '';
  let refusals = 0;
  let isStarting = false;
  let startTimer: ReturnType<typeof setTimeout> | undefined;
  let doorTimer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the plain door stands in for the socket, and whether it answered last time. */
  let isDoorUsed = false;
  let isDoorUp = false;

  const door = createDoor({ base, token: () => token });
  let link: Link | null = null;
  const isLinked = (): boolean => link?.isUp() ?? false;

  const linkParts: Parameters<typeof import('./socket.ts').createLink>[0] = {
    base,
    token: () => token,
    events,
    up() {
      refusals = 0;
      leaveDoor();
      tell();
    },
    down(byServer) {
      watchForDoor();
      tell();
      if (byServer) startLater();
    },
    refused(why) {
      if (why === 'unauthorized') forgetSession(storage, token);
      startLater();
    },
    failed: tell,
  };

  function loadLink(): void {
    import('./socket.ts').then(
      ({ createLink }) => {
        link = createLink(linkParts);
        if (token === '') link.prepare();
        else link.open();
      },
      () => setTimeout(loadLink, refetchMs), // the plain door stands in
    );
  }

  const isUp = (): boolean => isLinked() || (isDoorUsed && isDoorUp);
  function tell(): void {
    events.connection(isUp() ? 'online' : navigator.onLine ? 'connecting' : 'offline');
  }

  // ---- session ----

  async function start(): Promise<void> {
    if (isStarting) return;
    isStarting = true;
    clearTimeout(startTimer);
    try {
      const before = token;
      const session = await openSession({ base, storage });
      token = session.token;
      if (session.uploadMaxBytes !== null) options.limit(session.uploadMaxBytes);
      if (session.isAnew || (before !== '' && visitorOf(before) !== visitorOf(token))) events.anew();
      link?.open();
      watchForDoor();
    } catch {
      startLater();
    } finally {
      isStarting = false;
    }
  }

  function startLater(): void {
    tell();
    clearTimeout(startTimer);
    startTimer = setTimeout(() => void start(), Math.min(30_000, 1_000 * 2 ** refusals) * (0.75 + Math.random() / 2));
    refusals += 1;
  }

  /** Now rather than at the next planned attempt: the network or the visitor is back. */
  function hurry(): void {
    tell(); // a socket that slept through is asked for what is new, which also shows whether it lives
    if (isLinked() || !navigator.onLine) return;
    refusals = 0;
    if (token === '') void start();
    else link?.renew();
  }

  // ---- the plain door ----

  function watchForDoor(): void {
    if (isDoorUsed) return;
    clearTimeout(doorTimer);
    doorTimer = setTimeout(() => {
      isDoorUsed = !isLinked();
      if (isDoorUsed) beat();
    }, doorAfterMs);
  }

  function leaveDoor(): void {
    clearTimeout(doorTimer);
    isDoorUsed = false;
    isDoorUp = false;
  }

  function beat(): void {
    events.hint();
    doorTimer = setTimeout(() => isDoorUsed && beat(), document.visibilityState === 'visible' ? beatMs.visible : beatMs.hidden);
  }

  /** Notes whether the door answers; its first answer counts as being connected. */
  async function throughDoor<T extends { ok: boolean; code?: string }>(ask: () => Promise<T>): Promise<T> {
    const answer = await ask();
    const wasUp = isUp();
    isDoorUp = answer.ok || (answer.code !== 'away' && answer.code !== 'silent');
    if (answer.code === 'unauthorized') renewSession();
    if (isUp() !== wasUp) tell();
    return answer;
  }

  function renewSession(): void {
    forgetSession(storage, token);
    void start();
  }

  const away = { ok: false, code: 'away' } as const;

  addEventListener('online', hurry);
  addEventListener('offline', tell);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && hurry());

  loadLink();
  void start();
  return {
    async send(payload) {
      if (link?.isUp() === true) return link.send(payload);
      return isDoorUsed ? throughDoor(() => door.send(payload)) : away;
    },
    async since(rev) {
      if (link?.isUp() === true) return link.since(rev);
      return isDoorUsed ? throughDoor(() => door.since(rev)) : away;
    },
    async upload(entry, blob, progress, signal) {
      if (!isUp()) return away;
      const answer = await door.upload(entry, blob, progress, signal);
      if (!answer.ok && answer.code === 'unauthorized') renewSession();
      // The socket may be up all the while: nothing but time brings the next attempt.
      return !answer.ok && answer.code === 'away' ? { ok: false, code: 'silent' } : answer;
    },
    apps: door.apps,
    link: door.link,
    fetchFile: (attachmentId) => door.fetchFile(attachmentId),
    async erase() {
      if (!(await door.erase())) return false;
      forgetSession(storage, token);
      link?.close();
      void start();
      return true;
    },
    typing: () => link?.typing(),
    seen: (ids) => link?.seen(ids),
  };
}
