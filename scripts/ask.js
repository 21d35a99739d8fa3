/** A question to the user at the terminal. */
import { createInterface } from 'node:readline/promises';

/**
 * Whether a user can answer: not under CI, and only if input and output are a terminal.
 * @param {{ env?: Record<string, string | undefined>, input?: { isTTY?: boolean }, output?: { isTTY?: boolean } }} [where]
 */
export function isAnswered({ env = process.env, input = process.stdin, output = process.stderr } = {}) {
  return !env.CI && input.isTTY === true && output.isTTY === true;
}

/** Yes, unless the answer begins with n. @param {string} answer */
export function isYes(answer) {
  return !/^\s*n/i.test(answer);
}

/** Asks on the error output, because standard output is for results. @param {string} question */
export async function askYes(question) {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [Y/n] `);
  terminal.close();
  return isYes(answer);
}
