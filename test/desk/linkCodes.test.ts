// Linking by a code from the widget: what comes of a right, late, used or wrong one, and that none can be read out of what is stored.
import { findLinkCode, hideLinkCodes, newLinkCode } from '../../src/desk/linkCodeForm.ts';
import { findNumbers } from '../../src/desk/permitNumbers.ts';
import type { Store } from '../../src/desk/storePort.ts';
import { conversationOf, createKit, type Kit } from '../support/deskKit.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { openTempStore } from '../support/tempStore.ts';

const visitor = { channel: 'shell', accountId: 'a', externalId: 'web' } as const;
const invite = (code: string) => ({ app: 'Telegram' as const, url: `https://t.me/loket_bot?start=${code}` });
const linkedWords = /^Tersambung\./;
const wrongWords = /^Kode ini tidak dapat dipakai\./;

/** A visitor with a code, and a citizen elsewhere who has written before. */
async function openKit(store?: Store) {
  const kit = await createKit({ invite, ...(store && { store }) });
  for (const from of ['web', 'tg']) {
    await kit.says('apa itu nib', { from });
    await kit.heard(from);
  }
  return kit;
}
async function codeOf(kit: Kit): Promise<string> {
  const given = await kit.desk.visitor.linkCode(visitor, 'Telegram');
  if (!given.ok) throw new Error(given.code);
  expect(given.url).toBe(`https://t.me/loket_bot?start=${given.code}`);
  expect(given.expiresAt).toBe(kit.now() + 15 * 60_000);
  return given.code;
}
const othersOf = async (kit: Kit, from: string) => kit.store.identities.linked((await conversationOf(kit, from)).contactId);
const wrong = 'LK-2222-2222';

describe('linking by a code', () => {
  it('When the code comes from the other app, then both ends hear it once, both are one person, and an officer can undo it', async () => {
    const kit = await openKit();
    const rina = await kit.officer('Rina');
    const code = await codeOf(kit);
    const message = await kit.says(`Sambungkan chat saya: ${code.toLowerCase()}`, { from: 'tg', externalId: 'm1' });
    expect(message.text).toBe('Sambungkan chat saya: LK-••••-••••');
    expect((await kit.store.messages.get(message.id))?.text).not.toContain(code.slice(3));
    for (const from of ['web', 'tg']) expect(await kit.heard(from)).toEqual([expect.stringMatching(linkedWords)]);
    const [web, tg] = [await conversationOf(kit, 'web'), await conversationOf(kit, 'tg')];
    expect(await othersOf(kit, 'tg')).toEqual([web.contactId]);
    const trail = (await kit.store.settings.audit(20)).filter(({ action }) => action === 'link');
    expect(trail).toMatchObject([{ actor: 'visitor', subject: tg.contactId, detail: web.contactId }]);

    await kit.says(code, { from: 'tg', externalId: 'm1' });
    await kit.pass(120_000);
    for (const from of ['web', 'tg']) expect(await kit.heard(from)).toEqual([]);
    expect(await kit.desk.contacts.unlink(rina, tg.contactId)).toEqual({ ok: true });
    expect(await othersOf(kit, 'tg')).toEqual([]);
    await kit.says('apa itu pbg', { from: 'tg' });
    expect(await kit.heard('tg')).toEqual([expect.stringContaining('PBG')]);
  });

  it('When an officer holds the conversation, then the code is still answered and the officer still waits for nothing else', async () => {
    const kit = await openKit();
    const rina = await kit.officer('Rina');
    await kit.says('petugas', { from: 'tg' });
    await kit.desk.officer.claim(rina, (await conversationOf(kit, 'tg')).id);
    await kit.heard('tg');
    await kit.says(await codeOf(kit), { from: 'tg' });
    expect(await kit.heard('tg')).toEqual([expect.stringMatching(linkedWords)]);
    expect(await conversationOf(kit, 'tg')).toMatchObject({ state: 'officer' });
  });

  it.each<[string, (kit: Kit) => Promise<string>]>([
    ['never given out', async () => wrong],
    [
      'late',
      async (kit) => {
        const code = await codeOf(kit);
        kit.tick(15 * 60_000);
        return code;
      },
    ],
    [
      'used',
      async (kit) => {
        const code = await codeOf(kit);
        await kit.says(code, { from: 'third' });
        return code;
      },
    ],
    [
      'replaced by a newer one',
      async (kit) => {
        const code = await codeOf(kit);
        await codeOf(kit);
        return code;
      },
    ],
  ])('When a code is %s, then the answer is the same friendly one and nobody is linked', async (_name, codeFor) => {
    const kit = await openKit();
    await kit.says(await codeFor(kit), { from: 'tg' });
    expect(await kit.heard('tg')).toEqual([expect.stringMatching(wrongWords)]);
    expect(await othersOf(kit, 'tg')).toEqual([]);
  });

  describe.each([
    ['the memory model', () => ({ store: createMemoryStore(), close: async () => {} })],
    ['SQLite', () => openTempStore()],
  ] as [string, () => { store: Store; close: () => Promise<void> }][])('on %s', (_name, open) => {
    let opened: ReturnType<typeof open>;
    beforeEach(() => {
      opened = open();
    });
    afterEach(() => opened.close());
    const killed = () => Promise.reject(new Error('killed'));

    /** The process dies at `method`; the next one gets the message again, or only sweeps. @returns what both ends hear then */
    async function dieAt(method: 'receive' | 'commit', isRepeated: boolean) {
      const dying = { ...opened.store, conversations: { ...opened.store.conversations } };
      const kit = await openKit(dying);
      const code = await codeOf(kit);
      const said = [code, { from: 'tg', externalId: 'm1' }] as const;
      Object.assign(dying.conversations, { [method]: killed });
      await kit.arrives(...said).catch(() => undefined);
      await kit.settled();
      for (const from of ['web', 'tg']) expect(await kit.heard(from)).toEqual([]);
      const next = await createKit({ store: opened.store, invite, startAt: kit.now() + 1000 });
      if (isRepeated) await next.says(...said);
      await next.pass(120_000);
      await next.pass(120_000);
      const heard = { web: await next.heard('web'), tg: await next.heard('tg') };
      const [web] = [await conversationOf(next, 'web')];
      expect(await othersOf(next, 'tg')).toEqual([web.contactId]);
      const trail = (await next.store.settings.audit(20)).filter(({ action }) => action === 'link');
      expect(trail).toHaveLength(1);
      return heard;
    }
    const once = [expect.stringMatching(linkedWords)];

    it('When the process dies between redeeming and storing, then the repeat links once, and both ends hear it once', async () => {
      expect(await dieAt('receive', true)).toEqual({ web: once, tg: once });
    });

    it('When it dies after storing, then the sweep tells both ends what became of the code, once', async () => {
      expect(await dieAt('commit', false)).toEqual({ web: once, tg: once });
    });
  });

  it('When somebody guesses, then after five a day nothing is answered or looked up, and the next day it works again', async () => {
    const kit = await openKit();
    for (let n = 0; n < 5; n++) await kit.says(wrong, { from: 'tg' });
    expect((await kit.heard('tg')).filter((text) => wrongWords.test(text))).toHaveLength(5);
    await kit.says(await codeOf(kit), { from: 'tg' });
    await kit.pass(120_000);
    expect(await kit.heard('tg')).toEqual([]);
    expect(await othersOf(kit, 'tg')).toEqual([]);
    kit.tick(24 * 3_600_000);
    await kit.says(await codeOf(kit), { from: 'tg' });
    expect(await othersOf(kit, 'tg')).toHaveLength(1);
  });

  it('When a code comes in a group, by a pressed button, or in an edit, then it links nobody and is hidden', async () => {
    const kit = await openKit();
    const code = await codeOf(kit);
    expect((await kit.says(code, { from: 'group', isGroup: true })).text).toBe('LK-••••-••••');
    const { contactId } = await conversationOf(kit, 'web');
    await kit.heard('web');
    await kit.says('halo', { from: 'tg', button: `link:done:${contactId}` });
    expect(await kit.heard('web')).toEqual([]);
    const plain = await kit.says('apa itu nib', { from: 'tg', externalId: 'e1' });
    await kit.desk.intake.edit({ channel: 'shell', accountId: 'a', externalId: 'e1', text: code, deleted: false, at: kit.now() });
    expect((await kit.store.messages.get(plain.id))?.text).toBe('LK-••••-••••');
    for (const from of ['group', 'tg']) expect(await othersOf(kit, from)).toEqual([]);
    await kit.says(code, { from: 'tg' });
    expect(await othersOf(kit, 'tg')).toEqual([contactId]);
  });

  it('When no app is connected, then none is offered, no code is made, and one that is written is answered and hidden', async () => {
    const kit = await createKit();
    await kit.says('apa itu nib', { from: 'web' });
    await kit.heard('web');
    expect(kit.desk.visitor.linkApps()).toEqual([]);
    expect(await kit.desk.visitor.linkCode(visitor, 'Telegram')).toMatchObject({ ok: false, code: 'not-found' });
    expect((await kit.says(wrong, { from: 'web' })).text).toBe('LK-••••-••••');
    expect(await kit.heard('web')).toEqual([expect.stringMatching(wrongWords)]);
  });
});

describe('the form of a code', () => {
  it('When codes are made, then each is found again however it is written, and none looks like a permit number', () => {
    for (let n = 0; n < 200; n++) {
      const code = newLinkCode();
      expect(code).toMatch(/^LK-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
      expect(findLinkCode(`kode saya ${code.toLowerCase()}.`)).toBe(code);
      expect(findNumbers(code).found).toEqual([]);
      expect(hideLinkCodes(`${code}, ${code}`)).toBe('LK-••••-••••, LK-••••-••••');
    }
  });

  it.each(['LK-karyawan', 'lk-2 5000', 'SILK-ABCD-EFGH', 'PBG-327312-01082023-01', 'LK-ABCD-EFGHJ'])(
    'When a text says %s, then it is no code and stays',
    (text) => {
      expect(findLinkCode(text)).toBeNull();
      expect(hideLinkCodes(text)).toBe(text);
    },
  );
});
