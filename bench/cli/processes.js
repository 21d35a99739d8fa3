/** Memory and CPU time of a Chromium's processes, on Linux. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const MIB = 2 ** 20;

/** Clock ticks of /proc in a second, on every Linux that browsers run on. */
const TICKS = 100;

/**
 * Proportional set sizes, so that shared memory counts once.
 * @param {string} profile the folder of its profile, named in its first process's command line
 * @returns {{ allMiB: number, rendererMiB: number } | null} memory of all processes, and of the largest renderer; null elsewhere
 */
export function memoryOf(profile) {
  if (!existsSync('/proc/self/smaps_rollup')) return null;
  let [all, renderer] = [0, 0];
  for (const { id, command } of processesOf(profile)) {
    const size = sizeOf(id);
    all += size;
    if (command.includes('--type=renderer')) renderer = Math.max(renderer, size);
  }
  return { allMiB: Math.round(all / MIB), rendererMiB: Math.round(renderer / MIB) };
}

/** CPU seconds of all its processes so far; 0 elsewhere. @param {string} profile */
export function cpuSecondsOf(profile) {
  return existsSync('/proc/self/stat')
    ? processesOf(profile).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS
    : 0;
}

/** @param {string} profile */
function processesOf(profile) {
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
  return processes.filter(({ id }) => own.has(id));
}

/**
 * One process, or an empty list if it has ended in the meantime.
 * @param {string} name @returns {{ id: number, parent: number, command: string, ticks: number }[]}
 */
function processOf(name) {
  try {
    const [, rest] = readFileSync(`/proc/${name}/stat`, 'latin1').split(/\) (?=[A-Z] )/);
    const command = readFileSync(`/proc/${name}/cmdline`, 'latin1');
    const fields = rest.split(' ');
    // From the state on, which is field 3 of proc(5): user and system time are 14 and 15.
    const ticks = Number(fields[11]) + Number(fields[12]);
    return [{ id: Number(name), parent: Number(fields[1]), command, ticks }];
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
