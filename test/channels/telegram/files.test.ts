// Fetching files: from the one host, without redirects, never more than asked for.
import { randomBytes } from 'node:crypto';
import { SendError } from '../../../src/desk/ports.ts';
import { type Fault, startTelegramStandin, type Telegram } from '../../support/telegramStandin.ts';
import { makeChannel } from './setup.ts';

const MB = 1024 * 1024;

describe('fetchFile', () => {
  let telegram: Telegram;
  beforeEach(async () => {
    telegram = await startTelegramStandin({ token: '111:secretsecretsecretsecret' });
  });
  afterEach(() => telegram.close());

  const fetchFile = (ref: string, maxBytes = MB) => makeChannel(telegram).channel.fetchFile?.(ref, maxBytes);
  async function failure(ref: string, maxBytes?: number): Promise<SendError> {
    const error = await fetchFile(ref, maxBytes)?.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(SendError);
    expect(String((error as Error).stack) + String((error as Error).cause)).not.toContain('secretsecret');
    return error as SendError;
  }
  /** getFile answers with a size that is not true. */
  const claim = (size: number | undefined, path: string): Fault => ({
    status: 200,
    body: { ok: true, result: { file_id: 'f', file_path: path, file_size: size } },
  });

  it('When a file fits, then its bytes come as they are', async () => {
    const bytes = randomBytes(200_000);
    telegram.putFile('f', bytes);
    expect(Buffer.compare((await fetchFile('f', 200_000)) ?? Buffer.alloc(0), bytes)).toBe(0);
  });

  it('When Telegram says it is larger than allowed, then it is not even asked for', async () => {
    telegram.putFile('f', randomBytes(1001));
    const asked: string[] = [];
    telegram.fault = (method) => {
      asked.push(method);
      return null;
    };
    expect(await failure('f', 1000)).toMatchObject({ verdict: 'rejected' });
    expect(asked).toEqual(['getFile']);
  });

  it('When it turns out larger than Telegram said, then reading ends at the limit', async () => {
    telegram.putFile('f', randomBytes(4 * MB));
    telegram.fault = (method) => (method === 'getFile' ? claim(10, 'files/f') : null);
    expect(await failure('f')).toMatchObject({ verdict: 'rejected' });
  });

  it.each([
    '../../etc/passwd',
    'files/../../x',
    '//evil.example/x',
    'http://evil.example/x',
    '/abs/path',
    'a b',
    'f?x=1',
    'f%2e%2e',
  ])('When the path is %p, then it is not followed', async (path) => {
    telegram.fault = (method) => (method === 'getFile' ? claim(10, path) : { status: 200, body: 'x' });
    expect(await failure('f')).toMatchObject({ verdict: 'rejected' });
  });

  it('When the download redirects, then it is not followed', async () => {
    telegram.putFile('f', randomBytes(10));
    telegram.putFile('other', randomBytes(10));
    const location = `${telegram.url}/file/bot${telegram.token}/files/other`;
    telegram.fault = (method, { url }) =>
      method === 'file' && !String(url).endsWith('other') ? { status: 302, headers: { location } } : null;
    expect(await failure('f')).toMatchObject({ verdict: 'retry' });
  });

  const table: [name: string, method: string, fault: Fault, verdict: SendError['verdict']][] = [
    ['does not know the file', 'getFile', { status: 400, body: { ok: false, error_code: 400, description: 'x' } }, 'rejected'],
    ['is cut off at getFile', 'getFile', { destroy: 'before' }, 'retry'],
    ['is disturbed at getFile', 'getFile', { status: 502, body: '' }, 'retry'],
    ['answers nonsense at getFile', 'getFile', { status: 200, body: { ok: true, result: {} } }, 'retry'],
    ['has lost it', 'file', { status: 404, body: '' }, 'rejected'],
    ['is disturbed at the download', 'file', { status: 500, body: '' }, 'retry'],
    ['is cut off at the download', 'file', { destroy: 'before' }, 'retry'],
  ];
  it.each(table)('When Telegram %s, then the verdict is right', async (_name, broken, fault, verdict) => {
    telegram.putFile('f', randomBytes(10));
    telegram.fault = (method) => (method === broken ? fault : null);
    expect(await failure('f')).toMatchObject({ verdict });
  });
});
