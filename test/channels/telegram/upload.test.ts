// Officers' files on their way to Telegram, through real telegraf: a picture as a photo, everything else as a document.
import { fromFile } from '../../../src/channels/telegram/telegramUpload.ts';
import { type OutboundMessage, SendError } from '../../../src/desk/ports.ts';
import { outbound } from '../../support/outbound.ts';
import { startTelegramStandin, type Telegram } from '../../support/telegramStandin.ts';
import { makeChannel } from './setup.ts';

const bytes = Buffer.from('isi berkas');

function withFile(mime: string, name: string, text = ''): OutboundMessage {
  const out = outbound({ channel: 'telegram', accountId: '111', externalId: '42' }, text);
  const file = { id: 'f1', name, mime, size: bytes.length, state: 'stored' as const, ref: null, key: 'k1' };
  return { ...out, message: { ...out.message, attachments: [file] }, bytesOf: async () => bytes };
}

describe('a file to Telegram', () => {
  let telegram: Telegram;
  beforeEach(async () => {
    telegram = await startTelegramStandin({ token: '111:AAA' });
  });
  afterEach(() => telegram.close());

  it.each([
    ['image/jpeg', 'denah.jpg', 'sendPhoto', 'photo'],
    ['image/gif', 'gerak.gif', 'sendDocument', 'document'],
    ['application/pdf', 'syarat.pdf', 'sendDocument', 'document'],
  ])('When it is %s, then it arrives whole, once, under its name', async (mime, name, method, field) => {
    const { channel } = makeChannel(telegram);
    expect(await channel.send(withFile(mime, name))).toEqual({ externalId: '42:1' });
    expect(telegram.calls.map((call) => call.method)).toEqual([method]);
    expect(telegram.sent).toMatchObject([{ chatId: '42', payload: { [field]: { name, size: bytes.length } } }]);
  });

  it('When a picture is too large for a photo or a text too long for a caption, then Telegram still takes them', () => {
    const large = fromFile(
      withFile('image/png', 'peta.png'),
      withFile('image/png', 'peta.png').message.attachments[0]!,
      Buffer.alloc(10_000_001),
    );
    expect(large.method).toBe('sendDocument');
    const out = withFile('image/png', 'peta.png', 'x'.repeat(2000));
    expect(fromFile(out, out.message.attachments[0]!, bytes).payload.caption).toHaveLength(1024);
  });

  it('When the file is gone, then the message is refused for good and Telegram is not asked', async () => {
    const gone = {
      ...withFile('image/png', 'a.png'),
      bytesOf: () => Promise.reject(new SendError('rejected', 'Berkasnya tidak tersedia lagi.')),
    };
    await expect(makeChannel(telegram).channel.send(gone)).rejects.toMatchObject({ verdict: 'rejected' });
    expect(telegram.calls).toEqual([]);
  });

  it('When the line is cut during the upload, then it may have arrived', async () => {
    telegram.fault = (method) => (method === 'sendDocument' ? { destroy: 'after' } : null);
    await expect(makeChannel(telegram).channel.send(withFile('application/pdf', 'a.pdf'))).rejects.toMatchObject({
      verdict: 'uncertain',
    });
    expect(telegram.sent).toHaveLength(1);
  });
});
