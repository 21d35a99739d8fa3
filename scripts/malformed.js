#!/usr/bin/env node
/**
 * `npm run --silent malformed -- DIR [--json]`: decodes every file of the set of hostile files (its unpacked folder or
 * its zip archive) in a thread with a deadline and a memory limit. --json prints only one object.
 */
import { resolve } from 'node:path';
import { commandLine } from './args.js';
import { runCheck } from './bundle.js';
import { fail, install } from './setup.js';

const { values, operands } = commandLine({
  usage: 'npm run malformed',
  about: 'decodes every file of the set of hostile files, each under a deadline and a cap on memory',
  operands: ['DIR'],
  options: { json: { type: 'flag', about: 'prints one JSON object and nothing else' } },
});

install();
await runCheck((commands, host) => commands.malformed(resolve(operands[0]), host), values.json).catch(
  (error) => fail(error.message),
);
