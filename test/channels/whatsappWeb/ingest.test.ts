// What the child told and the store does not take yet: told again for as long as it takes, in its order, and never taken for stored.
import { createIngest } from '../../../src/channels/whatsappWeb/ingest.ts';
import { LoketError } from '../../../src/contract/errors.ts';
import { until } from '../../support/until.ts';

function setUp() {
  const stopping = new AbortController();
  const waits: number[] = [];
  const errors: string[] = [];
  const log = { info() {}, warn() {}, error: (_fields: object, event: string) => void errors.push(event) };
  const wait = async (ms: number) => {
    waits.push(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { ingest: createIngest({ log, signal: stopping.signal, wait }), stopping, waits, errors };
}
/** Fails so often, then it is stored. */
function failing(times: number, error: Error, stored: string[], text: string) {
  let left = times;
  return async () => {
    left -= 1;
    if (left >= 0) throw error;
    stored.push(text);
  };
}
const away = new LoketError('store-away', 'The store is away.');

describe('what is not stored yet', () => {
  it('When the store is away for long, then it is tried again until it is stored, ever more slowly, and later ones wait', async () => {
    const { ingest, waits, errors } = setUp();
    const stored: string[] = [];
    ingest.take('ana', 5, failing(12, away, stored, 'satu'));
    ingest.take('ana', 6, failing(0, away, stored, 'dua'));
    expect([ingest.oldest(), ingest.isBusy('ana'), ingest.isBusy('budi')]).toEqual([5, true, false]);
    await ingest.idle();
    expect(stored).toEqual(['satu', 'dua']);
    expect(waits).toEqual([200, 400, 800, 1600, 3200, ...Array(7).fill(5000)]);
    expect([ingest.oldest(), errors]).toEqual([null, []]);
  });

  it('When one message cannot be stored for another reason, then after eight tries it is given up, said so, and the next get through', async () => {
    const { ingest, waits, errors } = setUp();
    const stored: string[] = [];
    ingest.take('ana', 5, failing(7, new Error('odd'), stored, 'satu'));
    ingest.take('ana', 6, failing(8, new Error('odd'), stored, 'dua'));
    ingest.take('ana', 7, failing(0, away, stored, 'tiga'));
    await ingest.idle();
    expect(stored).toEqual(['satu', 'tiga']);
    expect(waits).toHaveLength(14);
    expect([ingest.oldest(), errors]).toEqual([null, ['given up after many tries']]);
  });

  it('When the channel stops meanwhile, then what is not stored still counts as in hand', async () => {
    const { ingest, stopping } = setUp();
    const stored: string[] = [];
    ingest.take('ana', 5, failing(Number.POSITIVE_INFINITY, away, stored, 'satu'));
    await until('it is tried', () => ingest.isBusy('ana'));
    stopping.abort();
    await ingest.idle();
    expect([ingest.oldest(), stored]).toEqual([5, []]);
  });
});
