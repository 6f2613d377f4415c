// A small bot as most would write it, with few promises: no lease, no cover, no search, no encrypted fields. Express 5 parses the webhook,
// each write is a commit of its own (SQLite, synchronous=FULL), the same matcher answers, the same telegraf sends, one event goes to the officers.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import Database from 'better-sqlite3';
import express from 'express';
import { Server } from 'socket.io';
import { Telegram } from 'telegraf';
import { openNlu } from '../src/nlu/nlu.ts';

const { DATA_DIR = '.', TELEGRAM_API_ROOT = '', TELEGRAM_WEBHOOK_SECRET = '', TELEGRAM_BOT_TOKEN = '' } = process.env;

function openDatabase() {
  const db = new Database(path.join(DATA_DIR, 'variant.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`
    CREATE TABLE conversations (id INTEGER PRIMARY KEY, chat TEXT UNIQUE, seq INTEGER DEFAULT 0, updated INTEGER);
    CREATE TABLE messages (id INTEGER PRIMARY KEY, conversation INTEGER, seq INTEGER, direction TEXT, text TEXT, state TEXT,
      externalId TEXT UNIQUE, created INTEGER, UNIQUE (conversation, seq));`);
  return {
    conversation: db.prepare(
      'INSERT INTO conversations (chat, seq, updated) VALUES (?, 1, ?) ON CONFLICT (chat) DO UPDATE SET seq = seq + 1, updated = excluded.updated RETURNING id, seq',
    ),
    message: db.prepare(
      'INSERT INTO messages (conversation, seq, direction, text, state, externalId, created) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (externalId) DO NOTHING RETURNING id',
    ),
    settle: db.prepare('UPDATE messages SET state = ?, externalId = ? WHERE id = ?'),
  };
}

function main(): void {
  const db = openDatabase();
  const root = path.join(import.meta.dirname, '..');
  const nlu = openNlu({ intentsDir: path.join(root, 'intents'), cacheDir: path.join(root, '.cache', 'nlu'), learnHere: true });
  const telegram = new Telegram(TELEGRAM_BOT_TOKEN, { apiRoot: TELEGRAM_API_ROOT, webhookReply: false });
  const app = express();
  const server = createServer(app);
  const io = new Server(server, { perMessageDeflate: false });
  io.of('/officer').on('connection', (socket) => socket.join('inbox'));

  app.use(express.json());
  app.post('/webhook/telegram', async (req, res) => {
    if (req.get('x-telegram-bot-api-secret-token') !== TELEGRAM_WEBHOOK_SECRET) return void res.sendStatus(401);
    const { message } = req.body as { message: { message_id: number; chat: { id: number }; text: string } };
    const chat = String(message.chat.id);
    const now = Date.now();
    const inbound = db.conversation.get(chat, now) as { id: number; seq: number };
    const stored = db.message.get(inbound.id, inbound.seq, 'in', message.text, 'received', `${chat}:${message.message_id}`, now);
    if (stored === undefined) return void res.sendStatus(200);
    const guess = nlu.understand(message.text, { topic: null }).guesses[0];
    const text = (guess && nlu.answer(guess.intent, 'id')?.text) ?? 'Saya belum paham maksudnya.';
    const outbound = db.conversation.get(chat, now) as { id: number; seq: number };
    const reply = db.message.get(outbound.id, outbound.seq, 'out', text, 'pending', null, now) as { id: number };
    io.of('/officer')
      .to('inbox')
      .emit('inbox:changed', { rows: [{ id: inbound.id, chat, seq: outbound.seq, preview: text.slice(0, 120) }] });
    res.sendStatus(200);
    const sent = await telegram.callApi('sendMessage', { chat_id: chat, text });
    db.settle.run('sent', `${chat}:${sent.message_id}`, reply.id);
  });
  app.get('/metrics', (_req, res) => {
    const { user, system } = process.cpuUsage();
    res.type('text').send(`process_cpu_user_seconds_total ${user / 1e6}\nprocess_cpu_system_seconds_total ${system / 1e6}\n`);
  });
  server.listen(0, '127.0.0.1', () =>
    process.stdout.write(`Widget: http://127.0.0.1:${(server.address() as AddressInfo).port}/widget/\n`),
  );
  process.on('SIGTERM', () => process.exit(0));
}

main();
