// A proof is one of a file as it was: when the registered phone changes, whoever proved the old one reads nothing more.
import type { Officer } from '../../src/contract/conversation.ts';
import type { PermitReport } from '../../src/desk/permitPort.ts';
import { conversationOf, createKit, type Kit } from '../support/deskKit.ts';
import { issued, report } from '../support/permitKit.ts';
import { openTempStore } from '../support/tempStore.ts';

const { number, person } = report();
const askFact = 'Demi keamanan, ketik 4 angka terakhir nomor HP';
const slot = 3000;
const officer: Officer = { id: 'o1', name: 'Rina', role: 'admin', teams: [] } as unknown as Officer;
const stores = [
  ['in memory', () => ({ store: undefined, close: async () => {} })],
  ['on SQLite', () => openTempStore()],
] as const;

describe.each(stores)('a proof %s', (_, open) => {
  let kit: Kit;
  let close = async () => {};
  const put = (more: Partial<PermitReport> = {}, batch: string | null = null) =>
    kit.store.permits.put([{ id: 'f', report: report({ fetchedAt: kit.now(), ...more }) }], batch);
  const asks = async (text: string) => {
    await kit.says(text);
    return (await kit.heard()).join('\n');
  };
  const gives = async (digits: string) => {
    await asks(digits);
    await kit.pass(slot);
    return (await kit.heard()).join('\n');
  };
  const provedUntil = async () => {
    const seen = await kit.desk.permits.permitsOf(officer, (await conversationOf(kit)).id);
    return seen.ok ? seen.numbers.map((one) => one.provedUntil !== null) : seen;
  };

  beforeEach(async () => {
    const opened = open();
    close = opened.close;
    kit = await createKit({ greetingWaitMs: 0, ...(opened.store && { store: opened.store }) });
    await put();
    await kit.desk.sweep();
    await asks(number);
    expect(await gives('5678')).toContain('Verifikasi berkas');
    kit.tick(60_000);
  });
  afterEach(() => close());

  it('When the file moves, then the proof still holds', async () => {
    await put({ status: issued });
    expect(await provedUntil()).toEqual([true]);
    expect(await asks(number)).toContain('Terbit');
  });

  it('When it names another phone, then the old proof shows nothing, watches nothing, and the new digits prove it', async () => {
    await put({ status: issued, person: { ...person, phone: '+628119990000' } });
    expect(await provedUntil()).toEqual([false]);
    expect(await asks('kabari kalau ada perubahan')).not.toContain('Terbit');
    expect(await kit.store.permitWatches.watches((await conversationOf(kit)).contactId)).toEqual([]);
    expect(await asks(number)).toContain(askFact);
    expect(await gives('5678')).toContain('tidak cocok');
    expect(await gives('0000')).toContain('Terbit');
  });

  it('When it names another phone before the slot of the answer, then nothing of it is told', async () => {
    await asks('batal');
    await asks('PBG-327312-01082023-99');
    await asks(`${number} 5678`);
    await put({ status: issued, person: { ...person, phone: '+628119990000' } });
    await kit.pass(slot);
    expect((await kit.heard()).join('\n')).toContain('tidak cocok');
  });

  it('When the import that named the proved phone is taken back, then the proof goes with it', async () => {
    await put({ status: issued, person: { ...person, phone: '+628119990000' } }, 'b1');
    await asks(number);
    expect(await gives('0000')).toContain('Terbit');
    await kit.store.permits.undo('b1', 10);
    expect(await asks(number)).toContain(askFact);
  });
});
