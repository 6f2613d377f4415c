// Guards against too much talk: a sender who floods, and a bot at the other end that answers ours for ever. Pure; the clock is passed in.
import { createHash } from 'node:crypto';

const minuteMs = 60_000;

export interface FloodGuard {
  /**
   * Counts one message of a sender.
   * @param key names the sender, never an IP address: a whole hall may share one
   * @returns `ok`: answer it · `notice`: the first one too many, say so once · `quiet`: store it, say nothing
   */
  take(key: string): 'ok' | 'notice' | 'quiet';
}

/**
 * @param options `perMinute` is asked each time, so that a changed setting takes effect at once; `maxKeys`: the sender
 *   longest unheard is forgotten when one more is needed; `now` in epoch ms
 */
export function createFloodGuard(options: { perMinute: () => number; maxKeys: number; now: () => number }): FloodGuard {
  const senders = new Map<string, { tokens: number; at: number; isTold: boolean }>();

  return {
    take(key) {
      const now = options.now();
      const perMinute = options.perMinute();
      const last = senders.get(key) ?? { tokens: perMinute, at: now, isTold: false };
      const tokens = Math.min(perMinute, last.tokens + (Math.max(0, now - last.at) * perMinute) / minuteMs);
      const isOk = tokens >= 1;
      // The burst is over when half of the allowance is back: only then may there be another notice.
      const isTold = last.isTold && tokens < perMinute / 2;
      remember(senders, options.maxKeys, key, { tokens: isOk ? tokens - 1 : tokens, at: now, isTold: isTold || !isOk });
      if (isOk) return 'ok';
      return isTold ? 'quiet' : 'notice';
    },
  };
}

export interface LoopGuard {
  /** A citizen's message arrived. */
  inbound(conversationId: string, text: string): LoopVerdict;
  /** The bot is about to reply. */
  reply(conversationId: string): LoopVerdict;
}
/** `stop`: this looks like two bots; hand over and reply no more · `quiet`: still so, already told. */
type LoopVerdict = 'ok' | 'stop' | 'quiet';

const replyWindowMs = 5 * minuteMs;
/** No person sends the same words five times in a row. */
const maxRepeats = 5;
const repeatWindowMs = 2 * minuteMs;
/** How long a stopped conversation stays quiet before counting begins anew. */
const quietMs = replyWindowMs;

interface Talk {
  replies: number[];
  /** Of the last inbound text: nothing a citizen wrote stays here. */
  hash: string;
  repeats: number[];
  quietUntil: number;
}

/**
 * Detects ping-pong: more than `maxReplies` bot replies in 5 minutes, or the same inbound text 5 times in a row within 2 minutes.
 *
 * @param options `maxReplies` is asked each time; `maxKeys`: conversations remembered; `now` in epoch ms
 */
export function createLoopGuard(options: { maxReplies: () => number; maxKeys: number; now: () => number }): LoopGuard {
  const talks = new Map<string, Talk>();

  function count(conversationId: string, add: (talk: Talk, now: number) => boolean): LoopVerdict {
    const now = options.now();
    const talk = talks.get(conversationId) ?? fresh(0);
    remember(talks, options.maxKeys, conversationId, talk);
    if (now < talk.quietUntil) return 'quiet';
    if (!add(talk, now)) return 'ok';
    talks.set(conversationId, fresh(now + quietMs));
    return 'stop';
  }

  return {
    inbound: (conversationId, text) =>
      count(conversationId, (talk, now) => {
        // Stickers and files have no words to compare.
        if (text.trim() === '') return false;
        const hash = createHash('sha256').update(text).digest('base64');
        talk.repeats = hash === talk.hash ? [...since(talk.repeats, now - repeatWindowMs), now] : [now];
        talk.hash = hash;
        return talk.repeats.length >= maxRepeats;
      }),
    reply: (conversationId) =>
      count(conversationId, (talk, now) => {
        talk.replies = [...since(talk.replies, now - replyWindowMs), now];
        return talk.replies.length > options.maxReplies();
      }),
  };
}

const fresh = (quietUntil: number): Talk => ({ replies: [], hash: '', repeats: [], quietUntil });
const since = (times: number[], start: number): number[] => times.filter((time) => time > start);

/** Puts the key at the young end of the map and drops the oldest one when there are too many. */
function remember<T>(map: Map<string, T>, maxKeys: number, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= maxKeys) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
