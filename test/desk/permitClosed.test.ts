// While no permit file is stored: the dialogue does not promise a look-up that cannot be made.
import { createKit } from '../support/deskKit.ts';

describe('the status dialogue without any file', () => {
  it.each(['NIB saya 9120001234567', 'PBG-327301-01012025-01 sampai mana'])(
    'When a citizen sends "%s", then they read that nothing is connected, no digits are asked for, and a person is offered',
    async (text) => {
      const kit = await createKit({ greetingWaitMs: 0 });
      await kit.says(text);
      const told = (await kit.heard()).join();
      expect(told).toContain('belum tersambung ke chat ini');
      expect(told).not.toContain('4 angka terakhir');
      expect(kit.sent[0]?.message.buttons.at(-1)?.id).toBe('cmd:officer');
    },
  );

  it('When the number stands beside another question, then the question is answered', async () => {
    const kit = await createKit({ greetingWaitMs: 0 });
    await kit.says('jam berapa bukanya ya pak, nomor saya 9120001234567');
    expect((await kit.heard()).join()).not.toContain('belum tersambung');
  });
});
