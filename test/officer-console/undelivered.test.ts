import { toSendAgain } from '../../officer-console/logic/undelivered.ts';
import { makeMessage } from './make.ts';

describe('undelivered messages', () => {
  it('When all are sent again at one press, then only those that certainly did not arrive are, in the order they were written', () => {
    const rows = [
      makeMessage({ id: 'third', state: 'failed', createdAt: 3 }),
      makeMessage({ id: 'second', state: 'uncertain', createdAt: 2 }),
      makeMessage({ id: 'first', state: 'failed', createdAt: 1 }),
    ];
    expect(toSendAgain(rows).map(({ id }) => id)).toEqual(['first', 'third']);
    expect(rows.map(({ id }) => id)).toEqual(['third', 'second', 'first']);
  });
});
