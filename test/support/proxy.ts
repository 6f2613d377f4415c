// What stands in front of several nodes: passes every connection to the first of them that answers, as a load balancer does.
import net from 'node:net';

export interface FrontProxy {
  url: string;
  close(): Promise<void>;
}

/** @param targets addresses of the nodes, the preferred one first */
export async function startProxy(targets: string[]): Promise<FrontProxy> {
  const sockets = new Set<net.Socket>();
  const keep = (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  };

  function pass(client: net.Socket, [first, ...others]: string[]): void {
    if (first === undefined) return void client.destroy();
    const { hostname, port } = new URL(first);
    const node = net.connect(Number(port), hostname);
    keep(node);
    let isConnected = false;
    node.once('connect', () => {
      isConnected = true;
      client.pipe(node).pipe(client);
    });
    node.once('close', () => (isConnected ? client.destroy() : pass(client, others)));
    client.once('close', () => node.destroy());
  }

  const server = net.createServer((client) => {
    keep(client);
    pass(client, targets);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
