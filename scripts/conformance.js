#!/usr/bin/env node
/**
 * `npm run --silent conformance -- DIR [--json]`: decodes every file of the conformance set (its unpacked folder or
 * its zip archive) and compares with the reference's pixels. --json prints one object and nothing else.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCheck } from './bundle.js';
import { fail, install } from './setup.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
if (positionals.length !== 1) fail('Usage: npm run conformance -- DIR [--json]');

install();
await runCheck((commands, host) => commands.conformance(resolve(positionals[0]), host), values.json).catch(
  (error) => fail(error.message),
);
