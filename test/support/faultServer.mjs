// The built product with a bomb in it: kills its own process the n-th time it reaches a point. Started by the fault tests, never shipped.
// FAIL_AT: `before-commit`, `after-commit` or `after-send`; FAIL_AFTER: how many times it passes first.
import { readConfig } from '../../dist/config.js';
import { createLog } from '../../dist/log.js';
import { start } from '../../dist/main.js';

const point = process.env.FAIL_AT ?? '';
let left = Number(process.env.FAIL_AFTER ?? 0);

function reach(name) {
  if (name !== point) return;
  left -= 1;
  if (left < 0) process.kill(process.pid, 'SIGKILL');
}

const read = readConfig(process.env);
if (!read.ok) throw new Error(read.problems.join('; '));
const running = await start(read.config, createLog(read.config.LOG_LEVEL), {
  onCommit: (when) => reach(`${when}-commit`),
  wrapChannel: (channel) => ({
    ...channel,
    async send(out) {
      const sent = await channel.send(out);
      reach('after-send');
      return sent;
    },
  }),
});
process.on('SIGTERM', () => running.stop().then(() => process.exit(0)));
process.stdout.write(`Widget: ${running.url}/widget/\n`);
