// A desk on the in-memory store, with a hand-written matcher, channel and clock: the rules' tests talk to it like a citizen and an officer.
import { Writable } from 'node:stream';
import type { Conversation, Officer } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/message.ts';
import { createDesk } from '../../src/desk/desk.ts';
import type { PermitConnector } from '../../src/desk/permitConnectorPort.ts';
import type { Answer, Capabilities, Channel, Files, Nlu, OutboundMessage, Realtime, Store } from '../../src/desk/ports.ts';
import { createMemoryStore } from './memoryStore.ts';
import { until } from './until.ts';

export const answers: Record<string, Answer> = {
  'nib.apa': plain('nib.apa', 'NIB adalah nomor induk berusaha.'),
  'pbg.apa': plain('pbg.apa', 'PBG menggantikan IMB.'),
  sapa: { ...plain('sapa', 'Selamat datang. Mau tanya izin apa?'), smalltalk: true, source: null },
  'minta-petugas': { ...plain('minta-petugas', 'Baik.'), handoff: 'now', source: null },
  'kantor.jam': {
    ...plain('kantor.jam', 'Buka {kantor.jam}.'),
    facts: ['kantor.jam'],
    unconfirmed: 'Jam layanan belum dikonfirmasi.',
  },
};

function plain(intent: string, text: string): Answer {
  const source = { name: 'FAQ', checked: '2026-11-01', legal: 'PP 28/2025' };
  return {
    intent,
    title: intent,
    text,
    language: 'id',
    buttons: [],
    handoff: 'none',
    smalltalk: false,
    source,
    facts: [],
    reviewBy: null,
    unconfirmed: null,
  };
}

/** "nib" and "pbg" are questions, both together are unclear, "halo selamat" greets, "meledak" makes the matcher fail. */
export const simpleNlu: Nlu = {
  isReady: () => true,
  version: () => 'v1',
  problems: () => [],
  understand(text) {
    if (text.includes('meledak')) throw new Error('matcher down');
    const has = (word: string) => text.toLowerCase().includes(word);
    const found = [
      ['nib', 'nib.apa'],
      ['pbg', 'pbg.apa'],
      ['selamat', 'sapa'],
      ['sambungkan', 'minta-petugas'],
      ['jam', 'kantor.jam'],
    ].filter(([word]) => has(word ?? ''));
    const guesses = found.map(([, intent]) => ({ intent: intent ?? '', score: 0.9 }));
    return {
      zone: guesses.length === 0 ? 'none' : guesses.length === 1 ? 'answer' : 'ask',
      guesses,
      also: null,
      elsewhere: null,
      language: 'id',
    };
  },
  answer: (intent) => answers[intent] ?? null,
  label: (intent) => (answers[intent] ? intent : null),
  reviews: () => [],
  facts: () => ({ 'kantor.alamat': { title: 'Alamat', value: 'Jl. Cianjur No. 34', source: 'kop surat' } }),
};

interface Said {
  from?: string;
  button?: string;
  kind?: Message['kind'];
  externalId?: string;
  isBot?: boolean;
  isGroup?: boolean;
  phone?: string;
  /** In the same millisecond as what happened last. */
  sameMoment?: boolean;
}

export interface Kit {
  desk: ReturnType<typeof createDesk>;
  store: Store;
  /** What reached the citizen, in order. */
  sent: OutboundMessage[];
  /** Moves the clock and lets due work happen. */
  pass(ms: number): Promise<void>;
  now(): number;
  /** Resolves when nothing is being worked on or sent. */
  settled(): Promise<void>;
  /** Moves the clock and does nothing else; may go back. */
  tick(ms: number): void;
  /** A citizen writes; resolves when the message is stored and its turn was looked at. */
  says(text: string, options?: Said): Promise<Message>;
  /** The same, but resolves as soon as the message is stored. */
  arrives(text: string, options?: Said): Promise<Message>;
  /** The texts that reached this citizen since the last call. */
  heard(from?: string): Promise<string[]>;
  officer(name: string, options?: { role?: Officer['role']; teamIds?: string[]; duty?: Officer['duty'] }): Promise<Officer>;
  conversationId(from?: string): Promise<string>;
  /** What `channel.send` does next; throw to fail. */
  onSend: { current: (out: OutboundMessage) => Promise<{ externalId: string | null }> };
  places: { conversationId: string; ahead: number | null }[];
  /** What the desk wrote since the last call: the conversation as it was then, with its new messages. */
  written(): { conversation: Conversation; messages: Message[] }[];
}

/** Kits that share a store must not use each other's ids. */
let kits = 0;

export const quietRealtime: Realtime = { changed() {}, status() {}, place() {}, typing() {}, duty() {}, alarms() {}, cut() {} };

export async function createKit(
  options: {
    store?: Store;
    nlu?: Nlu;
    files?: Files;
    /** What the kit's channel can send. */
    maxFileBytes?: number;
    repeatable?: boolean;
    greetingWaitMs?: number;
    startAt?: number;
    capabilities?: Partial<Capabilities>;
    log?: (...line: unknown[]) => void;
    invite?: Channel['invite'];
    forget?: Channel['forget'];
    connectors?: PermitConnector[];
    nodeId?: string;
  } = {},
): Promise<Kit> {
  const store = options.store ?? createMemoryStore();
  let time = options.startAt ?? Date.UTC(2026, 10, 25, 3, 0, 0);
  let counter = 0;
  kits += 1;
  const kitNumber = kits;
  const sent: OutboundMessage[] = [];
  const told = new Map<string, number>();
  const places: Kit['places'] = [];
  let changes: ReturnType<Kit['written']> = [];
  const onSend: Kit['onSend'] = { current: async () => ({ externalId: `x${sent.length}` }) };
  const channel: Channel = {
    name: 'shell',
    accountId: 'a',
    capabilities: {
      ...{ buttons: true, typing: false, maxTextLength: 400, repeatable: options.repeatable ?? false, oneThread: false },
      ...(options.maxFileBytes !== undefined && { maxFileBytes: options.maxFileBytes }),
      ...options.capabilities,
    },
    start: async () => {},
    stop: async () => {},
    async send(out) {
      const result = await onSend.current(out);
      sent.push(out);
      return result;
    },
    health: () => ({ state: 'ready', since: 0, detail: null }),
    ...(options.invite && { invite: options.invite }),
    ...(options.forget && { forget: options.forget }),
    isGroup: (externalId) => externalId.startsWith('grup'),
  };
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const keep = (...line: unknown[]) => {
    options.log?.(...line);
    return silent;
  };
  const log = { info: keep, warn: keep, error: keep };
  const desk = createDesk({
    store,
    nlu: options.nlu ?? simpleNlu,
    realtime: {
      ...quietRealtime,
      changed: ({ conversation, messages }) => changes.push({ conversation, messages }),
      place: (c, place) => places.push({ conversationId: c.id, ahead: place?.ahead ?? null }),
    },
    files: options.files ?? { save: async () => 'refused', read: async () => null, remove: async () => {}, prune: async () => 0 },
    channels: [channel],
    clock: { now: () => time },
    log,
    meter: { message() {}, answered() {}, delivered() {} },
    timeZone: 'Asia/Jakarta',
    nodeId: options.nodeId ?? 'n1',
    isOnlyNode: false,
    uploadMaxBytes: 1000,
    ...(options.connectors && { connectors: options.connectors }),
  });
  const settled = async () => {
    // The outbox claims on the next turn of the event loop.
    for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
    await desk.idle();
    await until('nothing is being sent', async () => {
      const depth = await store.outbox.depth();
      return depth.sending === 0;
    });
  };
  const kit: Kit = {
    desk,
    store,
    sent,
    places,
    onSend,
    now: () => time,
    settled,
    async pass(ms) {
      time += ms;
      await desk.sweep();
      await settled();
    },
    written() {
      const fresh = changes;
      changes = [];
      return fresh;
    },
    tick(ms) {
      time += ms;
    },
    async says(text, said) {
      const message = await kit.arrives(text, said);
      await settled();
      return message;
    },
    async arrives(
      text,
      { from = 'warga', button, kind = 'text', externalId, isBot = false, isGroup, phone, sameMoment = false } = {},
    ) {
      if (!sameMoment) time += 1;
      counter += 1;
      const stored = await desk.intake.message({
        channel: 'shell',
        accountId: 'a',
        externalId: externalId ?? `${kitNumber}:${counter}`,
        from: { externalId: from, name: `Nama ${from}`, phone: phone ?? null, isBot, ...(isGroup && { isGroup }) },
        kind,
        text,
        attachments: [],
        button: button ?? null,
        clientMessageId: null,
        sentAt: time,
      });
      return stored.message;
    },
    async heard(from = 'warga') {
      await until('nothing is pending', async () => (await store.outbox.depth()).pending === 0 || onSend.current.name === 'down');
      await settled();
      const all = sent.filter((out) => out.contact.externalId === from).map((out) => out.message.text);
      const fresh = all.slice(told.get(from) ?? 0);
      told.set(from, all.length);
      return fresh;
    },
    async officer(name, { role = 'officer', teamIds = [], duty = 'on' } = {}) {
      const made = await store.officers.create(
        { id: `o_${name}`, name, email: `${name.toLowerCase()}@example.go.id`, role, passwordHash: 'x', teamIds, now: time },
        false,
      );
      if (typeof made === 'string') throw new Error(made);
      const updated = await store.officers.update(made.id, { duty, lastInputAt: time, lastSeenAt: time });
      return updated ?? made;
    },
    async conversationId(from = 'warga') {
      const found = await store.contacts.find({ channel: 'shell', accountId: 'a', externalId: from });
      const opened = await store.conversations.open({
        contact: { channel: 'shell', accountId: 'a', externalId: from, name: null, phone: null },
        newContactId: found?.id ?? `p_${from}`,
        newConversationId: `c_${from}`,
        reuseClosedSince: 0,
        now: time,
      });
      return opened.conversation.id;
    },
  };
  await store.settings.put('office', { rules: { greetingWaitMs: options.greetingWaitMs ?? 2500 } }, 0, {
    id: 'setup',
    at: time,
    actor: 'test',
    action: 'settings',
    subject: 'office',
    detail: null,
  });
  await desk.start();
  return kit;
}

/** @returns this citizen's conversation as it is stored now. */
export async function conversationOf(kit: Kit, from?: string): Promise<Conversation> {
  const seat = await kit.store.conversations.get(await kit.conversationId(from));
  if (seat === null) throw new Error('no conversation');
  return seat.conversation;
}

/** Queued, then held by this officer; what was said until then is heard. */
export async function held(kit: Kit, by: Officer, from?: string): Promise<string> {
  await kit.says('petugas', from === undefined ? {} : { from });
  const id = await kit.conversationId(from);
  await kit.desk.officer.claim(by, id);
  await kit.heard(from);
  return id;
}
