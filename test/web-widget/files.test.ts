// The panel's files and its forgetting, without a browser: kept until sent, sent once, called off, reasons kept, nothing left after erasing.
import { createBlobStore } from '../../web-widget/blobStore.ts';
import { type ConnectionEvents, createChat } from '../../web-widget/chat.ts';
import type { Outgoing } from '../../web-widget/outgoing.ts';
import { fitted, photoName } from '../../web-widget/photo.ts';
import type { SendAnswer } from '../../web-widget/sender.ts';
import type { KeyValue } from '../../web-widget/storage.ts';
import { conversation, counter, fakeStorage, handTimers, message, settled } from './support.ts';

const file = { name: 'foto.jpg', mime: 'image/jpeg', size: 3, isVoice: false };
const memoryBlobs = () =>
  createBlobStore(() => {
    throw new Error('SecurityError');
  });

function open(answers: SendAnswer[], parts: { storage?: KeyValue; blobs?: ReturnType<typeof memoryBlobs> } = {}) {
  const { storage = fakeStorage(), blobs = memoryBlobs() } = parts;
  const timers = handTimers();
  const uploads: string[] = [];
  const told: string[] = [];
  let events = null as ConnectionEvents | null;
  let time = 0;
  let isErasable = true;
  const signals: { cancel?: () => void }[] = [];
  const chat = createChat({
    storage,
    blobs,
    now: () => time,
    later: timers.later,
    newId: counter(),
    connect(given) {
      events = given;
      return {
        send: async () => ({ ok: true, message: { seq: 1 } }),
        since: async () => ({ ok: true, rev: 0, messages: [], conversation: conversation(), more: false }),
        upload: (entry: Outgoing, blob: Blob, progress, signal) => {
          uploads.push(`${entry.clientMessageId} ${blob.size}`);
          progress(0.5);
          const answer = answers.shift();
          if (answer !== undefined) return Promise.resolve(answer);
          return new Promise((resolve) => {
            signal.cancel = () => resolve({ ok: false, code: 'cancelled' });
            signals.push(signal);
          });
        },
        fetchFile: async () => null,
        erase: async () => isErasable,
        apps: async () => [],
        link: async () => null,
        typing: () => void told.push('typing'),
        seen: (ids) => void told.push(`seen ${ids.join()}`),
      };
    },
  });
  return {
    ...{ chat, timers, uploads, told, storage, blobs, signals },
    events: () => events as unknown as ConnectionEvents,
    pass: (ms: number) => {
      time += ms;
    },
    refuseErasing: () => {
      isErasable = false;
    },
    attach: async (id: string) => {
      await chat.attach(id, new Blob(['abc']), file);
      await settled();
    },
  };
}

describe('files of the visitor', () => {
  it('When a file is sent, then its bytes go once under the same id, and are let go when the server shows its copy', async () => {
    const { chat, uploads, attach, timers, blobs, events } = open([
      { ok: false, code: 'silent' },
      { ok: true, message: { seq: 1 } },
    ]);
    await attach('id-a');
    expect(chat.view().items).toMatchObject([{ kind: 'image', delivery: 'waiting', file }]);
    timers.runAll();
    await settled();
    expect(uploads).toEqual(['id-a 3', 'id-a 3']);
    expect(chat.view().items).toMatchObject([{ delivery: 'sent', progress: null }]);
    events()['message:new'](message({ seq: 1, direction: 'in', author: 'contact', clientMessageId: 'id-a', kind: 'image' }));
    await settled();
    expect(chat.view().items).toHaveLength(1);
    expect(await blobs.get('id-a')).toBeNull();
  });

  it('When the page is left before it was sent, then the next page sends it; when its bytes are gone, then it says so', async () => {
    const first = open([
      { ok: false, code: 'away' },
      { ok: false, code: 'away' },
    ]);
    await first.attach('id-a');
    const second = open([{ ok: true, message: { seq: 1 } }], first);
    second.events().connection('online');
    await settled();
    expect(second.uploads).toEqual(['id-a 3']);

    const lost = open([{ ok: false, code: 'away' }]);
    await lost.attach('id-b');
    const third = open([], { storage: lost.storage });
    third.events().connection('online');
    await settled();
    expect(third.chat.view().items).toMatchObject([{ delivery: 'failed', reason: 'lost' }]);
  });

  it('When an upload is called off, then it is gone and what waits behind it goes on', async () => {
    const { chat, attach, blobs } = open([]);
    await attach('id-a');
    chat.send('halo');
    await settled();
    expect(chat.view().items).toMatchObject([{ progress: 0.5 }, { text: 'halo', delivery: 'waiting' }]);
    chat.discard('id-a');
    await settled();
    expect(chat.view().items).toMatchObject([{ text: 'halo', delivery: 'sent' }]);
    expect(await blobs.get('id-a')).toBeNull();
  });

  it('When the server refuses it, then the reason outlives a reload', async () => {
    const first = open([{ ok: false, code: 'too-large' }]);
    await first.attach('id-a');
    const { chat } = open([], first);
    expect(chat.view().items).toMatchObject([{ delivery: 'failed', reason: 'too-large' }]);
  });

  it.each([
    [4_000, 3_000, 1_600, 1_200],
    [3_000, 4_000, 1_200, 1_600],
    [800, 600, 800, 600],
    [16_000, 1, 1_600, 1],
  ])('When a picture is %i × %i, then it is sent as %i × %i', (width, height, w, h) => {
    expect(fitted(width, height)).toEqual({ width: w, height: h });
  });

  it('When a photo is drawn anew, then its name says what it is now', () => {
    expect([photoName('IMG.HEIC'), photoName('.png'), photoName('a.b.png')]).toEqual(['IMG.jpg', 'foto.jpg', 'a.b.jpg']);
  });
});

describe('what officers are told', () => {
  it('When the visitor types without end, then it is told every three seconds', () => {
    const { chat, told, pass } = open([]);
    for (let i = 0; i < 10; i += 1) {
      chat.typing();
      pass(1_000);
    }
    expect(told).toEqual(['typing', 'typing', 'typing', 'typing']);
  });

  it('When messages are in sight, then officers learn of their own, each once; the visitor’s are read once an officer answers', async () => {
    const { chat, told, events } = open([]);
    events().connection('online');
    await settled();
    events()['message:new'](message({ seq: 1, direction: 'in', author: 'contact', clientMessageId: 'id-x' }));
    events()['message:new'](message({ seq: 2, id: 'bot' }));
    expect(chat.view().items.map(({ delivery }) => delivery)).toEqual(['sent', null]);
    events()['message:new'](message({ seq: 3, id: 'rina', author: 'officer', authorName: 'Rina' }));
    chat.seen();
    chat.seen();
    expect(told).toEqual(['seen rina']);
    expect(chat.view().items.map(({ delivery }) => delivery)).toEqual(['read', null, null]);
  });
});

describe('erasing', () => {
  it('When it is erased, then nothing is left here, waiting files included; when the server is away, then all stays', async () => {
    const { chat, attach, storage, blobs, events, refuseErasing } = open([]);
    events().connection('online');
    events()['message:new'](message({ seq: 1 }));
    await attach('id-a');
    expect(await chat.erase()).toBe(true);
    expect([chat.view().items, chat.view().conversation]).toEqual([[], null]);
    expect(storage.keys().filter((key) => key.startsWith('loket.out.'))).toEqual([]);
    expect(await blobs.get('id-a')).toBeNull();

    chat.send('lagi');
    refuseErasing();
    expect(await chat.erase()).toBe(false);
    expect(chat.view().items).toHaveLength(1);
  });
});
