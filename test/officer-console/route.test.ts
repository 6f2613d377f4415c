import { parseHash, talkHash } from '../../officer-console/logic/route.ts';

describe('addresses of the console', () => {
  it.each([
    ['', { page: 'talk', view: 'queue', conversationId: null }],
    ['#/c/mine', { page: 'talk', view: 'mine', conversationId: null }],
    ['#/c/closed/c_12', { page: 'talk', view: 'closed', conversationId: 'c_12' }],
    ['#/c/nothing/c_12', { page: 'talk', view: 'queue', conversationId: null }],
    ['#/c/all/%E0%A4%A', { page: 'talk', view: 'all', conversationId: null }],
    ['#/setup?token=abc-DEF_1', { page: 'setup', token: 'abc-DEF_1' }],
    ['#/login', { page: 'login' }],
    ['#/gagal', { page: 'undelivered' }],
    ['#/pengaturan', { page: 'settings' }],
  ])('When the hash is %p, then it leads to %p', (hash, route) => {
    expect(parseHash(hash)).toEqual(route);
  });

  it('When an address is written, then reading it gives the same place', () => {
    expect(parseHash(talkHash('mine', 'telegram:12'))).toEqual({ page: 'talk', view: 'mine', conversationId: 'telegram:12' });
  });
});
