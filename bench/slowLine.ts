// A slow phone line as a TCP proxy: latency and bandwidth for everything that crosses it, WebSockets and handshakes too (the browser's own throttling leaves sockets out).

import type { AddressInfo } from 'node:net';
import { createServer, connect as dial, type Socket } from 'node:net';

/** A page comes packet by packet: a browser begins to read it before it is all there. */
const packetBytes = 1_400;

/**
 * @param line `roundTripMs` there and back; `bytesPerSecond` each way, shared by all connections as on one phone
 * @returns the port to talk to instead of `target`
 */
export async function openSlowLine(
  target: number,
  line: { roundTripMs: number; bytesPerSecond: number },
): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const free = { up: 0, down: 0 };

  /** Hands on each piece when the line is free, half a round trip later. */
  function pass(from: Socket, to: Socket, way: 'up' | 'down'): void {
    from.on('data', (bytes) => {
      for (let at = 0; at < bytes.length; at += packetBytes) {
        const packet = bytes.subarray(at, at + packetBytes);
        free[way] = Math.max(performance.now(), free[way]) + (packet.length / line.bytesPerSecond) * 1_000;
        setTimeout(() => to.writable && to.write(packet), free[way] - performance.now() + line.roundTripMs / 2);
      }
    });
    from.on('close', () => setTimeout(() => to.destroy(), free[way] - performance.now() + line.roundTripMs));
    from.on('error', () => undefined);
  }

  const server = createServer((near) => {
    sockets.add(near);
    near.on('close', () => sockets.delete(near));
    near.pause();
    // The handshake of TCP: one round trip before the first byte.
    setTimeout(() => {
      const far = dial(target, '127.0.0.1');
      pass(near, far, 'up');
      pass(far, near, 'down');
      near.resume();
    }, line.roundTripMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
