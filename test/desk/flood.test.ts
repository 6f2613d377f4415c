// Too many messages from one sender, and two bots talking to each other.
import { createFloodGuard, createLoopGuard } from '../../src/desk/flood.ts';

const second = 1000;
const minute = 60 * second;

function flooding(perMinute = 20, maxKeys = 100) {
  const clock = { now: 1_000_000, perMinute };
  const guard = createFloodGuard({ perMinute: () => clock.perMinute, maxKeys, now: () => clock.now });
  const take = (times: number, key = 'telegram:1:7') => Array.from({ length: times }, () => guard.take(key));
  return { clock, take };
}

describe('createFloodGuard', () => {
  it('When a sender writes up to the limit, then all is answered', () => {
    expect(flooding().take(20)).toEqual(Array(20).fill('ok'));
  });

  it('When a sender goes beyond the limit, then one notice is due and the rest is quiet', () => {
    const { take } = flooding();
    take(20);
    expect(take(4)).toEqual(['notice', 'quiet', 'quiet', 'quiet']);
  });

  it('When a flood goes on, then the pace stays at the limit and there is no second notice', () => {
    const { clock, take } = flooding();
    const seen = { ok: 0, notice: 0, quiet: 0 };
    for (let at = 0; at < 600; at += 1) {
      for (const verdict of take(1)) seen[verdict] += 1;
      clock.now += second;
    }
    // 20 at once, then one each 3 seconds.
    expect(seen.ok).toBeGreaterThanOrEqual(200);
    expect(seen.ok).toBeLessThanOrEqual(221);
    expect(seen.notice).toBe(1);
  });

  it('When a sender was quiet long enough, then a new burst gets a new notice', () => {
    const { clock, take } = flooding();
    take(22);
    clock.now += minute;
    expect(take(20)).toEqual(Array(20).fill('ok'));
    expect(take(2)).toEqual(['notice', 'quiet']);
  });

  it('When one sender floods, then another one is answered', () => {
    const { take } = flooding();
    take(50, 'a');
    expect(take(1, 'b')).toEqual(['ok']);
  });

  it('When there are more senders than remembered, then the one longest unheard is forgotten', () => {
    const { take } = flooding(5, 2);
    take(6, 'a');
    take(6, 'b');
    expect(take(1, 'a')).toEqual(['quiet']);
    take(1, 'c');
    expect(take(1, 'a')).toEqual(['quiet']);
    expect(take(1, 'b')).toEqual(['ok']);
  });

  it('When the setting changes, then it holds at once; a clock that goes back does no harm', () => {
    const { clock, take } = flooding();
    clock.perMinute = 5;
    expect(take(6)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'notice']);
    clock.now -= minute;
    expect(take(1)).toEqual(['quiet']);
  });
});

describe('createLoopGuard', () => {
  function looping(maxKeys = 100) {
    const clock = { now: 1_000_000 };
    const guard = createLoopGuard({ maxReplies: () => 30, maxKeys, now: () => clock.now });
    return { clock, guard };
  }

  it('When the bot replies more than 30 times in 5 minutes, then it stops once and stays quiet', () => {
    const { clock, guard } = looping();
    for (let at = 0; at < 30; at += 1) {
      expect(guard.reply('c1')).toBe('ok');
      clock.now += second;
    }
    expect(guard.reply('c1')).toBe('stop');
    expect(guard.reply('c1')).toBe('quiet');
    expect(guard.inbound('c1', 'halo')).toBe('quiet');
    expect(guard.reply('c2')).toBe('ok');
  });

  it('When 30 replies are spread over more than 5 minutes, then nothing stops', () => {
    const { clock, guard } = looping();
    for (let at = 0; at < 100; at += 1) {
      expect(guard.reply('c1')).toBe('ok');
      clock.now += 11 * second;
    }
  });

  it('When the same words come 5 times in a row within 2 minutes, then it stops once', () => {
    const { clock, guard } = looping();
    const verdicts = Array.from({ length: 6 }, () => {
      clock.now += 20 * second;
      return guard.inbound('c1', 'Pesan otomatis');
    });
    expect(verdicts).toEqual(['ok', 'ok', 'ok', 'ok', 'stop', 'quiet']);
  });

  it('When the same words come slowly, with others between, or without words, then nothing stops', () => {
    const { clock, guard } = looping();
    for (let at = 0; at < 20; at += 1) {
      expect(guard.inbound('slow', 'p')).toBe('ok');
      clock.now += 31 * second;
    }
    for (let at = 0; at < 20; at += 1) expect(guard.inbound('mixed', at % 4 === 3 ? 'halo' : 'p')).toBe('ok');
    for (let at = 0; at < 20; at += 1) expect(guard.inbound('stickers', ' ')).toBe('ok');
  });

  it('When 5 minutes have passed since the stop, then counting begins anew', () => {
    const { clock, guard } = looping();
    for (let at = 0; at < 5; at += 1) guard.inbound('c1', 'p');
    expect(guard.inbound('c1', 'p')).toBe('quiet');
    clock.now += 5 * minute;
    expect(Array.from({ length: 5 }, () => guard.inbound('c1', 'p'))).toEqual(['ok', 'ok', 'ok', 'ok', 'stop']);
  });

  it('When there are more conversations than remembered, then the one longest silent is forgotten', () => {
    const { guard } = looping(1);
    for (let at = 0; at < 4; at += 1) guard.inbound('c1', 'p');
    guard.inbound('c2', 'p');
    expect(guard.inbound('c1', 'p')).toBe('ok');
  });
});
