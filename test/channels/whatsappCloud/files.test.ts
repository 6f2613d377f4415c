// Files of citizens: asked for with the token, from Meta's places only, never more than wanted.
import { type Channel, SendError } from '../../../src/desk/ports.ts';
import { startWhatsappStandin, type Whatsapp } from '../../support/whatsappStandin.ts';
import { makeChannel } from './setup.ts';

describe('fetchFile', () => {
  let whatsapp: Whatsapp;
  let channel: Channel;
  beforeEach(async () => {
    whatsapp = await startWhatsappStandin();
    ({ channel } = makeChannel(whatsapp));
  });
  afterEach(() => whatsapp.close());

  const bytes = new Uint8Array(5000).fill(7);
  const fetchFile = (id: string, max = 10_000) => channel.fetchFile?.(id, max) ?? Promise.reject(new Error('no fetchFile'));
  const refusal = async (work: Promise<unknown>) => {
    const error = await work.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(SendError);
    return (error as SendError).verdict;
  };

  it('When a file is there, then its bytes come, whole', async () => {
    whatsapp.putFile('m1', bytes);
    expect(Buffer.from(await fetchFile('m1')).equals(Buffer.from(bytes))).toBe(true);
  });

  it('When it is larger than wanted, then it is refused, also when it does not say so', async () => {
    whatsapp.putFile('m1', bytes);
    const asked: string[] = [];
    whatsapp.fault = (what) => {
      asked.push(what);
      return null;
    };
    expect(await refusal(fetchFile('m1', 4999))).toBe('rejected');
    // It said so beforehand: nothing is loaded.
    expect(asked).toEqual(['place']);
    const place = `${new URL(whatsapp.apiRoot).origin}/file/m1`;
    const { channel: other } = makeChannel(whatsapp);
    whatsapp.fault = (what) =>
      what === 'place' ? { status: 200, body: JSON.stringify({ url: place, file_size: 1, id: 'm1' }) } : null;
    expect(await refusal(other.fetchFile?.('m1', 4999) ?? Promise.resolve())).toBe('rejected');
  });

  it('When it is gone, then it is refused for good; when Meta is busy, then later', async () => {
    expect(await refusal(fetchFile('unknown'))).toBe('rejected');
    whatsapp.putFile('m1', bytes);
    for (const what of ['place', 'file']) {
      for (const fault of [{ status: 500 }, { status: 401, code: 190 }, { destroy: 'after' as const }]) {
        whatsapp.fault = (asked) => (asked === what ? fault : null);
        expect(await refusal(fetchFile('m1'))).toBe('retry');
      }
    }
  });

  it.each([
    'http://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1',
    'https://lookaside.fbsbx.com.evil.example/x',
    'https://evilfbsbx.com/x',
    'http://127.0.0.1:9/file/m1',
    'file:///etc/passwd',
  ])('When Meta names the place %s, then the token is not taken there', async (place) => {
    whatsapp.putFile('m1', bytes, place);
    expect(await refusal(fetchFile('m1'))).toBe('rejected');
  });

  it('When an id would lead to another call, then it is asked for as an id all the same', async () => {
    const asked: string[] = [];
    whatsapp.fault = (what) => {
      asked.push(what);
      return null;
    };
    expect(await refusal(fetchFile('m1/messages'))).toBe('rejected');
    expect(asked).toEqual(['place']);
  });
});
