// Messages that refer to what the bot said last, two questions at once, other agencies, and a matcher that has not learned yet.

import { readPick } from '../../src/desk/picks.ts';
import type { Nlu, Understanding } from '../../src/desk/ports.ts';
import { conversationOf, createKit, simpleNlu } from '../support/deskKit.ts';

const said = {
  isQuestion: true,
  isNod: false,
  question: 'izin',
  questionId: null,
  intents: ['a', 'b'],
  buttons: [
    { id: 'a', label: 'Apa itu NIB' },
    { id: 'b', label: 'Cara buat NIB' },
  ],
};

describe('picks', () => {
  it.each([
    ['yang kedua', 'b'],
    ['nomor 2', 'b'],
    ['2', 'b'],
    ['yg terakhir aja kak', 'b'],
    ['pertama', 'a'],
    ['nu kahiji', 'a'],
    ['the second one please', 'b'],
    ['cara  buat nib', 'b'],
  ])('When "%s" answers a question back, then the button %s is meant', (text, id) => {
    expect(readPick(text, said)).toEqual({ kind: 'button', id });
  });

  it.each(['3', 'kedua orang tua saya mau urus izin', 'nib yang kedua bayar?', 'PBG'])(
    'When "%s" comes, then it is no pick',
    (text) => {
      expect(readPick(text, said)).toBeNull();
    },
  );

  it.each(['iya', 'betul kak', 'yes', 'ok'])('When one thing is offered and "%s" follows, then it is meant', (text) => {
    const one = [...said.buttons.slice(0, 1), { id: 'cmd:officer', label: 'Chat petugas' }];
    expect(readPick(text, { ...said, buttons: one })).toEqual({ kind: 'button', id: 'a' });
    expect(readPick(text, said)).toBeNull();
    expect(readPick(text, { ...said, buttons: one, isQuestion: false })).toBeNull();
  });

  it('When "tidak" follows a question back, then all of it is refused; after an answer it refuses nothing', () => {
    expect(readPick('tidak', said)).toEqual({ kind: 'refusal' });
    expect(readPick('tidak', { ...said, isQuestion: false })).toBeNull();
  });

  it('When it was no question back, then a number picks nothing, a refusal still refuses', () => {
    expect(readPick('2', { ...said, isQuestion: false })).toBeNull();
    expect(readPick('bukan itu', { ...said, isQuestion: false })).toEqual({ kind: 'refusal' });
  });
});

it('When both are unclear and the citizen writes "yang kedua", then the second is answered', async () => {
  const kit = await createKit();
  await kit.says('apa beda nib dan pbg itu');
  await kit.heard();
  await kit.says('yang kedua');
  expect((await kit.heard())[0]).toContain('PBG menggantikan IMB');
});

it('When a question follows the choices of a question back, then the matcher hears what was offered; later it does not', async () => {
  const offered: (readonly string[] | undefined)[] = [];
  const nlu: Nlu = {
    ...simpleNlu,
    understand(text, context) {
      offered.push(context.offered);
      return simpleNlu.understand(text, context);
    },
  };
  const kit = await createKit({ nlu });
  await kit.says('apa beda nib dan pbg itu');
  await kit.heard();
  await kit.says('nib itu apa sebenarnya ya');
  await kit.heard();
  await kit.says('kalau pbg itu apa ya pak');
  await kit.heard();
  expect(offered).toEqual([undefined, ['nib.apa', 'pbg.apa'], undefined]);
});

it('When words bring the same answer again, then the bot says so and offers a person; a button or another answer between does not', async () => {
  const kit = await createKit();
  const text = 'nib itu apa sebenarnya ya';
  const ask = async (words: string, press: { button?: string } = {}) => {
    await kit.says(words, press);
    return (await kit.heard())[0] ?? '';
  };
  expect(await ask(text)).not.toContain('masih sama');
  const again = await ask('jadi nib itu apa');
  expect(again).toMatch(/^Jawaban saya masih sama\./);
  expect(again).toContain('NIB adalah');
  expect(kit.sent.at(-1)?.message.buttons.map(({ id }) => id)).toContain('cmd:officer');
  expect(await ask('nib.apa', { button: 'nib.apa' })).not.toContain('masih sama');
  await ask('kalau pbg itu apa ya pak');
  expect(await ask(text)).not.toContain('masih sama');
});

it('When an answer is followed by "ok", then it is heard once, silently after that, and counts as no failure', async () => {
  const kit = await createKit();
  await kit.says('nib itu apa sebenarnya ya');
  await kit.heard();
  await kit.says('ok');
  expect(await kit.heard()).toEqual([]);
  await kit.pass(3000);
  const [heard] = await kit.heard();
  expect(heard).toBe('Baik. Kalau ada pertanyaan, tulis saja di sini.');
  await kit.says('sip 👍');
  await kit.pass(3000);
  expect(await kit.heard()).toEqual([]);
  const uncovered = await kit.store.messages.uncovered(await kit.conversationId());
  expect(uncovered).toEqual([]);
  expect(await conversationOf(kit)).toMatchObject({ state: 'bot', failures: 0, waitingSince: null });
});

it('When "tidak" follows a question back, then its choices are refused, not nodded at', async () => {
  const refused: (readonly string[] | undefined)[] = [];
  const nlu: Nlu = {
    ...simpleNlu,
    understand(text, context) {
      refused.push(context.refused);
      return simpleNlu.understand(text, context);
    },
  };
  const kit = await createKit({ nlu });
  await kit.says('apa beda nib dan pbg itu');
  await kit.heard();
  await kit.says('tidak');
  await kit.pass(3000);
  await kit.heard();
  expect(refused.at(-1)).toEqual(['nib.apa', 'pbg.apa']);
});

it('When only a name is said twice, then it is asked back twice and nobody is handed over; what is unclear still is', async () => {
  const bare: Nlu = {
    ...simpleNlu,
    understand(text, context) {
      const asked = simpleNlu.understand('apa beda nib dan pbg itu', context);
      return text === 'gusuran' ? { ...asked, zone: 'none', guesses: [] } : { ...asked, isBare: true };
    },
  };
  const kit = await createKit({ nlu: bare });
  for (const name of ['nib atau pbg ini pak', 'pbg atau nib ini pak']) {
    await kit.says(name);
    expect((await kit.heard())[0]).toContain('yang mana');
  }
  expect(await conversationOf(kit)).toMatchObject({ state: 'bot', failures: 0 });
});

it('When a message holds more than two questions, then two are answered and the rest is asked for', async () => {
  const nlu: Nlu = {
    ...simpleNlu,
    understand: (text, context) => ({ ...simpleNlu.understand('nib itu apa', context), also: 'pbg.apa', more: text.length > 60 }),
  };
  const kit = await createKit({ nlu });
  await kit.says('nib itu apa, pbg itu apa');
  expect((await kit.heard())[0]).not.toContain('satu per satu');
  await kit.says('nib itu apa sebenarnya, pbg itu apa, dan izin reklame itu berapa lama');
  expect((await kit.heard())[0]).toMatch(/NIB adalah[\s\S]*PBG menggantikan[\s\S]*satu per satu/);
});

it('When the citizen refuses the answer, then the bot asks again without it; refused again, a person takes over', async () => {
  const asked: (readonly string[])[] = [];
  const nlu: Nlu = {
    ...simpleNlu,
    understand(text, context) {
      asked.push(context.refused ?? []);
      return (context.refused ?? []).length > 0
        ? { zone: 'answer', guesses: [{ intent: 'pbg.apa', score: 0.9 }], also: null, elsewhere: null, language: 'id' }
        : simpleNlu.understand(text, context);
    },
  };
  const kit = await createKit({ nlu });
  await kit.says('nib itu apa sebenarnya ya');
  await kit.heard();
  await kit.says('bukan itu');
  expect((await kit.heard())[0]).toContain('yang mana');
  expect(asked.at(-1)).toEqual(['nib.apa']);
  expect(kit.sent.at(-1)?.message.buttons.map(({ id }) => id)).toEqual(['pbg.apa', 'cmd:officer']);
  await kit.says('bukan itu');
  expect((await conversationOf(kit)).state).toBe('queued');
});

it('When two questions come in one message, then both texts follow, each with its source, and name the version', async () => {
  const both: Understanding = {
    zone: 'answer',
    guesses: [{ intent: 'nib.apa', score: 0.9 }],
    also: 'pbg.apa',
    elsewhere: null,
    language: 'id',
  };
  const kit = await createKit({ nlu: { ...simpleNlu, understand: () => both } });
  await kit.says('nib itu apa? pbg itu apa?');
  const heard = (await kit.heard()).join('\n');
  expect(heard).toMatch(/NIB adalah[\s\S]*Sumber[\s\S]*PBG menggantikan[\s\S]*Sumber/);
  expect(kit.sent.at(-1)?.message.reason).toMatchObject({ intent: 'nib.apa', version: 'v1' });
});

it("When it is another agency's matter, then its office is named", async () => {
  const theirs: Understanding = {
    zone: 'answer',
    guesses: [{ intent: 'pbg.apa', score: 0.9 }],
    also: null,
    elsewhere: { matter: 'SIM', office: 'kepolisian' },
    language: 'id',
  };
  const kit = await createKit({ nlu: { ...simpleNlu, understand: () => theirs } });
  await kit.says('perpanjang sim di mana ya');
  expect((await kit.heard())[0]).toContain('SIM diurus kepolisian');
});

it('When the matcher has not learned yet, then the turn waits, stored, and is answered once it has', async () => {
  let isReady = false;
  const kit = await createKit({ nlu: { ...simpleNlu, isReady: () => isReady } });
  await kit.says('nib itu apa sebenarnya ya');
  expect(await kit.heard()).toEqual([]);
  await kit.pass(1100);
  expect(await kit.heard()).toEqual([]);
  isReady = true;
  await kit.pass(1100);
  expect((await kit.heard())[0]).toContain('NIB adalah');
});

it('When the matcher never learns, then a person takes over', async () => {
  const kit = await createKit({ nlu: { ...simpleNlu, isReady: () => false } });
  await kit.says('nib itu apa sebenarnya ya');
  await kit.pass(61_000);
  expect((await conversationOf(kit)).state).toBe('queued');
});
