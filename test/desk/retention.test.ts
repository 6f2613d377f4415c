// People silent for longer than the office keeps talks are erased at night; nobody is until the office says so.
import { createKit } from '../support/deskKit.ts';
import { day } from '../support/permitKit.ts';

const key = { channel: 'shell' as const, accountId: 'a', externalId: 'warga' };

it.each([
  [0, 400, true],
  [2, 50, true],
  [2, 70, false],
])(
  'When talks are kept %i months, then after %i days of silence the person is still there: %s',
  async (months, days, isThere) => {
    const kit = await createKit();
    await kit.says('halo');
    await kit.pass(5000);
    kit.tick(2 * day);
    await kit.desk.sweep();
    const stored = await kit.store.settings.get('office');
    const audit = { id: 'a-rule', at: 1, actor: 'o1', action: 'office', subject: 'office', detail: null };
    await kit.store.settings.put('office', { rules: { keepTalksMonths: months } }, stored?.version ?? 0, audit);
    const later = await createKit({ store: kit.store, startAt: kit.now() + days * day });
    await later.desk.sweep();
    expect((await later.store.contacts.find(key)) !== null).toBe(isThere);
  },
);
