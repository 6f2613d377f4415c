// Any number of conversations, written straight into the store: for trials of lists and searches at size. The same seed gives the same data.
import type { ConversationPatch, Store } from '../../src/desk/storePort.ts';

const subjects = [
  'nib',
  'pbg',
  'slf',
  'reklame',
  'sip bidan',
  'sip perawat',
  'siup',
  'imb lama',
  'krk',
  'spanduk',
  'apotek',
  'parkir',
];
const asks = [
  'syarat',
  'biaya',
  'berapa lama',
  'cara urus',
  'status',
  'perpanjangan',
  'jadwal',
  'lokasi',
  'berkas kurang',
  'alasan ditolak',
];
const places = [
  'dago',
  'cicendo',
  'antapani',
  'ujungberung',
  'buahbatu',
  'sukajadi',
  'lengkong',
  'gedebage',
  'cibiru',
  'arcamanik',
];
const given = [
  'Asep',
  'Dewi',
  'Ujang',
  'Lilis',
  'Hendra',
  'Neng',
  'Yayan',
  'Fitri',
  'Dadang',
  'Rina',
  'Cecep',
  'Tati',
  'Agus',
  'Euis',
];
const family = [
  'Hidayat',
  'Suryani',
  'Permana',
  'Wijaya',
  'Kurnia',
  'Saputra',
  'Lestari',
  'Gunawan',
  'Nugraha',
  'Rahayu',
  'Maulana',
];
const syllables = [
  'ka',
  'ri',
  'mu',
  'sa',
  'ten',
  'wi',
  'lo',
  'pan',
  'gu',
  'ber',
  'di',
  'ang',
  'jo',
  'sul',
  'ma',
  'tir',
  'ne',
  'bu',
];

/** @returns numbers in 0..1, the same for the same seed (mulberry32) */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Words as languages have them: few often, many seldom. */
export function createTexts(random: () => number): () => string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const rare = Array.from({ length: 20_000 }, () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables)).join(''),
  );
  const word = () => rare[Math.floor(rare.length * random() ** 4)] ?? '';
  return () =>
    `${pick(asks)} ${pick(subjects)} di ${pick(places)} ${Array.from({ length: 2 + Math.floor(random() * 6) }, word).join(' ')}`;
}

export interface ManyRequest {
  conversations: number;
  /** Messages of each, by the citizen. */
  messagesEach: number;
  now: number;
  /** Who holds some of them. */
  officerIds: string[];
  /** None of them is closed. */
  allOpen?: boolean;
  /** Called now and then with how many are done. */
  progress?: (done: number) => void;
}

/** Conversations written at a time: the store joins them into few commits. */
const TOGETHER = 200;
const DAY = 86_400_000;

/** @returns how many messages were written */
export async function fillStore(
  store: Store,
  { conversations, messagesEach, now, officerIds, allOpen = false, progress }: ManyRequest,
): Promise<number> {
  const random = createRandom(20_261_125);
  const text = createTexts(random);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  let messages = 0;

  async function one(at: number): Promise<void> {
    const began = now - Math.floor(random() * 20 * DAY) - 3_600_000;
    const channel = random() < 0.5 ? 'web' : 'telegram';
    const contact = {
      channel: channel as 'web' | 'telegram',
      accountId: channel === 'web' ? 'default' : '111',
      externalId: `contoh-${at}`,
      name: channel === 'web' ? null : `${pick(given)} ${pick(family)}`,
      phone: channel === 'web' ? null : `+62812${String(10_000_000 + at).slice(-8)}`,
    };
    let conversationId = '';
    let rev = 0;
    const waits: string[] = [];
    for (let i = 0; i < messagesEach; i += 1) {
      const sentAt = began + i * 60_000;
      const id = `m_contoh_${at}_${i}`;
      const received = await store.conversations.receive({
        contact,
        newContactId: `p_contoh_${at}`,
        newConversationId: `c_contoh_${at}`,
        reuseClosedSince: Number.MAX_SAFE_INTEGER,
        now: sentAt,
        message: {
          id,
          externalId: `contoh-${at}-${i}`,
          clientMessageId: null,
          kind: 'text',
          text: text(),
          attachments: [],
          button: null,
          author: { kind: 'contact', id: null, name: null },
          sentAt,
        },
      });
      conversationId = received.conversation.id;
      rev = received.conversation.rev;
      waits.push(id);
      messages += 1;
    }
    await store.conversations.commit({
      conversationId,
      expectedRev: rev,
      patch: endOf(allOpen ? 0.6 + random() * 0.4 : random(), began + messagesEach * 60_000, pick(officerIds)),
      messages: [],
      cover: { ids: waits, by: 'none' },
      facts: [],
      audit: [],
      now: began + messagesEach * 60_000,
    });
  }

  for (let from = 0; from < conversations; from += TOGETHER) {
    const part = Array.from({ length: Math.min(TOGETHER, conversations - from) }, (_, at) => one(from + at));
    await Promise.all(part);
    progress?.(Math.min(from + TOGETHER, conversations));
  }
  return messages;
}

function endOf(share: number, at: number, officerId: string): ConversationPatch {
  if (share < 0.6) return { state: 'closed', closedAt: at, waitingSince: null };
  if (share < 0.8) return { state: 'bot', waitingSince: null };
  if (share < 0.9) return { state: 'queued', queuedAt: at, waitingSince: at, placeTold: 0, placeToldAt: at };
  return { state: 'officer', officerId, claimedAt: at, waitingSince: share < 0.95 ? at : null };
}
