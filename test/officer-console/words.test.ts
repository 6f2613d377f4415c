import { clock, day, duration, moment, replyBlock, stateText, urgency, waitingText } from '../../officer-console/logic/words.ts';
import { makeRow } from './make.ts';

const MINUTE = 60_000;
/** 25 November 2026, 09.41 WIB. */
const now = Date.UTC(2026, 10, 25, 2, 41);

describe('what the console says', () => {
  it.each([
    [20_000, '<1 m'],
    [6 * MINUTE + 59_000, '6 m'],
    [60 * MINUTE, '1 j'],
    [125 * MINUTE, '2 j 5 m'],
    [47 * 60 * MINUTE, '47 j'],
    [50 * 60 * MINUTE, '2 hari'],
  ])('When %d ms have passed, then it says %s', (milliseconds, said) => {
    expect(duration(milliseconds)).toBe(said);
  });

  it('When a citizen is queued, then the wait counts from the queue; when held, from the unanswered message', () => {
    const queued = makeRow({ state: 'queued', queuedAt: now - 6 * MINUTE, waitingSince: now - 9 * MINUTE });
    expect(waitingText(queued, now)).toBe('menunggu 6 m');
    expect(waitingText({ ...queued, state: 'officer' }, now)).toBe('menunggu 9 m');
    expect(waitingText({ ...queued, state: 'officer', waitingSince: null }, now)).toBeNull();
    expect(waitingText({ ...queued, state: 'closed' }, now)).toBeNull();
  });

  it('When the wait grows, then the row gets louder at 5 and 15 minutes', () => {
    const waits = [4, 5, 14, 15].map((minutes) => urgency(makeRow({ queuedAt: now - minutes * MINUTE }), now));
    expect(waits).toEqual(['calm', 'long', 'long', 'late']);
  });

  it('When it is shown anywhere in the world, then times are those of Bandung', () => {
    expect(clock(now)).toBe('09.41');
    expect(day(now)).toBe('Rabu, 25 November 2026');
    expect(moment(now - 10 * 60 * MINUTE, now)).toBe('24 Nov');
    expect(moment(now - 9 * 60 * MINUTE, now)).toBe('00.41');
  });

  it.each([
    ['mine', makeRow({ state: 'officer', officerId: 'o1' }), null],
    ['queued', makeRow({ state: 'queued' }), /Ambil/],
    ['with the bot', makeRow({ state: 'bot' }), /Bot sedang melayani/],
    ['of a colleague', makeRow({ state: 'officer', officerId: 'o2' }), /^Budi memegang/],
    ['closed', makeRow({ state: 'closed', officerId: 'o1' }), /sudah selesai/],
    ['mine but unreachable', makeRow({ state: 'officer', officerId: 'o1', contactUnreachable: true }), /tidak dapat sampai/],
  ])('When the conversation is %s, then the composer says whether and why not', (_case, row, expected) => {
    const said = replyBlock(row, 'o1', row.officerId === 'o2' ? 'Budi' : null);
    if (expected === null) expect(said).toBeNull();
    else expect(said).toMatch(expected);
  });

  it('When a colleague holds it, then the row names them', () => {
    const row = makeRow({ state: 'officer', officerId: 'o2' });
    expect(stateText(row, 'o1', 'Budi')).toBe('dipegang Budi');
    expect(stateText(row, 'o2', 'Budi')).toBe('Anda pegang');
  });
});
