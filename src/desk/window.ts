// The service window: how long after the citizen's last message a channel still takes a free text of ours. Pure; data in, data out.
import type { Conversation } from '../contract/conversation.ts';
import type { Capabilities } from './ports.ts';

type Windowed = Pick<Capabilities, 'window'>;
type Talk = Pick<Conversation, 'lastInboundAt'>;

/**
 * @param channel what the conversation's channel can do; undefined when it is not in use any more
 * @returns when the window ends, epoch ms; null when the channel has none; 0 when the citizen never wrote
 */
export function windowEnd(channel: Windowed | undefined, conversation: Talk): number | null {
  const window = channel?.window ?? null;
  if (window === null) return null;
  return conversation.lastInboundAt === null ? 0 : conversation.lastInboundAt + window.ms;
}

/** @returns whether a free text may be sent in this conversation at `now` (epoch ms): inside the window, or without one. */
export function canWriteNow(channel: Windowed | undefined, conversation: Talk, now: number): boolean {
  const end = windowEnd(channel, conversation);
  return end === null || now < end;
}
