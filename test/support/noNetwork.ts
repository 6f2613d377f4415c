// Runs before every test file: nothing but loopback may be reached.
import net from 'node:net';

const original = net.Socket.prototype.connect;
const isLoopback = (host: string | undefined) =>
  host === undefined || /^(localhost|127\.\d+\.\d+\.\d+|::1|::ffff:127\..*|0\.0\.0\.0)$/.test(host);

net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host = typeof first === 'object' && first !== null ? (first as { host?: string }).host : (args[1] as string | undefined);
  const isPath =
    typeof first === 'string' ||
    (typeof first === 'object' && first !== null && 'path' in first && (first as { path?: unknown }).path);
  if (!isPath && typeof host === 'string' && !isLoopback(host))
    throw new Error(`A test tried to reach ${host}; only loopback is allowed.`);
  return (original as (...a: unknown[]) => net.Socket).apply(this, args);
} as typeof net.Socket.prototype.connect;
