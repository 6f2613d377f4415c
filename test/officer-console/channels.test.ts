// What the WhatsApp page tells an admin to do, in every state.

import { isValid, secondsLeft, spellCode, whatToDo } from '../../officer-console/logic/channels.ts';
import type { ChannelLogin } from '../../src/contract/channels.ts';
import { pairBody } from '../../src/contract/channels.ts';

const login = (more: Partial<ChannelLogin> = {}): ChannelLogin => ({
  ...{ qr: null, code: null, isAsleep: false, number: null, memoryMb: null, startedAt: null, lastMessageAt: null, ...more },
});

describe('the WhatsApp page', () => {
  it.each([
    ['ready', login(), null],
    ['connecting', login(), /Tunggu/],
    ['down', login(), /mencoba lagi sendiri.+Mulai ulang/],
    ['down', login({ isAsleep: true }), /^Setelah itu diperbaiki.+Mulai ulang/],
    ['needs-login', login({ code: { code: 'ABCD1234', until: 2000 }, qr: { text: 'x', until: 2000 } }), null],
    ['needs-login', login({ qr: { text: 'x', until: 2000 } }), /pindai/],
    ['needs-login', login({ qr: { text: 'x', until: 999 } }), /Minta QR baru/],
    ['needs-login', login({ isAsleep: true, qr: { text: 'x', until: 2000 } }), /Minta QR baru/],
    ['needs-login', null, /Minta QR baru/],
  ] as const)('When it is %s (%#), then it says what to do', (state, its, words) => {
    const said = whatToDo({ state, login: its }, 1000);
    if (words === null) expect(said).toBeNull();
    else expect(said).toMatch(words);
  });

  it('When time passes, then a QR runs out and the seconds never go below zero', () => {
    expect([isValid(null, 0), isValid({ until: 5 }, 4), isValid({ until: 5 }, 5)]).toEqual([false, true, false]);
    expect([secondsLeft(61_500, 1000), secondsLeft(0, 1000)]).toEqual([61, 0]);
    expect([spellCode('ABCD1234'), spellCode('ABC')]).toEqual(['ABCD-1234', 'ABC']);
  });

  it.each([
    ['0812-3456-7890', '6281234567890'],
    ['+62 812 3456 7890', '6281234567890'],
    ['6281234567890', '6281234567890'],
    ['halo', null],
    ['123', null],
  ])('When the number is written as %s, then WhatsApp gets %s', (written, phone) => {
    const parsed = pairBody.safeParse({ phone: written });
    expect(parsed.success ? parsed.data.phone : null).toBe(phone);
  });
});
