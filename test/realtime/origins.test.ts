// Which pages may open a socket: the exact origin counts, and a site that carries the widget gets no console.
import { createOrigins } from '../../src/realtime/origins.ts';

const widgetOrigins = ['https://host.example'];
const own = 'https://loket.example.go.id';

describe('origins of sockets', () => {
  it.each([
    ['the office’s own page', own, true, true],
    ['a program without an origin', undefined, true, true],
    ['a site that carries the widget', 'https://host.example', true, false],
    ['a name that only begins like it', 'https://host.example.evil.com', false, false],
    ['a name that only ends like it', 'https://evil-host.example', false, false],
    ['the same name on another port', 'https://host.example:8443', false, false],
    ['the same name without TLS', 'http://host.example', false, false],
    ['a name that only begins like the office’s', `${own}.evil.com`, false, false],
    ['a sandboxed page', 'null', false, false],
  ])('When %s connects, then only what is allowed is opened', (_who, origin, mayConnect, isOwn) => {
    const origins = createOrigins({ publicUrl: `${own}/`, widgetOrigins });
    const headers = { host: 'inner:3000', ...(origin !== undefined && { origin }) };
    expect([origins.mayConnect(headers), origins.isOwn(headers)]).toEqual([mayConnect, isOwn]);
  });

  it('When no address of the office is set, then the host that was asked is its own, and no other', () => {
    const origins = createOrigins({ publicUrl: null, widgetOrigins });
    expect(origins.isOwn({ host: 'loket.local:3000', origin: 'http://loket.local:3000' })).toBe(true);
    expect(origins.isOwn({ host: 'loket.local:3000', origin: 'http://loket.local' })).toBe(false);
    expect(origins.isOwn({ host: 'loket.local:3000', origin: 'https://host.example' })).toBe(false);
  });
});
