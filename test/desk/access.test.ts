// Who may read what: the rule, and the rooms that must say the same.
import { type Officer, roles } from '../../src/contract/conversation.ts';
import { inboxAudiences, inboxRooms, mayRead } from '../../src/desk/access.ts';

type Reader = Pick<Officer, 'id' | 'role' | 'teamIds'>;

const officers: Reader[] = roles.flatMap((role) =>
  [[], ['t1'], ['t2'], ['t1', 't2']].map((teamIds, i) => ({ id: `${role}${i}`, role, teamIds })),
);
const placements = [null, 't1', 't2'].flatMap((teamId) =>
  [null, ...officers.map(({ id }) => id)].map((officerId) => ({ teamId, officerId })),
);

describe('who may read a conversation', () => {
  it.each([
    ['anybody', { teamId: null, officerId: 'x' }, { id: 'a', role: 'officer', teamIds: [] }, true],
    ['a member', { teamId: 't1', officerId: null }, { id: 'a', role: 'officer', teamIds: ['t1'] }, true],
    ['not another team', { teamId: 't1', officerId: null }, { id: 'a', role: 'officer', teamIds: ['t2'] }, false],
    ['the holder', { teamId: 't1', officerId: 'a' }, { id: 'a', role: 'officer', teamIds: [] }, true],
    ['a supervisor', { teamId: 't1', officerId: null }, { id: 'a', role: 'supervisor', teamIds: [] }, true],
    ['an admin', { teamId: 't1', officerId: null }, { id: 'a', role: 'admin', teamIds: [] }, true],
  ] as const)('When asked, then %s', (_who, placed, { teamIds, ...reader }, expected) => {
    expect(mayRead({ ...reader, teamIds: [...teamIds] }, placed)).toBe(expected);
  });

  it('When a row is sent to its audiences, then exactly those who may read it get it, each once', () => {
    for (const placed of placements)
      for (const officer of officers) {
        const rooms = inboxRooms(officer);
        const heard = inboxAudiences(placed).filter(
          ({ room, except }) => rooms.includes(room) && !except.some((left) => rooms.includes(left)),
        );
        expect({ placed, officer, times: heard.length }).toEqual({ placed, officer, times: mayRead(officer, placed) ? 1 : 0 });
      }
  });
});
