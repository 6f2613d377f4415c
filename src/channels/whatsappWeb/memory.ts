// How much memory a browser takes, all its processes together, and who holds a profile. From /proc; elsewhere unknown.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/** @returns MB of the process and everything it started, shared pages counted once; null where /proc is not */
export function memoryOf(pid: number): number | null {
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return null;
  }
  const parentOf = new Map(names.map((name) => [Number(name), Number(/\) \S (\d+)/.exec(read(`/proc/${name}/stat`))?.[1] ?? 0)]));
  const family = new Set([pid]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const [child, parent] of parentOf) if (family.has(parent)) family.add(child);
  }
  const kb = [...family].map((one) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${one}/smaps_rollup`))?.[1] ?? 0));
  const all = kb.reduce((sum, one) => sum + one, 0);
  return all === 0 ? null : Math.round(all / 1024);
}

/**
 * Chromium marks a profile in use by a link `SingletonLock` → `<host>-<pid>`.
 * @returns the living process that holds this profile, null when none does or it cannot be told
 */
export function holderOf(userDataDir: string): number | null {
  try {
    const pid = Number(/-(\d+)$/.exec(readlinkSync(path.join(userDataDir, 'SingletonLock')))?.[1] ?? 0);
    // Pids are used again: it must be the browser of this very folder.
    return pid > 0 && read(`/proc/${pid}/cmdline`).includes(userDataDir) ? pid : null;
  } catch {
    return null;
  }
}
