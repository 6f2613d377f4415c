// Recorded shapes of updates against what the desk shall see of them, and what goes out against what Telegram shall see.
import fs from 'node:fs';
import path from 'node:path';
import { type Bot, mentionsUs } from '../../../src/channels/telegram/telegramAddress.ts';
import { cut } from '../../../src/channels/telegram/telegramContent.ts';
import { fromOutbound, toInbound } from '../../../src/channels/telegram/telegramConvert.ts';
import { updateSchema } from '../../../src/channels/telegram/telegramUpdate.ts';
import type { Button } from '../../../src/contract/message.ts';
import { editSchema, inboundSchema } from '../../../src/contract/message.ts';
import { outbound } from '../../support/outbound.ts';

const bot: Bot = { id: 111, accountId: '111', username: 'loket_bot' };
const now = 1764000099000;
const folder = path.join(import.meta.dirname, '../../fixtures/telegram');
const fixtures = fs
  .readdirSync(folder)
  .map((file) => ({ name: path.basename(file, '.json'), ...JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) }));
const fixture = (name: string) => fixtures.find((one) => one.name === name);

describe('toInbound', () => {
  it.each(fixtures)('When $name comes in, then the desk sees what the fixture says', ({ update, expected }) => {
    const translated = toInbound(updateSchema.parse(update), bot, now);
    expect(translated).toEqual(expected);
    if (translated.kind === 'message') inboundSchema.parse(translated.inbound);
    if (translated.kind === 'edit') editSchema.parse(translated.edit);
  });

  it('When the same update comes twice, then it has the same id', () => {
    for (const { update } of fixtures) {
      const [first, again] = [now, now + 60_000].map((time) => toInbound(updateSchema.parse(update), bot, time));
      if (first?.kind === 'message' && again?.kind === 'message') expect(again.inbound.externalId).toBe(first.inbound.externalId);
    }
  });

  it('When every part of a message is of the wrong type, then it is still taken', () => {
    const { message } = fixture('photo').update;
    const parts = [
      'text',
      'caption',
      'entities',
      'photo',
      'document',
      'voice',
      'location',
      'contact',
      'sticker',
      'reply_to_message',
    ];
    for (const wrong of [null, 7, 'x', [], {}, [null]]) {
      const broken = { ...message, ...Object.fromEntries(parts.map((part) => [part, wrong])) };
      if (wrong === 'x') Object.assign(broken, { text: undefined });
      const translated = toInbound(updateSchema.parse({ update_id: 1, message: broken }), bot, now);
      expect(translated).toMatchObject({ kind: 'message', inbound: { externalId: '42:3' } });
    }
  });

  it("When somebody else's number is shared, then it is nowhere in what the desk sees", () => {
    const translated = toInbound(updateSchema.parse(fixture('contactOther').update), bot, now);
    expect(JSON.stringify(translated)).not.toMatch(/9999/);
  });

  it('When the bot does not know its name yet, then a mention by name is not taken for one of us', () => {
    const { message } = updateSchema.parse(fixture('groupMention').update);
    expect(mentionsUs(message!, { ...bot, username: null })).toBe(false);
  });
});

describe('cut', () => {
  it('When the limit falls into a character, then the whole character goes', () => {
    expect(cut('ab😀', 3)).toBe('ab');
    expect(cut('ab😀', 4)).toBe('ab😀');
  });
});

describe('fromOutbound', () => {
  const ana = { channel: 'telegram', accountId: '111', externalId: '42' } as const;
  const rows = (buttons: Button[]) =>
    fromOutbound(outbound(ana, 'Pilih:', buttons)).reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text));

  it('When a text goes out, then it is plain text without previews', () => {
    expect(fromOutbound(outbound(ana, '*Syarat* <PBG>: https://example.org'))).toEqual({
      chat_id: '42',
      text: '*Syarat* <PBG>: https://example.org',
      link_preview_options: { is_disabled: true },
    });
  });

  it('When it has buttons, then they are keys of an inline keyboard', () => {
    expect(fromOutbound(outbound(ana, 'Pilih:', [{ id: 'pbg.syarat', label: 'Syarat PBG' }]))).toEqual({
      chat_id: '42',
      text: 'Pilih:',
      link_preview_options: { is_disabled: true },
      reply_markup: { inline_keyboard: [[{ text: 'Syarat PBG', callback_data: 'pbg.syarat' }]] },
    });
  });

  it('When all labels are short, then two share a row; else each has its own', () => {
    const short = ['Ya', 'Tidak', 'Petugas'].map((label) => ({ id: label, label }));
    expect(rows(short)).toEqual([['Ya', 'Tidak'], ['Petugas']]);
    expect(rows([...short, { id: 'x', label: 'Bicara dengan orang' }])).toEqual([
      ['Ya'],
      ['Tidak'],
      ['Petugas'],
      ['Bicara dengan orang'],
    ]);
  });

  it('When a button id has more than 64 bytes, then the text goes out without that button', () => {
    expect(rows([{ id: 'é'.repeat(33), label: 'Satu' }])).toBeUndefined();
    expect(rows([{ id: 'é'.repeat(32), label: 'Satu' }])).toEqual([['Satu']]);
  });
});
