// Translates a delivery of the Cloud API into what the desk hears of it, in order. Pure: no network, no clock, never a throw.
import { createHash } from 'node:crypto';
import { type InboundMessage, inboundSchema } from '../../contract/message.ts';
import type { Intake } from '../../desk/ports.ts';
import type { DeliveryReport } from '../../desk/storePort.ts';
import { cut, readContent } from './cloudContent.ts';
import { errorText } from './cloudErrors.ts';
import {
  type CloudCall,
  type CloudDelivery,
  type CloudMessage,
  type CloudPerson,
  type CloudStatus,
  type CloudValue,
  callSchema,
  messageSchema,
  statusSchema,
} from './cloudUpdate.ts';

export type News =
  | { kind: 'message'; inbound: InboundMessage }
  | { kind: 'report'; report: DeliveryReport }
  /** The citizen has another number or id from now on. */
  | { kind: 'moved'; change: Parameters<Intake['moved']>[0] }
  /** Something is wrong with our account, or with a message of ours that says so. */
  | { kind: 'trouble'; code: number }
  /** Taken note of in the log: not for us, or not readable. */
  | { kind: 'passed-over'; why: string };

/**
 * @param accountId our phone number id; what concerns another number of the same business is passed over
 * @returns every piece of news, messages by the time they were sent, otherwise as they came
 */
export function readDelivery(delivery: CloudDelivery, accountId: string): News[] {
  return delivery.entry.flatMap(({ changes }) =>
    changes.flatMap(({ value }): News[] => {
      if (value === undefined) return [{ kind: 'passed-over', why: 'a change of a kind we do not read' }];
      if (value.metadata.phone_number_id !== accountId) return [{ kind: 'passed-over', why: 'for another number' }];
      return readValue(value, accountId);
    }),
  );
}

function readValue(value: CloudValue, accountId: string): News[] {
  const messages = value.messages.flatMap((raw) => messageSchema.safeParse(raw).data ?? []);
  const statuses = value.statuses.flatMap((raw) => statusSchema.safeParse(raw).data ?? []);
  const calls = value.calls.flatMap((raw) => callSchema.safeParse(raw).data ?? []);
  const given = value.messages.length + value.statuses.length + value.calls.length;
  const unread = given - messages.length - statuses.length - calls.length;
  return [
    ...messages.toSorted((a, b) => a.timestamp - b.timestamp).flatMap((message) => toInbound(message, value, accountId)),
    ...calls.flatMap((call) => fromCall(call, value, accountId)),
    ...statuses.flatMap((status) => toReport(status, accountId)),
    ...value.errors.map(({ code }): News => ({ kind: 'trouble', code })),
    ...Array.from({ length: unread }, (): News => ({ kind: 'passed-over', why: 'not readable' })),
  ];
}

function toInbound(message: CloudMessage, value: CloudValue, accountId: string): News[] {
  if (message.system) return toMove(message, accountId);
  const content = readContent(message);
  if (content === null) return [];
  const from = senderOf(message, value.contacts);
  if (from === null) return [{ kind: 'passed-over', why: 'a message without a sender' }];
  return checked({
    channel: 'whatsapp',
    accountId,
    externalId: keyOf(message.id),
    from,
    ...content,
    clientMessageId: null,
    sentAt: message.timestamp * 1000,
  });
}

/** `system`: not something the citizen said. `from` and `previous_user_id` are the old names. */
function toMove({ system = {}, from }: CloudMessage, accountId: string): News[] {
  const number = numberOf(system.wa_id ?? system.new_wa_id);
  const userId = system.user_id;
  const externalId = userId ?? number;
  const before = namesOf({ userId: system.previous_user_id, number: numberOf(from), username: undefined });
  const isMove = /^user_changed_(number|user_id)$|^customer_changed_number$/.test(system.type ?? '');
  if (!isMove || externalId === undefined || before.length === 0)
    return [{ kind: 'passed-over', why: 'a system message of a kind we do not read' }];
  const to = namesOf({ userId, number, username: undefined });
  const phone = number === undefined ? null : `+${number}`;
  return [{ kind: 'moved', change: { channel: 'whatsapp', accountId, from: before, to, externalId, phone } }];
}

type Names = { userId: string | undefined; number: string | undefined; username: string | undefined };

function namesOf({ userId, number, username }: Names): NonNullable<InboundMessage['from']['aliases']> {
  return [
    ...(userId === undefined ? [] : [{ kind: 'bsuid' as const, value: userId }]),
    ...(number === undefined ? [] : [{ kind: 'phone' as const, value: `+${number}` }]),
    ...(username === undefined || username === '' ? [] : [{ kind: 'username' as const, value: cut(username, 200) }]),
  ];
}

/** A call by WhatsApp that rang: only its end is kept, it tells how long. */
function fromCall(call: CloudCall, value: CloudValue, accountId: string): News[] {
  if (call.event !== 'terminate' || call.direction === 'BUSINESS_INITIATED') return [];
  const from = senderOf(call, value.contacts);
  if (from === null) return [{ kind: 'passed-over', why: 'a call without a caller' }];
  return checked({
    channel: 'whatsapp',
    accountId,
    externalId: keyOf(call.id),
    from,
    kind: 'call',
    text: call.duration ? `Panggilan WhatsApp (${Math.round(call.duration)} detik).` : 'Panggilan WhatsApp tak terjawab.',
    attachments: [],
    button: null,
    clientMessageId: null,
    sentAt: call.timestamp * 1000,
  });
}

function checked(inbound: InboundMessage): News[] {
  return inboundSchema.safeParse(inbound).success
    ? [{ kind: 'message', inbound }]
    : [{ kind: 'passed-over', why: 'out of bounds' }];
}

type Sender = { from?: string | undefined; from_user_id?: string | undefined };

/** Who wrote: by the business-scoped id where there is one, the number is optional. */
function senderOf(sender: Sender, people: CloudPerson[]): InboundMessage['from'] | null {
  const only = people.length === 1 ? people[0] : undefined;
  const person =
    people.find(({ wa_id, user_id }) =>
      sender.from_user_id === undefined ? wa_id !== undefined && wa_id === sender.from : user_id === sender.from_user_id,
    ) ?? only;
  const userId = sender.from_user_id ?? person?.user_id;
  const number = numberOf(sender.from ?? person?.wa_id);
  const externalId = userId ?? number;
  if (externalId === undefined) return null;
  const name = person?.profile?.name?.trim() || person?.profile?.username?.trim() || null;
  return {
    externalId,
    name: name === null ? null : cut(name, 120),
    phone: number === undefined ? null : `+${number}`,
    isBot: false,
    aliases: namesOf({ userId, number, username: person?.profile?.username }),
  };
}

/** A WhatsApp number: E.164 without the plus. */
const numberOf = (text: string | undefined): string | undefined =>
  text !== undefined && /^\d{6,15}$/.test(text) ? text : undefined;

/** The key under which a repeated delivery is recognised; the contract takes 120 characters. */
export const keyOf = (wamid: string): string =>
  wamid.length <= 120 ? wamid : `sha256:${createHash('sha256').update(wamid).digest('hex')}`;

/** `played` is a voice note that was heard. */
const states: Record<string, DeliveryReport['state']> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
};

function toReport(status: CloudStatus, accountId: string): News[] {
  const state = states[status.status];
  if (state === undefined) return [{ kind: 'passed-over', why: 'a status of a kind we do not read' }];
  const code = status.errors?.[0]?.code;
  const report: News = {
    kind: 'report',
    report: {
      channel: 'whatsapp',
      accountId,
      externalId: keyOf(status.id),
      messageId: status.biz_opaque_callback_data ?? null,
      state,
      reason: state === 'failed' ? errorText(code) : null,
    },
  };
  return code === undefined ? [report] : [report, { kind: 'trouble', code }];
}
