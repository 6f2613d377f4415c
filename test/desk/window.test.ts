// The service window of a channel, as data.
import { canWriteNow, windowEnd } from '../../src/desk/window.ts';

const day = 24 * 3_600_000;

describe('the service window', () => {
  test.each([
    ['a channel without one', {}, 0, 99 * day, true],
    ['a channel that says it has none', { window: null }, null, day, true],
    ['a channel that is not in use any more', undefined, 0, 99 * day, true],
    ['inside', { window: { ms: day } }, 1000, 1000 + day - 1, true],
    ['at its end', { window: { ms: day } }, 1000, 1000 + day, false],
    ['nobody wrote yet', { window: { ms: day } }, null, 5, false],
  ])('When it is %s, then canWriteNow tells', (_, capabilities, lastInboundAt, now, expected) => {
    expect(canWriteNow(capabilities, { lastInboundAt }, now)).toBe(expected);
  });

  it('When a citizen wrote, then the end is that moment plus the window', () => {
    expect(windowEnd({ window: { ms: day } }, { lastInboundAt: 1000 })).toBe(1000 + day);
    expect(windowEnd({}, { lastInboundAt: 1000 })).toBeNull();
  });
});
