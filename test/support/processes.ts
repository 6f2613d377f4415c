// Processes by what they were started with, from /proc: which browsers hold a folder, who started whom.
import { readdirSync, readFileSync } from 'node:fs';

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/** Living processes with their command lines. */
const living = (): { pid: number; line: string }[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && !/^State:\s+Z/m.test(read(`/proc/${name}/status`)))
    .map((name) => ({ pid: Number(name), line: read(`/proc/${name}/cmdline`) }));

/** @returns those whose command line holds every word */
export const processesWith = (...words: string[]): number[] =>
  living().flatMap(({ pid, line }) => (words.every((word) => line.includes(word)) ? [pid] : []));

export const parentOf = (pid: number): number => Number(/\) \S (\d+)/.exec(read(`/proc/${pid}/stat`))?.[1] ?? 0);

/** Those of `browsersOf` that a child of ours started: what a helper looks like while it is being started does not count. */
export const startedBrowsers = (profileDir: string): number[] =>
  browsersOf(profileDir).filter((pid) => read(`/proc/${parentOf(pid)}/cmdline`).includes('child.js'));

/** The browsers of a profile. Their helpers carry a `--type`, and look like their parent until they do. */
export function browsersOf(profileDir: string): number[] {
  const all = living().flatMap(({ pid, line }) =>
    line.includes('--user-data-dir=') && line.includes(profileDir) && !line.includes('--type=') ? [pid] : [],
  );
  return all.filter((pid) => !all.includes(parentOf(pid)));
}
