// [Dasar hukum]: it stays under an answer for good, and tells of that answer whenever it is pressed.
import type { Nlu } from '../../src/desk/ports.ts';
import { createKit, simpleNlu } from '../support/deskKit.ts';

describe('the legal basis', () => {
  /** Two answers in a row; the buttons under the first. */
  async function talk(options: Parameters<typeof createKit>[0] = {}) {
    const kit = await createKit({ nlu: { ...simpleNlu, answer: withLegal }, ...options });
    await kit.says('apa itu nib');
    await kit.says('apa itu pbg');
    await kit.heard();
    return { kit, older: kit.sent[0]!.message.buttons.find(({ label }) => label === 'Dasar hukum')!.id };
  }
  const bases: Record<string, string> = { 'nib.apa': 'PP 28/2025', 'pbg.apa': 'PP 16/2021' };
  const withLegal: Nlu['answer'] = (intent, language) => {
    const answer = simpleNlu.answer(intent, language);
    const legal = { id: 'cmd:legal', label: 'Dasar hukum' };
    return answer?.source ? { ...answer, buttons: [legal], source: { ...answer.source, legal: bases[intent] ?? null } } : answer;
  };

  it('When it is asked for under an older answer, then it is that of the older answer', async () => {
    const { kit, older } = await talk();
    await kit.says('Dasar hukum', { button: older });
    expect(await kit.heard()).toEqual([expect.stringMatching(/^PP 28\/2025\n\nSumber/)]);
  });

  it.each([
    ['by a button stored before', { button: 'cmd:legal' }],
    ['in words', {}],
  ])('When it is asked for %s, then it is that of the last answer', async (_, how) => {
    const { kit } = await talk();
    await kit.says('dasar hukumnya', how);
    expect(await kit.heard()).toEqual([expect.stringMatching(/^PP 16\/2021/)]);
  });

  it('When the answer is gone or overdue, then none is named', async () => {
    const { kit, older } = await talk();
    await kit.says('Dasar hukum', { button: 'cmd:legal:gone.intent' });
    const late = await talk({ nlu: { ...simpleNlu, answer: (...of) => aged(withLegal(...of)) } });
    late.kit.tick(48 * 3_600_000);
    await late.kit.says('Dasar hukum', { button: older });
    for (const one of [kit, late.kit]) expect(await one.heard()).toEqual([expect.stringContaining('belum ada dasar hukum')]);
  });
  const aged = (answer: ReturnType<Nlu['answer']>) => answer && { ...answer, reviewBy: '2026-11-26' };
});
