// The Bot API stand-in as a process of its own, so that its CPU is not the server's. Prints its address, ends with its parent.
import { startTelegramStandin } from '../test/support/telegramStandin.ts';

async function main(): Promise<void> {
  const telegram = await startTelegramStandin({ token: '111:AAA', keepCalls: false });
  process.on('message', (question) => {
    if (question === 'sent') process.send?.({ sent: telegram.sent.length });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url: telegram.url });
}

void main();
