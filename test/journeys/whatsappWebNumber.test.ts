// A WhatsApp number with the real whatsapp-web.js in real Chromium against the stand-in page: the contract of every channel, the login,
// every kind of message. It never ran against WhatsApp itself.
import type { Channel } from '../../src/desk/ports.ts';
import { describeChannel } from '../contract/channelContract.ts';
import { outbound } from '../support/outbound.ts';
import { until } from '../support/until.ts';
import { ana, budi, type OfficeNumber, openNumber } from '../support/whatsappWebKit.ts';

// A browser for each test, on whatever is left of a busy machine: how long it takes decides nothing.
jest.setTimeout(480_000);

describeChannel('whatsapp web, real library in Chromium', async () => {
  const number = await openNumber();
  number.phone.boot.isLinked = true;
  // We answer only who wrote before.
  for (const chat of [ana, budi]) await number.phone.write(chat, 'dulu', { isUnread: false, t: 1 });
  const chatOf = (citizen: string) => (citizen === 'ana' ? ana : budi);
  return {
    channel: () => number.make().channel,
    write: async (citizen, text) => {
      await number.phone.open();
      await number.phone.write(chatOf(citizen), text);
    },
    address: chatOf,
    shown: (citizen) => number.phone.sent.filter(({ chat }) => chat === chatOf(citizen)).map(({ text }) => text),
    cutSends: () => number.phone.order('fault', { sendReject: true }),
    close: number.close,
  };
});

describe('a number from QR to read receipt', () => {
  let number: OfficeNumber;
  let channel: Channel;
  beforeAll(async () => {
    number = await openNumber();
    await number.start();
    channel = number.channel;
  });
  afterAll(() => number.close());
  const stored = async (what: string, many: number) => {
    await until(what, () => number.intake.stored.length === many);
    return number.intake.stored[many - 1]!;
  };

  it('When nobody is logged in, then a QR is shown and turns; scanned, the number is ready', async () => {
    const qr = () => channel.control?.login().qr?.text ?? '';
    await until('a QR is shown', () => qr() !== '', 60_000);
    expect(channel.health()).toMatchObject({ state: 'needs-login' });
    await number.phone.order('scan');
    await number.ready();
    expect(channel.control?.login()).toMatchObject({ qr: null, number: expect.stringMatching(/^\+62811\d*\*\*\*\*000$/) });
  });

  it('When citizens write words, pictures, places, behind a lid, in groups, then the desk gets what is for it', async () => {
    await number.phone.write(ana, 'halo');
    expect(await stored('words', 1)).toMatchObject({
      kind: 'text',
      text: 'halo',
      from: { name: 'Ana', phone: `+${ana.split('@')[0]}` },
    });
    const media = { base64: Buffer.from('PNG-DATA').toString('base64'), mime: 'image/png', name: 'ktp.png' };
    await number.phone.write(ana, 'ini', { type: 'image', media });
    const picture = await stored('a picture', 2);
    expect(picture).toMatchObject({
      kind: 'image',
      text: 'ini',
      attachments: [{ name: 'ktp.png', mime: 'image/png', state: 'remote' }],
    });
    const bytes = await channel.fetchFile?.(picture.attachments[0]?.ref ?? '', 1000);
    expect(Buffer.from(bytes ?? []).toString()).toBe('PNG-DATA');
    await expect(channel.fetchFile?.(picture.attachments[0]?.ref ?? '', 3)).rejects.toMatchObject({ verdict: 'rejected' });
    await number.phone.write(budi, '', { type: 'location', lat: -6.9, lng: 107.6, loc: 'Balai Kota\nJl. Wastukencana' });
    expect(await stored('a place', 3)).toMatchObject({ kind: 'location', text: expect.stringContaining('Balai Kota') });
    await number.phone.write('120363@g.us', 'grup', { author: ana });
    await number.phone.write('status@broadcast', 'status', { author: ana });
    await number.phone.write('777@lid', 'tersembunyi');
    expect(await stored('behind a lid', 4)).toMatchObject({ from: { externalId: '777@lid', phone: null } });
  });

  it('When a message is answered, then it is delivered and read, and the citizen sees that theirs was read', async () => {
    const { externalId } = await number.send(ana, 'Halo juga');
    await until('it is there', () => number.phone.sent.length === 1 && number.phone.seen.length === 1);
    expect(number.phone.sent).toMatchObject([{ chat: ana, text: 'Halo juga', type: 'chat' }]);
    expect(number.phone.seen).toEqual([ana]);
    await until('it is delivered', () => number.intake.reports.some(({ state }) => state === 'delivered'));
    await number.phone.order('ack', { chat: ana, id: number.phone.sent[0]?.id, ack: 3 });
    await until('it is read', () => number.intake.reports.some((one) => one.state === 'read' && one.externalId === externalId));
    const lid = await number.send('777@lid', 'Halo tanpa nomor');
    expect(lid.externalId).toMatch(/^out:/);
    const out = outbound({ channel: 'whatsappWeb', accountId: 'utama', externalId: ana }, 'Surat');
    out.message.attachments = [
      { id: 'f', name: 'surat.pdf', mime: 'application/pdf', size: 4, state: 'stored', ref: null, key: 'k' },
    ];
    await channel.send({ ...out, bytesOf: async () => Buffer.from('%PDF') });
    await until('all are there', () => number.phone.sent.length === 3);
    expect(number.phone.sent[2]).toMatchObject({ chat: ana, text: 'Surat', type: 'document' });
    await channel.typing?.(out.contact);
    await until('typing is shown', () => number.phone.typing.includes(ana));
  });

  it('When somebody never wrote here, then nothing is sent to them', async () => {
    const before = number.phone.sent.length;
    await expect(number.send('6289999999@c.us', 'Promo!')).rejects.toMatchObject({ verdict: 'rejected' });
    expect(number.phone.sent).toHaveLength(before);
  });

  it('When a message is edited, withdrawn, told twice, or somebody calls, then the desk hears of it', async () => {
    const many = number.intake.stored.length;
    const written = await number.phone.write(ana, 'izin rekalme');
    await number.phone.order('edit', { chat: ana, id: written.id, body: 'izin reklame' });
    await until('the edit is told', () => number.intake.edits.length === 1);
    expect(number.intake.edits[0]).toMatchObject({ externalId: `in:${written.id}`, text: 'izin reklame', deleted: false });
    await number.phone.order('revoke', { chat: ana, id: written.id });
    await until('the withdrawal is told', () => number.intake.edits.some(({ deleted }) => deleted));
    expect(number.intake.edits.at(-1)).toMatchObject({ externalId: `in:${written.id}`, deleted: true });
    await number.phone.order('call', { id: 'CALL1', peerJid: ana, isVideo: false, isGroup: false, outgoing: false });
    await until('the call is told', () => number.intake.stored.some(({ kind }) => kind === 'call'));
    await number.phone.order('message', { ...written, id: 'DUP', body: 'sekali' });
    await number.phone.order('message', { ...written, id: 'DUP', body: 'sekali' });
    await until('both were told', () => number.intake.asked.filter(({ text }) => text === 'sekali').length === 2);
    expect(number.intake.stored).toHaveLength(many + 3);
  });

  it('When the server starts again, then the login is still there, and what was written meanwhile comes once', async () => {
    await channel.stop();
    await until('the browser is gone', () => !number.phone.isOpen());
    const before = number.intake.stored.length;
    await number.phone.write(ana, 'selagi mati 1');
    await number.phone.write(budi, 'selagi mati 2');
    await number.phone.write('120363@g.us', 'grup', { author: ana });
    await number.start();
    await number.ready();
    await until('both came', () => number.intake.stored.length === before + 2);
    expect(number.texts().slice(before).sort()).toEqual(['selagi mati 1', 'selagi mati 2']);
    channel = number.channel;
  });

  it('When an admin logs out, then a QR is shown again; a code typed into the phone works as well', async () => {
    channel.control?.logout();
    await until('a QR is shown', () => channel.control?.login().qr != null, 60_000);
    channel.control?.pair('6281100000000');
    await until('a code is shown', () => channel.control?.login().code?.code === 'ABCD1234');
    expect(number.phone.pairing).toEqual(['6281100000000']);
    await number.phone.order('scan');
    await number.ready();
  });
});
