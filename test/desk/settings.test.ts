// Settings under several hands: who vouched for which part, and a save that came second.
import { createKit } from '../support/deskKit.ts';

const week = { monday: [{ from: '08:00', to: '12:00' }] };

describe('saving settings', () => {
  it('When two save from the same version, then the second is told who was first and when, and nothing of it is written', async () => {
    const kit = await createKit();
    const [sari, budi] = [await kit.officer('Sari', { role: 'admin' }), await kit.officer('Budi', { role: 'admin' })];
    const { version } = kit.desk.office.get();
    expect((await kit.desk.office.put(sari, { rules: { reopenDays: 3 } }, version)).ok).toBe(true);
    const second = await kit.desk.office.put(budi, { rules: { reopenDays: 9 } }, version);
    expect(second).toEqual({
      ok: false,
      code: 'conflict',
      message: expect.stringMatching(/^Sari lebih dulu .* hari ini pukul 10\.00/),
    });
    expect(kit.desk.office.get().office.rules.reopenDays).toBe(3);
    const [last] = await kit.store.settings.audit(1);
    expect(last).toMatchObject({ actor: sari.id, action: 'settings', detail: 'rules' });
  });

  it('When somebody adds holidays, then they vouch for the holidays, not for the week another confirmed', async () => {
    const kit = await createKit();
    const [sari, budi] = [await kit.officer('Sari', { role: 'admin' }), await kit.officer('Budi', { role: 'admin' })];
    const first = await kit.desk.office.put(sari, { hours: { value: { weekly: week } } }, kit.desk.office.get().version);
    if (!first.ok) throw new Error(first.message);
    const holidays = [{ date: '2026-12-25', name: 'Natal' }];
    const value = { weekly: week, holidays, overrides: [] };
    const second = await kit.desk.office.put(budi, { hours: { value } }, first.version);
    expect(second.ok && second.office.hours).toMatchObject({
      confirmedBy: budi.id,
      parts: { weekly: { confirmedBy: sari.id }, holidays: { confirmedBy: budi.id } },
    });
    const again = await kit.desk.office.put(budi, { hours: { value, confirm: ['weekly'] } }, first.version + 1);
    expect(again.ok && again.office.hours.parts.weekly.confirmedBy).toBe(budi.id);
    const known = await kit.desk.office.readHolidays(sari, 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\nEND:VEVENT');
    expect(known).toMatchObject({ ok: true, holidays: [{ date: '2026-12-25', isKnown: true }] });
  });
});
