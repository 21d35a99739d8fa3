/** What a benchmark prints: one JSON object a line. */
import { loadavg } from 'node:os';

/** What else the machine was doing: figures of a busy machine compare with nothing. */
export function load() {
  return Number(loadavg()[0].toFixed(1));
}

/** @param {object} line */
export function print(line) {
  console.log(JSON.stringify(line));
}
