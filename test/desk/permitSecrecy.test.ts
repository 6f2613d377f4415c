// Nobody learns anything about somebody else's file: equal work for unknown and wrong, guessing in bulk, planted secrets looked for on disk.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Contact } from '../../src/contract/conversation.ts';
import type { DeskContext } from '../../src/desk/context.ts';
import { proveByFact } from '../../src/desk/permitProof.ts';
import { createPermitState } from '../../src/desk/permitState.ts';
import type { Store } from '../../src/desk/ports.ts';
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import { createSqliteStore } from '../../src/store/sqlite/sqliteStore.ts';
import { createKit, type Kit } from '../support/deskKit.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { report } from '../support/permitKit.ts';
import { openTempStore, testKeys } from '../support/tempStore.ts';
import { randomFrom } from './random.ts';

const slot = 3000;
const lately = Date.UTC(2026, 10, 25, 2);

/** Counts every call of every method of the store. */
function counted(store: Store, calls: string[]): Store {
  const wrap = (port: object, name: string) =>
    new Proxy(port, {
      get(target, key) {
        const value = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          calls.push(`${name}.${String(key)}`);
          return value.apply(target, args);
        };
      },
    });
  const ports = Object.entries(store).map(([name, port]) => [name, typeof port === 'object' ? wrap(port, name) : port] as const);
  return Object.fromEntries(ports) as unknown as Store;
}

it('When a number is unknown or the fact is wrong, then the store and the cipher do the same work', async () => {
  const calls: string[] = [];
  let opened = 0;
  let remembered = 0;
  const crypto = createFieldCrypto(testKeys);
  const fields = {
    ...crypto,
    // Past the cache: a file somebody looked at before must not be quicker, nor a decoy that is always known.
    decryptAnew(field: string) {
      opened++;
      return crypto.decryptAnew(field);
    },
    decrypt(field: string | null) {
      if (field !== null && calls.at(-1) === 'permits.find') remembered++;
      return crypto.decrypt(field);
    },
  };
  const sqlite = createSqliteStore({ file: ':memory:', fields });
  const store = counted(sqlite, calls);
  await store.permits.put([{ id: 'f', report: report({ fetchedAt: lately }) }], null);
  const kit = await createKit({ store, greetingWaitMs: 0 });
  const work = async (from: string, number: string) => {
    await kit.says(number, { from });
    await kit.heard(from);
    calls.length = 0;
    opened = 0;
    remembered = 0;
    await kit.arrives('1111', { from });
    await kit.desk.idle();
    const judged = calls.filter((call) => call.startsWith('permit') || call === 'conversations.commit');
    kit.tick(slot);
    await kit.desk.sweep();
    await kit.heard(from);
    return { judged, opened, remembered };
  };
  const wrong = await work('a', 'PBG-327312-01082023-01');
  expect(wrong).toEqual({ judged: ['permitWatches.spend', 'permits.find', 'conversations.commit'], opened: 5, remembered: 0 });
  expect(await work('b', 'PBG-327312-01082023-77')).toEqual(wrong);
  await store.close();
});

it('When 10,000 guesses come from many contacts at many numbers within hours, then none is found and most are never judged', async () => {
  const { permits, permitWatches, settings } = createMemoryStore();
  const random = randomFrom(20_261_125);
  const numberOf = (i: number) => `PBG-327312-01082023-${String(i).padStart(3, '0')}`;
  const phones = Array.from({ length: 200 }, () => `+62812${String(random(100_000_000)).padStart(8, '0')}`);
  const reports = phones.map((phone, i) => report({ number: numberOf(i), person: { name: 'X', phone, nikTail: '0042' } }));
  await permits.put(
    reports.map((one, i) => ({ id: `f${i}`, report: one })),
    null,
  );
  let now = Date.UTC(2026, 10, 25);
  let alarms = 0;
  const clock = { now: () => now };
  const store = { permits, permitWatches, settings } as Store;
  const log = { error: () => void alarms++ };
  const desk = { store, clock, log, permits: createPermitState({ store, clock }) } as unknown as DeskContext;
  const verdicts = { match: 0, none: 0, capped: 0 };
  for (let guess = 0; guess < 10_000; guess++) {
    const contact = { id: `p${Math.floor(guess / 10)}` } as Contact;
    const digits = String(random(10_000)).padStart(4, '0');
    const verdict = await proveByFact(desk, contact, numberOf(random(200)), { kind: 'digits', digits, of: 'phone' });
    verdicts[verdict.kind]++;
    now += slot;
  }
  expect(verdicts.match).toBe(0);
  expect(verdicts.none).toBeGreaterThan(500);
  // The cap of an hour, in the eight and a half hours this takes.
  expect(verdicts.none).toBeLessThanOrEqual(900);
  expect(alarms).toBeGreaterThan(0);
});

describe('planted secrets', () => {
  const phone = '+6281987650246';
  const secrets = ['81987650246', '0246', '3273125508901357', '1357', 'Kartika Planted', 'rahasia-planted'];
  const talk = async (kit: Kit) => {
    await kit.says('PBG-327312-01082023-01');
    for (const text of [
      '0246',
      'hp saya 0819-8765-0246',
      '0 2 4 6',
      '0\n2\n4\n6',
      '0246 angka terakhirnya',
      '6281987650246',
      '02',
      '46',
      '0246 atau nik 3273125508901357',
      'nol dua empat enam',
      'punya saya kan akhirnya 0246 kenapa gak cocok sih saya sudah coba',
    ]) {
      await kit.says(text);
      await kit.pass(slot);
      await kit.says('PBG-327312-01082023-02');
    }
    await kit.desk.intake.edit({
      channel: 'shell',
      accountId: 'a',
      externalId: '1:2',
      text: '0246',
      deleted: false,
      at: kit.now(),
    });
    await kit.heard();
  };

  it('When NIK, phone, name and digits go through everything, then the files of the database do not hold them, nor does anything sent or logged', async () => {
    const opened = openTempStore();
    const logged: unknown[] = [];
    const kit = await createKit({ store: opened.store, greetingWaitMs: 0, log: (...line) => logged.push(line) });
    const person = { name: 'Kartika Planted', phone, nikTail: '1357' };
    await opened.store.permits.put([{ id: 'f', report: report({ person, note: 'rahasia-planted', fetchedAt: lately }) }], null);
    await kit.desk.sweep();
    await talk(kit);
    const bytes = () =>
      readdirSync(opened.dir)
        .filter((file) => file.startsWith('loket.db'))
        .map((file) => readFileSync(path.join(opened.dir, file), 'latin1'));
    const stored = (await opened.store.messages.since(await kit.conversationId(), 0, 200)).map(({ text }) => text).join('\n');
    expect(stored).toContain('••••');
    // Parted by lines, by words or over two messages: no digit of an answer stays, only those of numbers.
    const answers = stored.split('\n').filter((line) => !/PBG|[Kk]etik|4 angka/.test(line));
    expect(answers.filter((line) => /^[\s\d]*\d[\s\d]*(?: angka.*)?$/.test(line))).toEqual([]);
    expect(stored).not.toMatch(/\d angka terakhirnya/);
    const texts = kit.sent.map((out) => out.message.text).join('\n');
    const told = texts + JSON.stringify(logged);
    for (const secret of secrets) {
      expect([secret, stored.includes(secret)]).toEqual([secret, false]);
      expect([secret, (secret.length > 4 ? told : texts).includes(secret)]).toEqual([secret, false]);
      // Four digits alone stand in ids and times by chance: those are looked for in the stored texts above.
      if (secret.length > 4) for (const file of bytes()) expect([secret, file.includes(secret)]).toEqual([secret, false]);
    }
    expect((await opened.store.permits.find('PBG-327312-01082023-01'))[0]?.person).toEqual(person);
    await opened.close();
  });
});

it('When a NIK or NPWP comes in any spelling, by message or edit, then no file of the database holds its digits', async () => {
  const opened = openTempStore();
  const kit = await createKit({ store: opened.store, greetingWaitMs: 0 });
  const spellings = (digits: string): string[] => [
    ...['', ' ', '.', '-', '_', '/', '\n', '  ', ' - ', '\u200b', '\u00a0', ', '].map((gap) =>
      (digits.match(/.{1,4}/g) ?? []).join(gap),
    ),
    digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    digits.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
    `*${digits}*`,
  ];
  const npwp = ['01.234.567.8-901.234', '01 234 567 8 901 234', '01-234-567-8\n901-234', '012345678901234'];
  const texts = [...spellings('3273125508901357'), ...npwp];
  for (const [n, text] of texts.entries()) {
    const from = `w${n}`;
    await kit.says(`ini nomor saya ${text} ya pak`, { from, externalId: `e${n}` });
    await kit.heard(from);
    const edit = {
      channel: 'shell' as const,
      accountId: 'a',
      externalId: `e${n}`,
      text: `maaf, ${text} maksudnya`,
      deleted: false,
      at: kit.now(),
    };
    await kit.desk.intake.edit(edit);
  }
  const files = readdirSync(opened.dir).filter((file) => file.startsWith('loket.db'));
  for (const file of files) {
    const bytes = readFileSync(path.join(opened.dir, file), 'utf8');
    const plain = bytes.normalize('NFKC').replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
    const together = plain.replace(/[\s.\-_/,\u200b\u00a0]/g, '');
    for (const secret of ['3273125508901357', '012345678901234'])
      expect([file, secret, together.includes(secret)]).toEqual([file, secret, false]);
  }
  const stored = await opened.store.messages.since(await kit.conversationId('w0'), 0, 9);
  expect(stored.find(({ direction }) => direction === 'in')?.text).toBe('maaf, 3273********1357 maksudnya');
  await opened.close();
});

it('When the data key is changed, then files are found under both, and after writing them anew under the new one alone', async () => {
  const [old] = testKeys;
  const fresh = { id: 'k2', key: Buffer.alloc(32, 7) };
  const before = openTempStore({ keys: [old!] });
  await before.store.permits.put([{ id: 'f', report: report() }], null);
  const file = path.join(before.dir, 'loket.db');
  const withKeys = (keys: typeof testKeys) => createSqliteStore({ file, fields: createFieldCrypto(keys) });
  const both = withKeys([fresh, old!]);
  expect(await both.permits.find(report().number)).toHaveLength(1);
  expect((await both.permits.put([{ id: 'g', report: report({ fetchedAt: 2000 }) }], null))[0]).toEqual({
    id: 'f',
    outcome: 'same',
  });
  let place: number | null = 0;
  while (place !== null) place = await both.permits.rekey(place, 200);
  await both.close();
  const alone = withKeys([fresh]);
  expect((await alone.permits.find(report().number))[0]?.person).toEqual(report().person);
  await alone.close();
  await before.close();
});
