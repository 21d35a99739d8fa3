/** Memory of a Chromium's processes, on Linux; null elsewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const MIB = 2 ** 20;

/**
 * Proportional set sizes, so that shared memory counts once.
 * @param {string} profile the folder of its profile, named in its first process's command line
 * @returns {{ allMiB: number, rendererMiB: number } | null} memory of all processes, and of the largest renderer
 */
export function memoryOf(profile) {
  if (!existsSync('/proc/self/smaps_rollup')) return null;
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(processOf);
  const own = new Set(
    processes.filter(({ command }) => command.includes(`--user-data-dir=${profile}`)).map(({ id }) => id),
  );
  // Repeats for children of children; ids ascend, except for reused ids.
  for (let before = 0; before < own.size; ) {
    before = own.size;
    for (const { id, parent } of processes) if (own.has(parent)) own.add(id);
  }
  let [all, renderer] = [0, 0];
  for (const { id, command } of processes) {
    if (!own.has(id)) continue;
    const size = sizeOf(id);
    all += size;
    if (command.includes('--type=renderer')) renderer = Math.max(renderer, size);
  }
  return { allMiB: Math.round(all / MIB), rendererMiB: Math.round(renderer / MIB) };
}

/**
 * One process, or an empty list if it has ended in the meantime.
 * @param {string} name @returns {{ id: number, parent: number, command: string }[]}
 */
function processOf(name) {
  try {
    const [, rest] = readFileSync(`/proc/${name}/stat`, 'latin1').split(/\) (?=[A-Z] )/);
    const command = readFileSync(`/proc/${name}/cmdline`, 'latin1');
    return [{ id: Number(name), parent: Number(rest.split(' ')[1]), command }];
  } catch {
    return [];
  }
}

/** @param {number} id */
function sizeOf(id) {
  try {
    const [, kib] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'latin1')) ?? [];
    return Number(kib ?? 0) * 1024;
  } catch {
    return 0;
  }
}
