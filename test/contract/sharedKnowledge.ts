// What every implementation of SharedKnowledge must do.
import { randomBytes } from 'node:crypto';
import type { SharedKnowledge, SharedVersion } from '../../src/desk/sharedKnowledge.ts';

/** @param open called for each test; returns an empty one */
export function describeSharedKnowledge(name: string, open: () => Promise<SharedKnowledge>): void {
  const version = (number: number): SharedVersion => ({ number, folder: `f${number}`, version: `v${number}`, code: 'c' });
  const content = (text: string, learned = Buffer.from('learned')) => ({ sources: Buffer.from(text), learned });

  describe(`shared knowledge of ${name}`, () => {
    it('When nothing was put, then there is nothing', async () => {
      const shared = await open();
      expect([await shared.latest(), await shared.isKnown('f1'), await shared.read(1, 'sources')]).toEqual([null, false, null]);
    });

    it('When versions are put, then the latest is in use, every folder is remembered, and both parts come back whole', async () => {
      const shared = await open();
      // More than a document of MongoDB holds.
      const large = randomBytes(17_000_000);
      expect(await shared.put(version(1), content('one'))).toBe('ok');
      expect(await shared.put(version(2), content('two', large))).toBe('ok');
      expect(await shared.latest()).toEqual(version(2));
      expect([await shared.isKnown('f1'), await shared.isKnown('f2'), await shared.isKnown('f3')]).toEqual([true, true, false]);
      expect(String(await shared.read(2, 'sources'))).toBe('two');
      expect(Buffer.from((await shared.read(2, 'learned'))!).equals(large)).toBe(true);
    });

    it('When two nodes put the same number, then one is told, and what the other put is in use', async () => {
      const shared = await open();
      const put = (text: string) => shared.put({ ...version(1), version: text }, content(text));
      const told = await Promise.all([put('a'), put('b')]);
      expect([...told].sort()).toEqual(['conflict', 'ok']);
      const winner = told[0] === 'ok' ? 'a' : 'b';
      expect(await shared.latest()).toEqual({ ...version(1), version: winner });
      expect(String(await shared.read(1, 'sources'))).toBe(winner);
    });
  });
}
