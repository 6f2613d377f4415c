// Everything one signed-in officer works with, wired at sign-in and taken down at sign-out.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ConversationView, Officer } from '../../src/contract/conversation.ts';
import type { ChannelNews } from '../../src/contract/templates.ts';
import type { Canned, Present, Suggestion } from '../../src/contract/workplace.ts';
import type { Api } from '../api.ts';
import { createLink } from '../link.ts';
import { createAlerts } from '../logic/alerts.ts';
import type { Shelf } from '../logic/keep.ts';
import { createRooms, type Room } from '../logic/rooms.ts';
import type { Filter } from '../logic/route.ts';
import { hurry } from '../logic/window.ts';
import { type Actions, createActions } from './actions.ts';
import { type Alarms, createAlarms } from './alarms.ts';
import { createGuesses } from './guesses.ts';
import { createHere } from './here.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { createPeople, type People } from './people.ts';
import { createSounder, type Sounder } from './sounder.ts';
import { createTexts, type Texts } from './texts.ts';
import { createTopics } from './topics.ts';

export interface Workplace {
  api: Api;
  people: People;
  alarms: Alarms;
  inbox: Inbox;
  /** The open conversation; null when none is. */
  room: ReadonlySignal<Room | null>;
  texts: Texts;
  actions: Actions;
  online: ReadonlySignal<boolean>;
  /** Ticks often enough for waiting times. Epoch ms. */
  now: ReadonlySignal<number>;
  view: ReadonlySignal<ConversationView>;
  /** Whether the citizen of the open conversation is writing. */
  typing: ReadonlySignal<boolean>;
  /** Colleagues who have the open conversation open too. */
  present: ReadonlySignal<Present[]>;
  /** The bot's guesses for the open conversation; null until they are here. */
  guesses: ReadonlySignal<Suggestion[] | null>;
  /** What an intent is called; null while that is not known. */
  topicOf: (intent: string | null) => string | null;
  canned: ReadonlySignal<Canned>;
  /** What each channel can do; empty until it is known. */
  channels: ReadonlySignal<ChannelNews[]>;
  sounder: Sounder;
  /** Rises when the officer asks for canned replies from the keyboard. */
  asksCanned: Signal<number>;
  /** Conversations in the order they stand on the screen, for the keyboard. */
  shown: { ids: string[] };
  /** One sentence for the officer; null when there is none. */
  notice: Signal<string | null>;
  show(view: ConversationView, conversationId: string | null, filter?: Filter): void;
  /** Canned replies were changed. */
  loadCanned(): Promise<void>;
  /** The officer types a reply. */
  typed(conversationId: string): void;
  /** The officer touched keyboard or pointer. */
  touched(): void;
  /** @param forget also throws away drafts and unsent messages kept in this browser */
  stop(forget: boolean): void;
}

interface Typing {
  conversationId: string;
  until: number;
}

const lostFile: { ok: false; code: 'gone'; message?: string } = { ok: false, code: 'gone' };
const TICK_MS = 5000;
const REFRESH_MS = 60_000;
/** A console nobody touches asks nothing by itself: that would keep its session alive for ever. */
const UNTOUCHED_MS = 10 * 60_000;
const TYPING_SHOWN_MS = 6000;
const TYPING_TOLD_MS = 3000;
const TOUCHED_TOLD_MS = 60_000;

/**
 * @param shelf where drafts are kept
 * @param refused the server does not accept our session any more
 */
export function createWorkplace(options: { officer: Officer; api: Api; shelf: Shelf; refused: () => void }): Workplace {
  const { officer, api, shelf, refused } = options;
  const online = signal(true);
  const now = signal(Date.now());
  const view = signal<ConversationView>('queue');
  const typist = signal<Typing | null>(null);
  const notice = signal<string | null>(null);
  const room = signal<Room | null>(null);
  const people = createPeople({ api, officer });
  const present = signal<{ conversationId: string; present: Present[] } | null>(null);
  const canned = signal<Canned>({ replies: [], tags: [] });
  const channels = signal<ChannelNews[]>([]);
  const sounder = createSounder(shelf);
  const alerts = createAlerts({ officerId: officer.id, now: Date.now });
  const inbox = createInbox({
    api,
    officerId: officer.id,
    hurry: (row) => hurry(row, channels.peek(), Date.now()),
    told: (rows, first) => {
      if (first) return alerts.learn(rows);
      const openId = document.hasFocus() ? (room.peek()?.id ?? null) : null;
      const { alerts: worth, sound } = alerts.look(rows, openId, people.me.peek().duty);
      sounder.announce(worth, sound);
    },
  });

  const alarms = createAlarms(api);
  const link = createLink({
    answerWithin: 10_000,
    on: {
      online: () => {
        online.value = true;
        refresh(['queue', 'mine', 'all', 'closed']);
        void alarms.load();
        void loadChannels();
        rooms.rejoin();
        texts.resume();
      },
      offline: () => {
        online.value = false;
      },
      refused,
      'inbox:changed': ({ rows }) => {
        inbox.merge(rows);
        rooms.onRows(rows);
      },
      'conversation:changed': (change) => rooms.onChanged(change),
      typing: (who) => {
        if (who.officerId === null) typist.value = { conversationId: who.conversationId, until: Date.now() + TYPING_SHOWN_MS };
      },
      'presence:changed': (change) => {
        present.value = change;
      },
      'duty:changed': (change) => people.onDuty(change),
      'alarms:changed': (change) => alarms.onChanged(change),
    },
  });
  const texts = createTexts({
    shelf,
    officerId: officer.id,
    deliver: async ({ kind, conversationId, clientMessageId, text, seen, fileName }, file, progress) => {
      const answer = await (kind === 'note'
        ? api.note(conversationId, { clientMessageId, text })
        : fileName === null
          ? link.send({ conversationId, clientMessageId, text, seen: seen ?? undefined })
          : file === null
            ? lostFile
            : api.sendFile(conversationId, file, { clientMessageId, seen }, progress));
      if (answer.ok) return answer;
      return { ok: false, code: answer.code, ...(answer.message !== undefined && { why: answer.message }) };
    },
    delivered: (message) => rooms.addMessage(message),
  });
  const rooms = createRooms({
    link,
    seen: (messages) => texts.settle(messages),
    changed: () => {
      room.value = rooms.current();
    },
    joined: (conversationId) => here.again(conversationId),
  });
  const guesses = createGuesses({ api, room, online });
  const here = createHere((state) => {
    const id = rooms.current()?.id;
    if (id !== undefined) link.here(id, state);
  });
  const loadCanned = async () => {
    const answer = await api.canned();
    if (answer.ok) canned.value = answer.canned;
  };
  const loadChannels = async () => {
    const answer = await api.channels();
    if (answer.ok) channels.value = answer.channels;
  };
  const actions = createActions({ api, inbox, rooms, people, notice });

  function refresh(views: ConversationView[]): void {
    for (const one of new Set(views)) void inbox.refresh(one);
    void people.load();
    void loadCanned();
  }
  let touchedAt = Date.now();
  const ticks = [
    setInterval(() => {
      now.value = Date.now();
      if (typist.value !== null && typist.value.until < now.value) typist.value = null;
    }, TICK_MS),
    // Hints can be lost: what the officer looks at is read again now and then.
    setInterval(() => {
      if (online.value && Date.now() - touchedAt < UNTOUCHED_MS) refresh(['queue', 'mine', view.value]);
    }, REFRESH_MS),
  ];
  const told = new Map<string, number>();
  const atMostEvery = (ms: number, what: string, tell: () => void) => {
    if (Date.now() - (told.get(what) ?? 0) < ms) return;
    told.set(what, Date.now());
    tell();
  };

  return {
    api,
    people,
    alarms,
    inbox,
    room,
    texts,
    actions,
    online,
    now,
    view,
    typing: computed(() => typist.value !== null && typist.value.conversationId === room.value?.id),
    present: computed(() =>
      present.value?.conversationId === room.value?.id
        ? (present.value?.present ?? []).filter((one) => one.officerId !== officer.id)
        : [],
    ),
    guesses: guesses.current,
    topicOf: createTopics(api),
    canned,
    channels,
    sounder,
    asksCanned: signal(0),
    shown: { ids: [] },
    loadCanned,
    notice,
    show: (nextView, conversationId, filter) => {
      if (filter !== undefined) inbox.setFilter(filter);
      if (nextView !== view.value) {
        view.value = nextView;
        void inbox.refresh(nextView);
      }
      // What was said about one conversation is not said beside another.
      if (room.value?.id !== conversationId) notice.value = null;
      rooms.show(conversationId);
    },
    typed: (conversationId) => {
      here.typed();
      atMostEvery(TYPING_TOLD_MS, 'typing', () => link.typing(conversationId));
    },
    touched: () => {
      touchedAt = Date.now();
      atMostEvery(TOUCHED_TOLD_MS, 'touched', () => link.touched());
    },
    stop: (forget) => {
      for (const tick of ticks) clearInterval(tick);
      here.stop();
      guesses.stop();
      rooms.show(null);
      link.close();
      if (forget) texts.forget();
    },
  };
}
