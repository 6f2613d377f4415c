// Who writes: a person keeps one conversation under number and BSUID, a recycled number is somebody else, a changed number moves it.
import type { InboundMessage } from '../../src/contract/message.ts';
import { createKit, type Kit } from '../support/deskKit.ts';

type Names = { bsuid?: string; phone?: string; username?: string };
let made = 0;
const namesOf = ({ bsuid, phone, username }: Names) => [
  ...(bsuid === undefined ? [] : [{ kind: 'bsuid' as const, value: bsuid }]),
  ...(phone === undefined ? [] : [{ kind: 'phone' as const, value: `+${phone}` }]),
  ...(username === undefined ? [] : [{ kind: 'username' as const, value: username }]),
];
/** Writes as a channel with both names does: the BSUID is the address where there is one. */
async function writes(kit: Kit, names: Names, text = 'halo') {
  const inbound: InboundMessage = {
    channel: 'shell',
    accountId: 'a',
    externalId: `i${++made}`,
    from: {
      externalId: names.bsuid ?? names.phone ?? '',
      name: 'Asep',
      phone: names.phone === undefined ? null : `+${names.phone}`,
      isBot: false,
      aliases: namesOf(names),
    },
    kind: 'text',
    text,
    attachments: [],
    button: null,
    clientMessageId: null,
    sentAt: kit.now(),
  };
  const { message } = await kit.desk.intake.message(inbound);
  await kit.settled();
  const seat = await kit.store.conversations.get(message.conversationId);
  if (seat === null) throw new Error('no conversation');
  return { conversationId: message.conversationId, contactId: seat.contact.id, address: seat.contact.externalId };
}
const moves = (kit: Kit, from: Names, to: Names) =>
  kit.desk.intake.moved({
    channel: 'shell',
    accountId: 'a',
    from: namesOf(from),
    to: namesOf(to),
    externalId: to.bsuid ?? to.phone ?? '',
    phone: to.phone === undefined ? null : `+${to.phone}`,
  });
const addressOf = async (kit: Kit, contactId: string) => (await kit.store.contacts.get(contactId))?.externalId;

const old = '6281200000001';
const fresh = '6281200000002';

describe('who writes', () => {
  it.each([
    ['the phone behind it first', ['62811@c.us', '99@lid'], ['99@lid', '99@lid']],
    ['the hidden id first', ['99@lid', '99@lid'], ['62811@c.us', '99@lid']],
  ])('When WhatsApp Web tells %s, then both names keep one conversation and the first address', async (_name, first, second) => {
    const kit = await createKit();
    const says = async ([address = '', lid = '']: string[]) => {
      const phone = address.endsWith('@lid') ? [] : [{ kind: 'phone' as const, value: '+62811' }];
      const from = { externalId: address, name: null, phone: null, isBot: false };
      const { message } = await kit.desk.intake.message({
        ...{ channel: 'shell', accountId: 'a', externalId: `i${++made}`, kind: 'text', text: 'halo', attachments: [] },
        ...{ button: null, clientMessageId: null, sentAt: kit.now() },
        from: { ...from, aliases: [{ kind: 'lid', value: lid }, ...phone] },
      });
      await kit.settled();
      return kit.store.conversations.get(message.conversationId);
    };
    const [one, other] = [await says(first), await says(second)];
    expect(other?.conversation.id).toBe(one?.conversation.id);
    expect(other?.contact.externalId).toBe(first[0]);
  });

  it.each([
    ['first by number, then by both, then by id alone', [{ phone: old }, { bsuid: 'ID.1', phone: old }, { bsuid: 'ID.1' }]],
    ['first by both, then by number alone', [{ bsuid: 'ID.1', phone: old }, { phone: old }]],
    ['first by id, then by both, then by number', [{ bsuid: 'ID.1' }, { bsuid: 'ID.1', phone: old }, { phone: old }]],
  ])('When a person comes %s, then it is one contact with one conversation, and replies go to the id', async (_name, visits) => {
    const kit = await createKit();
    const seen = [];
    for (const names of visits) seen.push(await writes(kit, names));
    expect(new Set(seen.map(({ contactId }) => contactId)).size).toBe(1);
    expect(new Set(seen.map(({ conversationId }) => conversationId)).size).toBe(1);
    expect(await addressOf(kit, seen[0]?.contactId ?? '')).toBe('ID.1');
  });

  it('When a contact was stored before names were, then its number still leads to it', async () => {
    const kit = await createKit();
    const before = await kit.says('halo', { from: old });
    const now = await writes(kit, { bsuid: 'ID.1', phone: old });
    expect(now.conversationId).toBe(before.conversationId);
  });

  it('When a number is given to another person, then the other person is another contact, and neither gets replies of the other', async () => {
    const kit = await createKit();
    const first = await writes(kit, { bsuid: 'ID.1', phone: old });
    const second = await writes(kit, { bsuid: 'ID.2', phone: old });
    expect(second.contactId).not.toBe(first.contactId);
    expect(await addressOf(kit, first.contactId)).toBe('ID.1');
    expect(await addressOf(kit, second.contactId)).toBe('ID.2');
    expect((await writes(kit, { bsuid: 'ID.1' })).contactId).toBe(first.contactId);
  });

  it('When somebody takes a user name that another gave up, then the name leads nobody into the other conversation', async () => {
    const kit = await createKit();
    const first = await writes(kit, { phone: old, username: 'asep.bandung' });
    const second = await writes(kit, { phone: fresh, username: 'asep.bandung' });
    expect(second.contactId).not.toBe(first.contactId);
    expect((await writes(kit, { phone: old, username: 'asep.bandung' })).contactId).toBe(first.contactId);
  });

  it('When two people write, then they stay two', async () => {
    const kit = await createKit();
    const first = await writes(kit, { bsuid: 'ID.1', phone: old });
    expect((await writes(kit, { bsuid: 'ID.2', phone: fresh })).contactId).not.toBe(first.contactId);
  });
});

describe('a changed number', () => {
  it.each([
    ['number', { phone: old }, { phone: fresh }],
    ['number and id', { bsuid: 'ID.1', phone: old }, { bsuid: 'ID.2', phone: fresh }],
    ['id', { bsuid: 'ID.1' }, { bsuid: 'ID.2' }],
  ])(
    'When the %s changes, then the conversation stays, replies go to the new one, and officers read a note',
    async (_name, from, to) => {
      const kit = await createKit();
      const before = await writes(kit, from);
      await moves(kit, from, to);
      await moves(kit, from, to);
      const phone = (await kit.store.contacts.get(before.contactId))?.phone ?? null;
      expect(phone).toBe('phone' in to ? `+${to.phone}` : null);
      const after = await writes(kit, to, 'saya ganti nomor');
      expect(after).toMatchObject({ conversationId: before.conversationId, contactId: before.contactId });
      const [wanted] = namesOf(to).map(({ value }) => value.replace('+', ''));
      expect(await addressOf(kit, before.contactId)).toBe(wanted);
      const messages = await kit.store.messages.since(before.conversationId, 0, 100);
      expect(messages.filter(({ direction }) => direction === 'note')).toHaveLength(1);
      const { rows } = { rows: await kit.store.settings.audit(10) };
      expect(rows.filter(({ action }) => action === 'identity-moved')).toHaveLength(1);
    },
  );

  it('When the person wrote under the new number before, then both conversations stay as they are', async () => {
    const kit = await createKit();
    const before = await writes(kit, { phone: old });
    const early = await writes(kit, { phone: fresh });
    await moves(kit, { phone: old }, { phone: fresh });
    expect(await addressOf(kit, before.contactId)).toBe(old);
    expect((await writes(kit, { phone: fresh })).contactId).toBe(early.contactId);
  });

  it('When nobody is known under the old number, then nothing happens', async () => {
    const kit = await createKit();
    await moves(kit, { phone: old }, { phone: fresh });
    expect(await kit.store.identities.find([{ channel: 'shell', accountId: 'a', kind: 'phone', value: `+${fresh}` }])).toEqual(
      [],
    );
  });
});
