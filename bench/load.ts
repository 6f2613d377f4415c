// The load: webhook deliveries over keep-alive connections, ten officers on sockets, and a count of what reached whom.
import http from 'node:http';
import { io, type Socket } from 'socket.io-client';
import { admin, type Served, type Standin, secret } from './servers.ts';

const questions = [
  'apa itu NIB?',
  'cara bikin NIB gimana',
  'PBG itu apa ya',
  'apakah IMB masih dipakai',
  'izin HO masih ada gak',
  'gampil itu apa',
];
const OFFICERS = 10;
/** People who write in turn: many enough that nobody has two messages in work, which would share one reply, or meets the flood guard. */
const CHATS = 500;

export interface Run {
  connections: number;
  messages: number;
  cpuMs: number;
  perSecond: number;
  p50: number;
  p99: number;
}

/** @returns ten connected consoles and how many packets they got */
export async function connectOfficers(server: Served): Promise<{ packets(): number; close(): void }> {
  const login = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-loket': '1' },
    body: JSON.stringify(admin),
  });
  const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
  let packets = 0;
  const sockets: Socket[] = [];
  for (let i = 0; i < OFFICERS; i++) {
    const socket = io(`${server.url}/officer`, { transports: ['websocket'], extraHeaders: { cookie }, forceNew: true });
    socket.on('inbox:changed', () => {
      packets += 1;
    });
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
    sockets.push(socket);
  }
  return {
    packets: () => packets,
    close: () => {
      for (const socket of sockets) socket.disconnect();
    },
  };
}

let people = 1_000_000;
let update = 1;

/** Sends `messages` deliveries over `connections` connections and waits until every reply has reached the stand-in. */
export async function run(server: Served, standin: Standin, connections: number, messages: number): Promise<Run> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  const sentBefore = await standin.sent();
  const cpuBefore = await server.cpuSeconds();
  const began = performance.now();
  let next = 0;
  people += CHATS;
  const worker = async () => {
    while (next < messages) {
      const i = next++;
      const at = performance.now();
      const status = await post(agent, server.url, delivery(i));
      if (status !== 200) throw new Error(`A delivery was answered ${status}.`);
      latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  while ((await standin.sent()) - sentBefore < messages) await new Promise((resolve) => setTimeout(resolve, 5));
  const seconds = (performance.now() - began) / 1000;
  const cpu = (await server.cpuSeconds()) - cpuBefore;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(share * (latencies.length - 1))] ?? 0;
  return { connections, messages, cpuMs: (cpu * 1000) / messages, perSecond: messages / seconds, p50: at(0.5), p99: at(0.99) };
}

function delivery(i: number): string {
  const chat = people + (i % CHATS);
  const id = update++;
  const person = { id: chat, is_bot: false, first_name: 'Warga' };
  const message = {
    message_id: id,
    date: Math.floor(Date.now() / 1000),
    chat: { id: chat, type: 'private', first_name: 'Warga' },
    from: person,
  };
  return JSON.stringify({ update_id: id, message: { ...message, text: questions[i % questions.length] } });
}

function post(agent: http.Agent, url: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-telegram-bot-api-secret-token': secret,
    };
    const request = http.request(`${url}/webhook/telegram`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject);
    request.end(body);
  });
}
