#!/usr/bin/env node
/**
 * `npm run --silent malformed -- DIR [--json]`: decodes every file of the set of hostile files (its unpacked folder or
 * its zip archive) in a thread with a deadline and a cap on memory. --json prints one object and nothing else.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCheck } from './bundle.js';
import { fail, install } from './setup.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
if (positionals.length !== 1) fail('Usage: npm run malformed -- DIR [--json]');

install();
await runCheck((commands, host) => commands.malformed(resolve(positionals[0]), host), values.json).catch(
  (error) => fail(error.message),
);
