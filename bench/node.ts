/** The benchmark in Node: options as JSON in the first argument, one JSON object a line on stdout. */
import { nodeHost } from '../test/make/host.ts';
import { type BenchOptions, measure } from './measure.ts';

const { threads, ...options } = JSON.parse(process.argv[2]) as BenchOptions & { threads?: number };
const host = threads ? { ...nodeHost, cores: threads } : nodeHost;
for (const result of await measure(host, options)) console.log(JSON.stringify({ host: 'node', ...result }));
process.exit(0);
