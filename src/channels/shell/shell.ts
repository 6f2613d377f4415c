// The terminal as a channel: what is typed comes in, what the bot says is handed to a callback. For `npm run chat` and trials.
import type { Channel, Intake, OutboundMessage } from '../../desk/ports.ts';

export interface ShellChannel extends Channel {
  /** Hands one typed line inward. @returns the stored message's id */
  type(line: string, button?: string): Promise<string>;
}

const person = 'terminal';

/** @param print called with every message to the citizen, in order */
export function createShellChannel(print: (out: OutboundMessage) => void): ShellChannel {
  let intake: Intake | null = null;
  let typed = 0;
  const since = Date.now();
  return {
    name: 'shell',
    accountId: 'shell',
    capabilities: { buttons: true, typing: false, maxTextLength: 8000, repeatable: true, oneThread: true },
    async start(to) {
      intake = to;
    },
    async stop() {
      intake = null;
    },
    async send(out) {
      print(out);
      return { externalId: null };
    },
    health: () => ({ state: intake === null ? 'connecting' : 'ready', since, detail: null }),
    async type(line, button) {
      if (intake === null) throw new Error('The terminal channel is not started.');
      typed += 1;
      const stored = await intake.message({
        channel: 'shell',
        accountId: 'shell',
        externalId: `${since}:${typed}`,
        from: { externalId: person, name: null, phone: null, isBot: false },
        kind: 'text',
        text: line.slice(0, 8000),
        attachments: [],
        button: button ?? null,
        clientMessageId: null,
        sentAt: Date.now(),
      });
      return stored.message.id;
    },
  };
}
