// The verbs of running channels for tests of the doors: there is nothing to log in.
import type { ChannelVerbs } from '../../src/desk/channelVerbs.ts';

export const fakeChannels: ChannelVerbs = {
  channelLogins: async () => ({ ok: true, channels: [] }),
  restartChannel: async () => ({ ok: true }),
  logoutChannel: async () => ({ ok: true }),
  pairChannel: async () => ({ ok: true }),
};
