/** A benchmark's output: one JSON object per line. */
import { loadavg } from 'node:os';

/** The machine's load: figures of a busy machine are not comparable. */
export function load() {
  return Number(loadavg()[0].toFixed(1));
}

/** @param {object} line */
export function print(line) {
  console.log(JSON.stringify(line));
}
