#!/usr/bin/env node
/** `npm run bench -- COMMAND [options]`: the benchmarks of bench/cli. */
import { main } from '../bench/cli/index.js';

await main(process.argv.slice(2));
