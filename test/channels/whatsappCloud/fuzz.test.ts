// 20,000 broken deliveries, the same at every run: the webhook answers each, stores nothing it cannot trust, and never falls over.

import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { createWhatsappCloudChannel } from '../../../src/channels/whatsappCloud/whatsappCloud.ts';
import { randomFrom } from '../../desk/random.ts';
import { createFakeIntake } from '../../support/fakeIntake.ts';
import { hook } from './setup.ts';

const ROUNDS = 20_000;
const appSecret = 'app-secret-app-secret';
const folder = path.join(import.meta.dirname, '../../fixtures/whatsappCloud');
const seeds = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.stringify(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')).delivery));

const sign = (body: Buffer, secret: string) => ({
  'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
});

describe('fuzz', () => {
  it(`When ${ROUNDS} mutated deliveries come in, then none breaks the channel and none with a bad signature is stored`, async () => {
    const below = randomFrom(20260714);
    const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
    const chance = (percent: number) => below(100) < percent;
    const odd = [null, 0, -1, 1e308, '', 'x'.repeat(9000), '\u0000', '\ud800', [], {}, [[]], true, '__proto__', '-1', 'NaN'];

    /** Changes one place of the tree: another value, gone, doubled, or nested. */
    function mutate(value: unknown): unknown {
      if (typeof value !== 'object' || value === null || chance(8)) return pick(odd);
      if (Array.isArray(value)) {
        const at = below(value.length);
        if (chance(20)) return [...value, ...value];
        return value.map((one, i) => (i === at ? mutate(one) : one));
      }
      const keys = Object.keys(value);
      const key = pick(keys);
      const tree: Record<string, unknown> = { ...value };
      if (chance(10)) delete tree[key];
      else tree[key] = mutate(tree[key]);
      return tree;
    }
    function mutateBytes(body: Buffer): Buffer {
      const copy = Buffer.from(body);
      for (let i = 0; i < 4; i++) copy[below(copy.length)] = below(256);
      return chance(30) ? copy.subarray(0, below(copy.length)) : copy;
    }

    const log = { info() {}, warn() {}, error() {} };
    const apiRoot = 'http://127.0.0.1:9/v24.0';
    const ids = { phoneNumberId: '106540352242922', token: 'EAAG-token', verifyToken: 'verify-word-verify-word' };
    // Nobody listens there: what fails is the probe, which the channel repeats until it is stopped.
    const channel = createWhatsappCloudChannel({ ...ids, appSecret, apiRoot, log });
    const intake = createFakeIntake();
    let stored = 0;
    const counting = {
      ...intake,
      async message(inbound: Parameters<typeof intake.message>[0]) {
        stored += 1;
        const answer = await intake.message(inbound);
        intake.stored.length = 0;
        intake.asked.length = 0;
        return answer;
      },
    };
    await channel.start(counting);
    const answers = new Map<number | undefined, number>();
    for (let i = 0; i < ROUNDS; i++) {
      let tree: unknown = JSON.parse(pick(seeds));
      for (let n = 0; n <= below(3); n++) tree = mutate(tree);
      let body: Buffer = Buffer.from(JSON.stringify(tree) ?? '');
      if (chance(30)) body = mutateBytes(body);
      const isSigned = chance(80);
      const before = stored;
      const status = await hook(channel, body, isSigned ? sign(body, appSecret) : sign(body, 'another-secret-here'));
      if (!isSigned) {
        expect(status).toBe(401);
        expect(stored).toBe(before);
      }
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
    await channel.stop();
    // No 5xx: the store never failed here.
    expect([...answers.keys()].sort()).toEqual([200, 400, 401]);
    // It was worth it: many got far enough to be stored.
    expect(stored).toBeGreaterThan(1000);
  });
});
