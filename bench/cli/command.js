/** A command of `npm run bench`: its name, purpose, options and function. */
import { commandLine, refuse } from '../../scripts/args.js';

/** @typedef {{ name: string, describe: string, options: Record<string, import('../../scripts/args.js').Option>, start(args: readonly string[]): Promise<void> }} Command */

/**
 * @template {Record<string, import('../../scripts/args.js').Option>} const T
 * @param {{ name: string, describe: string, options: T, run(flags: import('../../scripts/args.js').Values<T>): Promise<void> }} given
 * @returns {Command}
 */
export function command({ name, describe, options, run }) {
  const usage = `npm run bench -- ${name}`;
  return {
    name,
    describe,
    options,
    async start(args) {
      const { values } = commandLine({ usage, about: describe, options }, args);
      // The command itself detects options that conflict.
      await run(values).catch((error) => refuse(error, usage));
    },
  };
}
