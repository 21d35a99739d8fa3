/** `npm run bench -- COMMAND [options]`: the registry of benchmarks. A new one needs a file here and a line below. */
import { listOptions, refuse, UsageError } from '../../scripts/args.js';
import { baselines } from './baselines.js';
import { charts } from './charts.js';
import { classify } from './classify.js';
import { compare } from './compare.js';
import { drop } from './drop.js';
import { infer, layers, ops, train } from './engine.js';
import { generalise } from './generalise.js';
import { ingest } from './ingest.js';
import { label } from './label.js';
import { large } from './large.js';
import { leaks } from './leaks.js';
import { practice } from './practice.js';
import { repeat } from './repeat.js';
import { scale } from './scale.js';
import { trainStarter } from './trainStarter.js';
import { transfer } from './transfer.js';

/** @type {readonly import('./command.js').Command[]} */
export const COMMANDS = [
  train,
  infer,
  ops,
  layers,
  compare,
  ingest,
  drop,
  repeat,
  scale,
  label,
  large,
  practice,
  transfer,
  generalise,
  trainStarter,
  baselines,
  classify,
  leaks,
  charts,
];

const USAGE = 'npm run bench';

/** Every command with its options. */
export function help() {
  const commands = COMMANDS.map(
    ({ name, describe, options }) => `${name}: ${describe}\n${listOptions(options)}`,
  );
  return [`${USAGE} -- COMMAND [options] prints one JSON object a line.`, ...commands].join('\n\n');
}

/** @param {string | undefined} name */
export function findCommand(name) {
  const names = COMMANDS.map((one) => one.name).join(', ');
  if (name === undefined) throw new UsageError(`Say what to measure: ${names}.`);
  const found = COMMANDS.find((one) => one.name === name);
  if (!found) throw new UsageError(`There is no benchmark “${name}”, but ${names}.`);
  return found;
}

/** @param {readonly string[]} args */
export async function main([name, ...rest]) {
  if (name === '--help') console.log(help());
  else {
    try {
      await findCommand(name).start(rest);
    } catch (error) {
      refuse(error, USAGE);
    }
  }
}
