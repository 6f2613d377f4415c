import { noFilter, parseHash, talkHash } from '../../officer-console/logic/route.ts';

describe('addresses of the console', () => {
  it.each([
    ['', { page: 'talk', view: 'queue', conversationId: null, filter: noFilter }],
    ['#/c/mine', { page: 'talk', view: 'mine', conversationId: null, filter: noFilter }],
    ['#/c/closed/c_12', { page: 'talk', view: 'closed', conversationId: 'c_12', filter: noFilter }],
    ['#/c/nothing/c_12', { page: 'talk', view: 'queue', conversationId: null, filter: noFilter }],
    ['#/c/all/%E0%A4%A', { page: 'talk', view: 'all', conversationId: null, filter: noFilter }],
    ['#/setup?token=abc-DEF_1', { page: 'setup', token: 'abc-DEF_1' }],
    ['#/login', { page: 'login' }],
    ['#/gagal', { page: 'page', path: 'gagal', rest: '', query: {} }],
    ['#/undangan/x/y?token=t', { page: 'page', path: 'undangan', rest: 'x/y', query: { token: 't' } }],
  ])('When the hash is %p, then it leads to %p', (hash, route) => {
    expect(parseHash(hash)).toEqual(route);
  });

  it('When an address is written, then reading it gives the same place and the same filter', () => {
    const filter = { channel: 'telegram' as const, teamId: 't1', tag: 'nib & oss' };
    const place = { page: 'talk', view: 'mine', conversationId: 'telegram:12' };
    expect(parseHash(talkHash('mine', 'telegram:12'))).toEqual({ ...place, filter: noFilter });
    expect(parseHash(talkHash('mine', 'telegram:12', filter))).toEqual({ ...place, filter });
    expect(parseHash('#/c/mine?channel=fax')).toMatchObject({ filter: noFilter });
  });
});
