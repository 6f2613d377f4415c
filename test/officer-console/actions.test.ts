// An officer's steps are shown at once; what the server refuses is taken back on the screen, with the reason, also without a line to read it again.
import type { Signal } from '@preact/signals';
import type { Api } from '../../officer-console/api.ts';
import type { Rooms } from '../../officer-console/logic/rooms.ts';
import { createActions } from '../../officer-console/state/actions.ts';
import type { Inbox } from '../../officer-console/state/inbox.ts';
import type { People } from '../../officer-console/state/people.ts';
import type { ConversationRow, Duty } from '../../src/contract/conversation.ts';
import { makeRow } from './make.ts';

const refusal = { ok: false, code: 'no-answer', message: 'Tidak ada jawaban dari server.' } as const;

/** The open conversation `before`; every step is refused, and nothing can be read again. */
function setup(before: ConversationRow) {
  const shown: ConversationRow[] = [];
  const listed: ConversationRow[] = [];
  const duties: Duty[] = [];
  const notice = { value: null } as Signal<string | null>;
  const refuse = async () => refusal;
  const actions = createActions({
    api: { claim: refuse, release: refuse, close: refuse, setTags: refuse, setDuty: refuse } as unknown as Api,
    inbox: { merge: (rows: ConversationRow[]) => listed.push(...rows), latest: () => before } as unknown as Inbox,
    rooms: {
      current: () => ({ id: before.id, row: shown.at(-1) ?? before }),
      showRow: (row: ConversationRow) => shown.push(row),
      reread: async () => undefined,
    } as unknown as Rooms,
    people: {
      me: { value: { id: 'o1', duty: 'on' } },
      nameOf: () => null,
      onDuty: ({ duty }: { duty: Duty }) => duties.push(duty),
    } as unknown as People,
    notice,
  });
  return { actions, shown, listed, duties, notice };
}

describe('steps of an officer', () => {
  const queued = makeRow({ id: 'a', state: 'queued', queuedAt: 5, waitingSince: 5, tags: ['pbg'] });
  const own = makeRow({ id: 'a', state: 'officer', officerId: 'o1', waitingSince: 5 });

  it.each([
    ['taking', queued, { state: 'officer', officerId: 'o1' }],
    ['giving back', own, { state: 'queued', officerId: null }],
    ['closing', own, { state: 'closed', officerId: null }],
    ['filing', queued, { tags: ['nib'] }],
  ] as const)(
    'When %s is refused, then it was shown at once and is as before again, in the talk and in the lists',
    async (name, before, guess) => {
      const { actions, shown, listed, notice } = setup(before);
      const steps = {
        taking: () => actions.claim('a'),
        'giving back': () => actions.release('a'),
        closing: () => actions.close('a'),
        filing: () => actions.setTags('a', ['nib']),
      };
      const step = steps[name]();
      expect([shown.at(-1), listed.at(-1)]).toEqual([expect.objectContaining(guess), expect.objectContaining(guess)]);
      expect(await step).toBe(false);
      expect([shown.at(-1), listed.at(-1)]).toEqual([before, before]);
      expect(notice.value).toBe(refusal.message);
    },
  );

  it('When duty is refused, then the old one is shown again, with the reason', async () => {
    const { actions, duties, notice } = setup(queued);
    await actions.setDuty('break');
    expect(duties).toEqual(['break', 'on']);
    expect(notice.value).toBe(refusal.message);
  });
});
