// Verbs that do nothing, for tests of the doors: no channel to log in, no visitor with anything of their own.
import type { ChannelVerbs } from '../../src/desk/channelVerbs.ts';
import type { VisitorVerbs } from '../../src/desk/verbs.ts';

export const fakeChannels: ChannelVerbs = {
  channelLogins: async () => ({ ok: true, channels: [] }),
  restartChannel: async () => ({ ok: true }),
  logoutChannel: async () => ({ ok: true }),
  pairChannel: async () => ({ ok: true }),
};

export const fakeVisitor: VisitorVerbs = {
  sendFile: async () => ({ ok: false, code: 'not-found' }),
  file: async () => ({ ok: false, code: 'not-found' }),
  seen: async () => undefined,
  linkApps: () => [],
  linkCode: async () => ({ ok: false as const, code: 'not-found' as const }),
  erase: async () => ({ ok: true }),
};
