// The terminal chat, piped: exactly one line out for each line in, whatever the line is.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');

function chat(lines: string[], ...flags: string[]): { out: string[]; status: number | null } {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/chat.ts', ...flags], {
    cwd: root,
    input: lines.map((line) => `${line}\n`).join(''),
    encoding: 'utf8',
    timeout: 200_000,
  });
  return { out: run.stdout.split('\n').slice(0, -1), status: run.status };
}

describe('npm run chat', () => {
  it('When lines are piped in, then each gets one JSON line with text, buttons, intent, decision and owner', () => {
    const lines = [
      'assalamualaikum',
      'min NIB teh naon?',
      '',
      'syarat SIM baru apa saja',
      'petugas',
      'kucing saya lapar sekali hari ini',
      'apa itu PBG',
    ];
    const { out, status } = chat(lines, '--json');
    expect(status).toBe(0);
    const said = out.map(
      (line) => JSON.parse(line) as { text: string; buttons: object[]; intent: string | null; decision: string; owner: string },
    );
    expect(said.map(({ owner }) => owner)).toEqual(['bot', 'bot', 'bot', 'bot', 'queued', 'queued', 'queued']);
    expect(said[0]).toMatchObject({ intent: 'sapa', decision: 'smalltalk' });
    expect(said[1]).toMatchObject({ intent: 'oss.nib-apa', decision: 'answer' });
    expect(said[3]?.intent).toBe('lain.instansi');
    expect(said[4]).toMatchObject({ decision: 'handoff' });
    expect(said[5]).toEqual({ text: '', buttons: [], intent: null, decision: 'silent', owner: 'queued' });
    expect(said[6]).toMatchObject({ intent: 'pbg.apa', decision: 'answer' });
  });

  it('When no JSON is asked for, then line ends inside a reply do not make more lines', () => {
    const { out } = chat(['apa itu NIB?', 'makasih']);
    expect(out).toHaveLength(2);
    expect(out[0]).toContain('\\n\\nSumber:');
  });
});
