// The OSS connector alone, against its stand-in: every spelling and every fault.
import type { ConnectorFault } from '../../src/desk/permitConnectorPort.ts';
import { createOssConnector } from '../../src/permits/connectors/oss.ts';
import { type OssMode, openOssStandin, ossKey, ossNib, ossNumber } from '../support/ossStandin.ts';

let oss: Awaited<ReturnType<typeof openOssStandin>>;
beforeEach(async () => {
  oss = await openOssStandin();
});
afterEach(() => oss.close());

const lookup = (mode: OssMode, { key = ossKey, ms = 5000 } = {}) => {
  oss.state.mode = mode;
  const connector = createOssConnector({ apiRoot: oss.apiRoot, userKey: key, clock: { now: () => 77 } });
  return connector.lookup(ossNumber, AbortSignal.timeout(ms));
};

test.each<OssMode>(['ok', 'other-spelling'])(
  'When OSS answers (%s), then the status is read by its table and nothing else is kept',
  async (mode) => {
    expect(await lookup(mode)).toEqual({
      ...{
        system: 'OSS',
        number: ossNumber,
        otherNumbers: [ossNib],
        service: null,
        note: null,
        submittedAt: null,
        fetchedAt: 77,
      },
      person: { name: null, phone: null, nikTail: null },
      status: {
        ...{ stage: 'verifikasi_teknis', turn: 'office', codeRaw: '45', textRaw: 'Persyaratan terverifikasi' },
        ...{ reason: null, since: null },
      },
    });
    expect(oss.asked).toEqual([{ url: '/v1/kl/rba/checkLicenseStatus', idIzin: ossNumber, isKnown: true }]);
  },
);

it('When OSS says a code nobody has mapped, then its own words stand and no stage is guessed', async () => {
  oss.state.status = { kd_status: '58', uraian_status: 'Izin terbit/SS terverifikasi' };
  expect((await lookup('ok'))?.status).toMatchObject({ stage: null, turn: 'unknown', codeRaw: '58' });
});

it('When OSS does not know the number, then that is an answer', async () => {
  expect(await lookup('unknown-number')).toBeNull();
});

test.each<[OssMode, ConnectorFault['kind'], passes: boolean]>([
  ['slow', 'timeout', true],
  ['error', 'busy', true],
  ['error-in-body', 'busy', true],
  ['cut', 'unreachable', true],
  ['denied', 'denied', false],
  ['denied-in-body', 'denied', false],
  ['missing', 'refused', false],
  ['redirect', 'refused', false],
  ['html', 'wrong-answer', false],
  ['empty', 'wrong-answer', false],
  ['other-json', 'wrong-answer', false],
  ['other-number', 'wrong-answer', false],
])('When OSS is %s, then the fault is %s', async (mode, kind, passes) => {
  await expect(lookup(mode, { ms: mode === 'slow' ? 50 : 5000 })).rejects.toMatchObject({ name: 'ConnectorFault', kind, passes });
});

it('When the key is wrong or nobody listens, then that is told apart', async () => {
  await expect(lookup('ok', { key: 'lain' })).rejects.toMatchObject({ kind: 'denied' });
  await oss.close();
  await expect(lookup('ok')).rejects.toMatchObject({ kind: 'unreachable' });
  oss = await openOssStandin();
});
