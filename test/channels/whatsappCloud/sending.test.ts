// What goes out, against Meta's limits, and what each answer of Meta means for the message and for the channel.
import { errorText, pauseReason } from '../../../src/channels/whatsappCloud/cloudErrors.ts';
import type { Button } from '../../../src/contract/message.ts';
import { type Channel, type OutboundMessage, SendError } from '../../../src/desk/ports.ts';
import { createFakeIntake } from '../../support/fakeIntake.ts';
import { outbound } from '../../support/outbound.ts';
import { until } from '../../support/until.ts';
import { startWhatsappStandin, type Whatsapp } from '../../support/whatsappStandin.ts';
import { hook, makeChannel } from './setup.ts';

const buttons = (count: number, label = (i: number) => `Pilihan ${i}`): Button[] =>
  Array.from({ length: count }, (_, i) => ({ id: `b${i}`, label: label(i) }));

describe('sending', () => {
  let whatsapp: Whatsapp;
  let channel: Channel;
  let waits: number[];
  beforeEach(async () => {
    whatsapp = await startWhatsappStandin();
    ({ channel, waits } = makeChannel(whatsapp));
    await channel.start(createFakeIntake());
    await until('ready', () => channel.health().state === 'ready');
  });
  afterEach(async () => {
    await channel.stop();
    await whatsapp.close();
  });

  const to = (externalId = '6281200000042') => ({ channel: 'whatsapp' as const, accountId: whatsapp.phoneNumberId, externalId });
  function send(text: string, choice: Button[] = [], externalId?: string) {
    const out = outbound(to(externalId), text, choice);
    out.message.id = 'm_1';
    return channel.send(out);
  }
  const refusal = async (work: Promise<unknown>): Promise<SendError> => {
    const error = await work.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(SendError);
    return error as SendError;
  };

  it('When it says what it can do, then free texts are taken for 24 hours, templates at any time, and nothing is sent twice by itself', () => {
    expect(channel.capabilities).toMatchObject({ window: { ms: 86_400_000 }, templates: true, repeatable: false });
  });

  it('When a text is sent, then it is plain, carries our id and names its receiver', async () => {
    await send('Halo *bukan tebal*');
    expect(whatsapp.sent[0]?.payload).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '6281200000042',
      biz_opaque_callback_data: 'm_1',
      type: 'text',
      text: { body: 'Halo *bukan tebal*', preview_url: false },
    });
  });

  it('When the receiver is known by a business-scoped id only, then it stands where Meta reads it', async () => {
    await send('Halo', [], 'ID.13491208655302741918');
    expect(whatsapp.sent[0]?.payload).toMatchObject({ recipient: 'ID.13491208655302741918' });
    expect(whatsapp.sent[0]?.payload).not.toHaveProperty('to');
  });

  it.each([
    ['one choice', 'Halo', buttons(1), 'button'],
    ['three', 'Halo', buttons(3), 'button'],
    ['four', 'Halo', buttons(4), 'list'],
    ['ten', 'x'.repeat(1024), buttons(10), 'list'],
    ['eleven', 'Halo', buttons(11), 'numbers'],
    ['a body longer than a message with buttons takes', 'x'.repeat(1025), buttons(2), 'numbers'],
    ['two of one name', 'Halo', buttons(2, () => 'Sama'), 'numbers'],
    ['two of one id', 'Halo', buttons(2).map((one) => ({ ...one, id: 'b' })), 'numbers'],
    ['no words', '', buttons(2), 'numbers'],
    ['a text as long as it may be', 'x'.repeat(4096), buttons(2), 'text'],
  ])('When there is/are %s, then the choices go out within the limits', async (_name, text, choice, form) => {
    await send(text, choice);
    const { type, payload, text: shown } = whatsapp.sent[0] ?? { payload: { interactive: null } };
    if (form === 'button' || form === 'list') {
      expect(type).toBe('interactive');
      expect(payload).toMatchObject({ interactive: { type: form, body: { text } } });
      const { action } = payload.interactive as { action: { buttons?: object[]; sections?: { rows: object[] }[] } };
      expect(action.buttons ?? action.sections?.flatMap(({ rows }) => rows)).toHaveLength(choice.length);
    } else {
      expect(type).toBe('text');
      const numbers = choice.map(({ label }, i) => `${i + 1}. ${label}`).join('\n');
      expect(shown).toBe(form === 'text' ? text : text === '' ? numbers : `${text}\n\n${numbers}`);
    }
  });

  it.each([
    ['foto.jpg', 'image/jpeg', 2000, 'image'],
    ['foto.jpg', 'image/jpeg', 5_000_001, 'document'],
    ['foto.webp', 'image/webp', 2000, 'document'],
    ['surat.pdf', 'application/pdf', 2000, 'document'],
    ['suara.ogg', 'audio/ogg', 2000, 'audio'],
  ])('When %s (%s, %d bytes) is sent, then it is uploaded and goes as %s', async (name, mime, size, type) => {
    const out: OutboundMessage = outbound(to(), 'Ini suratnya');
    out.message.attachments = [{ id: 'f', name, mime, size, state: 'stored', ref: null, key: 'k' }];
    await channel.send({ ...out, bytesOf: async () => new Uint8Array(size) });
    expect(whatsapp.uploads).toMatchObject([{ mime, name, size }]);
    const caption = type === 'audio' ? {} : { caption: 'Ini suratnya' };
    const filename = type === 'document' ? { filename: name } : {};
    expect(whatsapp.sent[0]?.payload).toMatchObject({ type, [type]: { id: whatsapp.uploads[0]?.id, ...caption, ...filename } });
  });

  it('When the words beside a file are longer than Meta takes, then they are cut and the file still goes', async () => {
    const out = outbound(to(), 'x'.repeat(1025));
    out.message.id = 'm_1';
    out.message.attachments = [
      { id: 'f', name: 'a.pdf', mime: 'application/pdf', size: 3, state: 'stored', ref: null, key: 'k' },
    ];
    await channel.send({ ...out, bytesOf: async () => new Uint8Array(3) });
    expect(whatsapp.sent[0]?.text).toBe('x'.repeat(1024));
  });

  it('When a message is a template, then it goes as one, with its variables in order', async () => {
    const out = outbound(to(), 'Halo Asep, berkas I-12 ada kabar.');
    out.message.template = { name: 'kabar_berkas', language: 'id', variables: ['Asep', 'I-12'] };
    await channel.send(out);
    const parameters = [
      { type: 'text', text: 'Asep' },
      { type: 'text', text: 'I-12' },
    ];
    const components = [{ type: 'body', parameters }];
    const template = { name: 'kabar_berkas', language: { code: 'id' }, components };
    expect(whatsapp.sent[0]?.payload).toMatchObject({ type: 'template', template });
    out.message.template = { name: 'pembuka', language: 'id', variables: [] };
    await channel.send(out);
    expect(whatsapp.sent[1]?.payload).toMatchObject({ template: { name: 'pembuka', language: { code: 'id' } } });
    expect(whatsapp.refused).toEqual([]);
  });

  it('When an upload breaks off, then nothing was seen and it is a plain retry', async () => {
    const out = outbound(to(), '');
    out.message.attachments = [
      { id: 'f', name: 'a.pdf', mime: 'application/pdf', size: 3, state: 'stored', ref: null, key: 'k' },
    ];
    whatsapp.fault = (what) => (what === 'media' ? { destroy: 'after' } : null);
    expect(await refusal(channel.send({ ...out, bytesOf: async () => new Uint8Array(3) }))).toMatchObject({ verdict: 'retry' });
    expect(whatsapp.sent).toEqual([]);
  });

  it.each([
    [130429, 'retry'],
    [131056, 'retry'],
    [4, 'retry'],
    [80007, 'retry'],
    [131000, 'retry'],
    [131016, 'retry'],
    [131057, 'retry'],
    [1, 'retry'],
    [2, 'retry'],
    [131047, 'rejected'],
    [131026, 'rejected'],
    [131051, 'rejected'],
    [131049, 'rejected'],
    [132000, 'rejected'],
    [132001, 'rejected'],
    [133010, 'rejected'],
    [131009, 'rejected'],
    [131053, 'rejected'],
    [131062, 'rejected'],
    [100, 'rejected'],
    [999999, 'rejected'],
  ])('When Meta refuses with code %d, then the message is %s and the channel goes on', async (code, verdict) => {
    whatsapp.fault = (what) => (what === 'messages' ? { status: 400, code } : null);
    const error = await refusal(send('Halo'));
    expect(error).toMatchObject({ verdict });
    expect(error.message).toContain(String(code));
    expect(error.message).not.toContain('refused');
    expect(channel.health().state).toBe('ready');
  });

  it('When one recipient gets too much, then the wait grows with every try: 4, 16, 64 s', async () => {
    whatsapp.fault = (what) => (what === 'messages' ? { status: 400, code: 131056 } : null);
    const tries = [];
    for (const attempt of [1, 2, 3]) {
      const out = outbound(to(), 'Halo');
      out.message.attempt = attempt;
      tries.push((await refusal(channel.send(out))).retryAfterMs);
    }
    expect(tries).toEqual([4000, 16_000, 64_000]);
  });

  it.each([
    [429, 'retry'],
    [500, 'retry'],
    [502, 'uncertain'],
    [503, 'retry'],
    [504, 'uncertain'],
    [418, 'rejected'],
  ])('When the answer is %d without a code, then the message is %s', async (status, verdict) => {
    whatsapp.fault = (what) => (what === 'messages' ? { status, body: '<html>' } : null);
    expect(await refusal(send('Halo'))).toMatchObject({ verdict });
  });

  it('When nobody listens, then the message certainly did not leave', async () => {
    const closed = await startWhatsappStandin();
    await closed.close();
    const { channel: other } = makeChannel(closed);
    expect(await refusal(other.send(outbound(to(), 'Halo')))).toMatchObject({ verdict: 'retry' });
  });

  it.each([190, 10, 200, 299, 368, 131031, 131042])(
    'When Meta refuses us altogether (%d), then nothing more is claimed until it takes the token again',
    async (code) => {
      whatsapp.fault = () => ({ status: 401, code });
      expect(await refusal(send('Halo'))).toMatchObject({ verdict: 'retry' });
      expect(channel.health()).toMatchObject({ state: 'needs-login', detail: pauseReason(code) });
      expect(errorText(code)).toBe(pauseReason(code));
      whatsapp.fault = null;
      await until('ready again', () => channel.health().state === 'ready');
      expect(waits.every((ms) => ms >= 5000)).toBe(true);
      await send('Halo');
      expect(whatsapp.sent).toHaveLength(1);
    },
  );

  it('When Meta refuses us again and again, then each pause is twice as long, until a message goes through', async () => {
    const pauses: (number | undefined)[] = [];
    for (const isTaken of [false, false, false, true, false]) {
      const before = waits.length;
      whatsapp.fault = (what) => (what === 'messages' && !isTaken ? { status: 401, code: 190 } : null);
      if (isTaken) await send('Halo');
      else {
        await refusal(send('Halo'));
        pauses.push(waits[before]);
      }
      await until('ready again', () => channel.health().state === 'ready');
    }
    expect(pauses).toEqual([5000, 10_000, 20_000, 5000]);
  });

  it('When a failed status says that our account is restricted, then the channel pauses as well', async () => {
    whatsapp.fault = () => ({ status: 400, code: 131031 });
    const body = JSON.stringify(whatsapp.status({ wamid: 'wamid.X', payload: {} }, 'failed', 131031));
    expect(await hook(channel, body, whatsapp.sign(body))).toBe(200);
    expect(channel.health()).toMatchObject({ state: 'needs-login', detail: pauseReason(131031) });
  });

  it('When the token is in an error, then it is nowhere in what is logged or thrown', async () => {
    const { channel: other, logged } = makeChannel({ ...whatsapp, token: 'EAAG-wrong-token-here' });
    await other.start(createFakeIntake());
    await until('refused', () => other.health().state === 'needs-login');
    const error = await refusal(other.send(outbound(to(), 'Halo')));
    await other.stop();
    expect(JSON.stringify([logged, error, error.message])).not.toContain('wrong-token');
  });
});
