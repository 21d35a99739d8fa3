#!/usr/bin/env node
/**
 * `npm run --silent conformance -- DIR [--json]`: decodes every file of the conformance set (its unpacked folder or
 * its zip archive) and compares with the reference's pixels. --json prints only one object.
 */
import { resolve } from 'node:path';
import { commandLine } from './args.js';
import { runCheck } from './bundle.js';
import { fail, install } from './setup.js';

const { values, operands } = commandLine({
  usage: 'npm run conformance',
  about: 'decodes every file of the conformance set and compares with the reference’s pixels',
  operands: ['DIR'],
  options: { json: { type: 'flag', about: 'prints one JSON object and nothing else' } },
});

install();
await runCheck((commands, host) => commands.conformance(resolve(operands[0]), host), values.json).catch(
  (error) => fail(error.message),
);
