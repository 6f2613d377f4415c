// The verbs of running the channels: how each stands, and for those that a person logs in, restarting, logging out, pairing.
import type { ChannelView } from '../contract/channels.ts';
import type { Officer } from '../contract/conversation.ts';
import type { DeskContext } from './context.ts';
import { newId } from './ids.ts';
import type { ChannelControl } from './ports.ts';
import type { Result } from './result.ts';

/** Who may which: access.ts. `not-found` for a channel that has nothing to log in. */
export interface ChannelVerbs {
  channelLogins(by: Officer): Promise<Result<{ channels: ChannelView[] }>>;
  restartChannel(by: Officer, name: string): Promise<Result<object>>;
  /** Ends the login on the provider's side too. */
  logoutChannel(by: Officer, name: string): Promise<Result<object>>;
  /** @param phone digits with country code */
  pairChannel(by: Officer, name: string, phone: string): Promise<Result<object>>;
}

export function createChannelVerbs(desk: DeskContext): ChannelVerbs {
  async function control(
    by: Officer,
    name: string,
    action: string,
    act: (control: ChannelControl) => void,
  ): Promise<Result<object>> {
    const channel = desk.channels.find((one) => one.name === name);
    if (channel?.control === undefined) return { ok: false, code: 'not-found' };
    const key = `channel:${name}`;
    const now = desk.clock.now();
    const known = await desk.store.settings.get(key);
    const audit = { id: newId('a'), at: now, actor: by.id, action, subject: name, detail: null };
    const written = await desk.store.settings.put(key, { asked: action, at: now }, known?.version ?? 0, audit);
    if (written === 'conflict') return { ok: false, code: 'conflict' };
    act(channel.control);
    return { ok: true };
  }

  return {
    async channelLogins() {
      const channels = desk.channels.map((channel) => {
        const { name, accountId } = channel;
        return { name, accountId, ...channel.health(), login: channel.control?.login() ?? null };
      });
      return { ok: true, channels };
    },
    restartChannel: (by, name) => control(by, name, 'channel-restart', (to) => to.restart()),
    logoutChannel: (by, name) => control(by, name, 'channel-logout', (to) => to.logout()),
    pairChannel: (by, name, phone) => control(by, name, 'channel-pair', (to) => to.pair(phone)),
  };
}
