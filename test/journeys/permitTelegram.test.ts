// Every state and every wrong turn of the status dialogue over Telegram, from the office's export through the import to the answer.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { type Loket, startLoket, webhookSecret } from '../support/loket.ts';
import { until } from '../support/until.ts';
import { stateTalks, type Talk, writeExport, wrongTurns } from './permitTalks.ts';

const root = path.join(import.meta.dirname, '..', '..');
const talks: Talk[] = [...stateTalks, ...wrongTurns];

describe('permit status over Telegram', () => {
  let loket: Loket;
  beforeAll(async () => {
    loket = await startLoket();
    const file = path.join(loket.dataDir, 'ekspor.csv');
    writeExport(file);
    const command = ['--import', 'tsx', 'scripts/permitsImport.ts', file];
    const run = spawnSync(process.execPath, command, { cwd: root, env: { ...process.env, ...loket.toolEnv } });
    expect([run.status, String(run.stderr)]).toEqual([0, '']);
    await loket.restart();
    talks.forEach((talk, n) => {
      const held = hold(talk, 100 + n);
      held.catch(() => {});
      outcomes.set(talk.name, held);
    });
  });
  afterAll(() => loket.close());

  /** All talks run at once, each by a citizen of their own, as they do in an office. */
  const outcomes = new Map<string, Promise<string[]>>();
  async function hold({ lines }: Talk, id: number): Promise<string[]> {
    const heard = () => loket.telegram.sent.filter(({ chatId }) => chatId === String(id)).map(({ text }) => text);
    const answers: string[] = [];
    for (const [says, hears] of lines) {
      const before = heard().length;
      const update = loket.telegram.textUpdate(says, { id, name: `Warga ${id}` });
      expect(await loket.telegram.deliver(`${loket.url}/webhook/telegram`, update, webhookSecret)).toEqual([200]);
      if (hears === null) continue;
      await until(`an answer to ${says}`, () => heard().length > before, 30_000);
      answers.push(heard().slice(before).join('\n'));
    }
    return answers;
  }
  it.each(talks)(
    'When there is $name, then each line is answered as it must be',
    async ({ name, lines }) => {
      const answers = (await outcomes.get(name)) ?? [];
      const expected = lines.flatMap(([, hears]) => hears ?? []);
      answers.forEach((answer, n) => {
        expect(withoutIntroduction(answer)).toMatch(expected[n] ?? /^$/);
        for (const secret of ['Euis', '5678', '0001', 'rahasia']) expect(answer).not.toContain(secret);
      });
      expect(answers).toHaveLength(expected.length);
    },
    90_000,
  );
});

/** The first thing the bot says also says what it is. */
const withoutIntroduction = (text: string): string => text.replace(/\n\nSaya asisten otomatis[\s\S]*$/, '');
