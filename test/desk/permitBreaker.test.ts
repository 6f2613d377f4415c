// The circuit breaker's states.
import { createBreaker } from '../../src/desk/permitBreaker.ts';

const rules = { failures: 3, openMs: 100, mostOpenMs: 350 };

it('When calls fail in a row, then it opens, lets one through after a while, and closes when that one succeeds', () => {
  const breaker = createBreaker(rules);
  breaker.failed(0, false);
  breaker.succeeded();
  for (const at of [1, 2]) breaker.failed(at, false);
  expect(breaker.mayCall(3)).toBe(true);
  breaker.failed(3, false);
  expect([breaker.isOpen(), breaker.mayCall(4), breaker.mayCall(102)]).toEqual([true, false, false]);
  expect([breaker.mayCall(103), breaker.mayCall(103)]).toEqual([true, false]);
  breaker.succeeded();
  expect([breaker.isOpen(), breaker.mayCall(104), breaker.mayCall(104)]).toEqual([false, true, true]);
});

it('When the trial fails too, then it waits twice as long, up to the most', () => {
  const breaker = createBreaker({ ...rules, failures: 1 });
  breaker.failed(0, false);
  let at = 0;
  for (const wait of [100, 200, 350, 350]) {
    expect([breaker.mayCall(at + wait - 1), breaker.mayCall(at + wait)]).toEqual([false, true]);
    at += wait;
    breaker.failed(at, false);
  }
});

it('When a failure is fatal, then it opens at once', () => {
  const breaker = createBreaker(rules);
  breaker.failed(0, true);
  expect(breaker.mayCall(99)).toBe(false);
});
