// The token and what people wrote go to the addresses they are meant for and are never led on to another, whoever leads.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel } from '../../../src/desk/ports.ts';
import { outbound } from '../../support/outbound.ts';
import { startWhatsappStandin, type Whatsapp } from '../../support/whatsappStandin.ts';
import { makeChannel } from './setup.ts';

describe('redirects', () => {
  let whatsapp: Whatsapp;
  let channel: Channel;
  /** What reached the other host. */
  let reached: string[];
  let elsewhere: http.Server;
  beforeEach(async () => {
    whatsapp = await startWhatsappStandin();
    ({ channel } = makeChannel(whatsapp));
    reached = [];
    elsewhere = http.createServer((req, res) => {
      reached.push(`${req.method} ${req.url}`);
      res.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    elsewhere.closeAllConnections();
    await new Promise((resolve) => elsewhere.close(resolve));
    await whatsapp.close();
  });

  /** The first call of this kind is led on. */
  function lead(kind: string, location: string, status: number): void {
    let left = 1;
    whatsapp.fault = (what) => (what === kind && left-- > 0 ? { status, location } : null);
  }
  const away = () => `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
  const verdict = (work: Promise<unknown> | undefined) =>
    Promise.resolve(work).then(
      () => 'done',
      (error: { verdict: string }) => error.verdict,
    );
  const out = () => outbound({ channel: 'whatsapp', accountId: whatsapp.phoneNumberId, externalId: '6281200000042' }, 'NIK saya');

  it.each([
    ['file', 302],
    ['file', 307],
    ['place', 302],
  ])('When Meta leads the call for a %s to another host (%d), then nobody is asked there', async (kind, status) => {
    whatsapp.putFile('m1', new Uint8Array(10));
    lead(kind, away(), status);
    expect(await verdict(channel.fetchFile?.('m1', 1000))).toBe('retry');
    expect(reached).toEqual([]);
  });

  it('When the place of a file leads to another one on the same host, then that is not taken for the file', async () => {
    for (const id of ['m1', 'm2']) whatsapp.putFile(id, new Uint8Array(10));
    lead('file', '/file/m2', 302);
    expect(await verdict(channel.fetchFile?.('m1', 1000))).toBe('retry');
  });

  it('When a send is led to another host, then what was written does not go there, and whether it was taken is in doubt', async () => {
    lead('messages', away(), 307);
    expect(await verdict(channel.send(out()))).toBe('uncertain');
    expect([reached, whatsapp.sent]).toEqual([[], []]);
  });

  it('When an upload is led to another host, then the file does not go there, and it is a plain retry', async () => {
    const file = { id: 'f', name: 'ktp.pdf', mime: 'application/pdf', size: 3, state: 'stored' as const, ref: null, key: 'k' };
    const withFile = out();
    withFile.message.attachments = [file];
    lead('media', away(), 307);
    expect(await verdict(channel.send({ ...withFile, bytesOf: async () => new Uint8Array(3) }))).toBe('retry');
    expect([reached, whatsapp.sent]).toEqual([[], []]);
  });
});
