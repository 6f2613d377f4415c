// The widget's channel does what every channel must. Showing is the publisher's part (realtime), so the far side here only writes.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { connect, type Socket } from 'socket.io-client';
import { createWebChannel } from '../../../src/channels/web/web.ts';
import { describeChannel } from '../../contract/channelContract.ts';

const TRY_AGAIN_MS = 10;

describeChannel('web widget', async () => {
  const server = http.createServer();
  const io = new Server(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/widget`;
  const sockets = new Map<string, Socket>();
  const lines = new Map<string, Promise<void>>();
  let isClosed = false;
  let made = 0;

  const visitorOf = (citizen: string) => `visitor-${citizen}`;
  function socketOf(citizen: string): Socket {
    const socket = sockets.get(citizen) ?? connect(url, { auth: { token: visitorOf(citizen) }, transports: ['websocket'] });
    sockets.set(citizen, socket);
    return socket;
  }
  /** As the widget does: one after the other, each until it is acknowledged. */
  async function untilTaken(citizen: string, message: object): Promise<void> {
    while (!isClosed) {
      const answer = await socketOf(citizen)
        .timeout(1000)
        .emitWithAck('message:send', message)
        .catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  }

  return {
    channel: () =>
      createWebChannel({
        namespace: io.of('/widget'),
        verifyToken: (token) => token,
        addressOf: () => '127.0.0.1',
        clock: { now: Date.now },
        log: { info() {}, warn() {}, error() {} },
        limits: { burst: 10_000 },
      }),
    async write(citizen, text) {
      made += 1;
      const message = { clientMessageId: `message-${1000 + made}`, text };
      const before = lines.get(citizen) ?? Promise.resolve();
      lines.set(
        citizen,
        before.then(() => untilTaken(citizen, message)),
      );
    },
    address: visitorOf,
    async close() {
      isClosed = true;
      for (const socket of sockets.values()) socket.close();
      await io.close();
    },
  };
});
