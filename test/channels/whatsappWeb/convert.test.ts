// Every kind of message, edits, calls and acks as the desk shall see them; menus as the citizen shall.
import { callToInbound, fromOutbound, toEdit, toInbound, toReport } from '../../../src/channels/whatsappWeb/convert.ts';
import type { WireMessage } from '../../../src/channels/whatsappWeb/protocol.ts';
import {
  isForUs,
  isPersonal,
  readCall,
  readMedia,
  readMessage,
  readPhoneOf,
  toWire,
} from '../../../src/channels/whatsappWeb/read.ts';
import { inboundSchema } from '../../../src/contract/message.ts';
import { outbound } from '../../support/outbound.ts';

const ana = '6281234567@c.us';
/** A message as the library's class has it. */
const raw = (more: object = {}) => ({
  id: { id: 'ACCF01', _serialized: `false_${ana}_ACCF01`, fromMe: false, remote: ana },
  ...{ from: ana, to: '62811@c.us', type: 'chat', body: 'halo', timestamp: 1_700_000_000, hasMedia: false, isStatus: false },
  _data: { notifyName: ' Ana ' },
  ...more,
});
const wire = (more: object = {}): WireMessage => toWire(readMessage(raw(more))!, ana);
const file = (mimetype: string, filename?: string) => ({ hasMedia: true, _data: { mimetype, filename, size: 7 } });

describe('what WhatsApp Web says', () => {
  it.each([
    ['chat', {}, { kind: 'text', text: 'halo' }],
    ['image', { body: 'ini', ...file('image/jpeg') }, { kind: 'image', text: 'ini', files: [['foto.jpg', 'image/jpeg']] }],
    ['video', { body: '', ...file('video/mp4') }, { kind: 'video', text: '', files: [['video.mp4', 'video/mp4']] }],
    ['ptt', { body: '', ...file('audio/ogg') }, { kind: 'voice', text: '', files: [['pesan-suara.ogg', 'audio/ogg']] }],
    ['audio', { body: '', ...file('audio/mpeg') }, { kind: 'audio', text: '', files: [['audio.mp3', 'audio/mpeg']] }],
    [
      'document',
      { body: '', ...file('application/pdf', 'KTP.pdf') },
      { kind: 'document', files: [['KTP.pdf', 'application/pdf']] },
    ],
    ['sticker', { body: '', ...file('image/webp') }, { kind: 'sticker', text: '', files: [] }],
    [
      'location',
      { body: 'xx', location: { latitude: '-6.9', longitude: 107.6, name: 'Balai Kota' } },
      { kind: 'location', text: 'Balai Kota (-6.9, 107.6)' },
    ],
    [
      'vcard',
      { body: 'x', vCards: ['BEGIN:VCARD\nTEL;waid=62812:+62 812-3456-7890\nEND:VCARD'] },
      { kind: 'contact', text: expect.not.stringContaining('3456') },
    ],
    ['list_response', { body: 'Cek antrean' }, { kind: 'text', text: 'Cek antrean' }],
    ['poll_creation', { body: 'Pilih' }, { kind: 'unsupported', text: 'Pilih' }],
    ['something_new', { body: '' }, { kind: 'unsupported', text: expect.stringContaining('tidak dapat ditampilkan') }],
  ])(
    'When it is a %s, then the desk gets the right kind, words and files',
    (type, more, expected: { kind: string; text?: unknown; files?: unknown }) => {
      const inbound = inboundSchema.parse(toInbound(wire({ type, ...more }), 'utama'));
      expect(inbound).toMatchObject({ channel: 'whatsappWeb', accountId: 'utama', externalId: 'in:ACCF01', kind: expected.kind });
      if (expected.text !== undefined) expect(inbound.text).toEqual(expected.text);
      if (expected.files) expect(inbound.attachments.map(({ name, mime }) => [name, mime])).toEqual(expected.files);
      expect(inbound.sentAt).toBe(1_700_000_000_000);
    },
  );

  const phone = { kind: 'phone', value: '+6281234567' };
  const lid = { kind: 'lid', value: '99@lid' };
  it.each([
    ['the phone alone', ana, null, '+6281234567', [phone]],
    ['the phone behind a lid', ana, '99@lid', '+6281234567', [lid, phone]],
    ['a lid alone', '99@lid', '99@lid', null, [lid]],
  ])('When WhatsApp tells %s, then these are the address, the number and the names', (_name, chat, hidden, number, aliases) => {
    const { from } = inboundSchema.parse(toInbound({ ...wire(), chat, lid: hidden }, 'utama'));
    expect(from).toEqual({ externalId: chat, name: 'Ana', phone: number, isBot: false, aliases });
  });

  it.each([
    ['a group', { from: '120363041234567890@g.us' }],
    ['a group of old', { from: '123-456@g.us' }],
    ['the status', { from: 'status@broadcast', isStatus: true }],
    ['a channel', { from: '123@newsletter' }],
    ['our own', { id: { id: 'X', _serialized: 'true_x', fromMe: true } }],
    ['a note of the app', { type: 'e2e_notification' }],
    ['a call log', { type: 'call_log' }],
    ['not yet decrypted', { type: 'ciphertext' }],
  ])('When it comes from %s, then it is not for us', (_what, more) => {
    expect(isForUs(readMessage(raw(more))!)).toBe(false);
  });

  it.each([null, undefined, 'x', {}, { id: null }, { id: { id: '' } }, raw({ from: 5 })])(
    'When the page hands out nonsense (%#), then it is no message',
    (nonsense) => {
      expect([readMessage(nonsense), readCall(nonsense), readPhoneOf(nonsense), readMedia(nonsense)]).toEqual([
        null,
        null,
        null,
        null,
      ]);
    },
  );

  it('When a part is malformed, then the rest is still read, and long texts are cut within a character', () => {
    const odd = wire({ body: `${'a'.repeat(7999)}😀`, location: 'there', _data: { size: -1, notifyName: 7 } });
    const inbound = inboundSchema.parse(toInbound(odd, 'utama'));
    expect(inbound.text).toHaveLength(7999);
    expect(inbound.from.name).toBeNull();
  });

  it('When it is edited or withdrawn, then the stored message is meant', () => {
    const edit = { kind: 'edit' as const, chat: ana, id: 'ACCF01', text: 'baru', at: 5 };
    expect(toEdit({ ...edit, deleted: false }, 'utama')).toMatchObject({ externalId: 'in:ACCF01', text: 'baru', deleted: false });
    expect(toEdit({ ...edit, deleted: true }, 'utama')).toMatchObject({ text: '', deleted: true });
  });

  it('When somebody calls, then it is a call entry of its own; group calls and our own are none', () => {
    const call = readCall({ id: 'C1', from: ana, isVideo: true, isGroup: false, fromMe: false })!;
    const inbound = inboundSchema.parse(callToInbound({ kind: 'call-in', ...call }, 'utama', 9));
    expect(inbound).toMatchObject({ externalId: 'call:C1', kind: 'call', text: expect.stringContaining('video'), sentAt: 9 });
    expect(readCall({ id: 'C1', from: ana, isGroup: true })).toBeNull();
    expect(readCall({ id: 'C1', from: ana, fromMe: true })).toBeNull();
  });

  it.each([
    [-1, 'failed'],
    [0, null],
    [1, 'sent'],
    [2, 'delivered'],
    [3, 'read'],
    [4, 'read'],
  ])('When the ack is %d, then the message is %s', (ack, state) => {
    expect(toReport({ id: 'X', ack }, 'utama')?.state ?? null).toBe(state);
  });

  it('When there are buttons, then a question gets numbers and other texts get words to type', () => {
    const buttons = ['NIB', 'PBG', 'SIP', 'Petugas'].map((label) => ({ id: label, label }));
    const out = outbound({ channel: 'whatsappWeb', accountId: 'utama', externalId: ana }, 'Yang mana?', buttons);
    expect(fromOutbound(out)).toBe('Yang mana?\n\n• NIB\n• PBG\n• SIP\n• Petugas');
    out.message.reason = { intent: null, score: 0, decision: 'ask' };
    expect(fromOutbound(out)).toBe('Yang mana?\n\n1. NIB\n2. PBG\n3. SIP\n• Petugas');
  });

  it.each([
    ['628@c.us', true],
    ['1@lid', true],
    ['1-2@g.us', false],
    ['120363041234567890@g.us', false],
    ['0@x.us', false],
  ])('When a chat is %s, then one person’s is %s', (chat, is) => {
    expect(isPersonal(chat)).toBe(is);
  });
});
