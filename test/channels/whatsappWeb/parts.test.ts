// The small parts: pace, quiet hours, the mark of what is stored, time limits.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { wordsOf } from '../../../src/channels/whatsappWeb/errorWords.ts';
import { createPacer, humanPace } from '../../../src/channels/whatsappWeb/pace.ts';
import { quietHours } from '../../../src/channels/whatsappWeb/quiet.ts';
import { createWatermark } from '../../../src/channels/whatsappWeb/watermark.ts';
import { within } from '../../../src/desk/within.ts';
import { tempDir } from '../../support/tempStore.ts';

describe('the pace of sending', () => {
  it('When many want to send, then each gets its own place, uneven, and keeps it however often it asks', () => {
    let now = 0;
    let n = 0;
    const pacer = createPacer(
      { gapMs: [1000, 2000], startMs: [200, 400] },
      () => now,
      () => (n++ % 2 === 0 ? 0 : 0.5),
    );
    const waits = ['a', 'b', 'c'].map((id) => pacer.wait(id));
    expect(waits[0]).toBeGreaterThanOrEqual(200);
    expect(waits[1]! - waits[0]!).toBeGreaterThanOrEqual(1000);
    expect(waits[2]! - waits[1]!).toBeGreaterThanOrEqual(1000);
    now = 1000;
    expect(pacer.wait('b')).toBe(waits[1]! - 1000);
    now = 100_000;
    expect(pacer.wait('b')).toBe(0);
    pacer.done('b');
    expect(pacer.wait('b')).toBeGreaterThan(0);
  });
});

describe('how even it is', () => {
  it('When messages go out one after another, then each pause is drawn anew, between 0.9 and 2.4 s', () => {
    const drawn = [0.5, 0.5, 0, 0.2, 0, 0.9];
    const pacer = createPacer(
      humanPace,
      () => 1e6,
      () => drawn.shift() ?? 0,
    );
    expect(humanPace).toEqual({ gapMs: [900, 2400], startMs: [250, 900] });
    expect(['a', 'b', 'c'].map((id) => pacer.wait(id))).toEqual([575, 575 + 1200, 575 + 1200 + 2250]);
  });
});

describe('quiet hours', () => {
  const at = (time: string) => Date.parse(`2026-11-25T${time}:00+07:00`);
  it.each([
    ['02:00-04:00', '01:59', false],
    ['02:00-04:00', '02:00', true],
    ['02:00-04:00', '04:00', false],
    ['23:00-04:00', '23:30', true],
    ['23:00-04:00', '03:59', true],
    ['23:00-04:00', '12:00', false],
    [null, '03:00', false],
  ])('When they are %s, then %s is quiet: %s', (range, time, is) => {
    expect(quietHours(range, 'Asia/Jakarta')(at(time))).toBe(is);
  });
});

describe('the mark of what is stored', () => {
  it('When it is written, then messages are wanted from a little before it on, a week at most; never for another number', () => {
    const { dir, remove } = tempDir();
    const day = 86_400_000;
    const mark = createWatermark(path.join(dir, 'deep', 'er'));
    expect(mark.since('62811', 100 * day)).toBeNull();
    mark.put('62811', 100 * day);
    expect(mark.since('62811', 100 * day + 1000)).toBe(100 * day - 600_000);
    expect(mark.since('62811', 120 * day)).toBe(113 * day);
    expect(mark.since('62999', 100 * day)).toBeNull();
    writeFileSync(path.join(dir, 'deep', 'er', 'stored.json'), '{');
    expect(mark.since('62811', 100 * day)).toBeNull();
    remove();
  });
});

describe('limits', () => {
  it('When a call hangs, then it is given up; what it threw is told without numbers of citizens', async () => {
    await expect(within(5, 'state', new Promise(() => undefined))).rejects.toThrow('state took too long');
    expect(wordsOf('auth timeout')).toBe('auth timeout');
    expect(wordsOf(new Error('no chat 628123456789@c.us\nstack'))).toBe('no chat #@c.us');
    expect(wordsOf(undefined)).toBe('unknown');
  });
});
