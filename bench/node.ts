/**
 * The benchmark in Node: a list of runs as JSON in the first argument, one JSON object per line on stdout. On the
 * webgpu device Dawn replaces the browser.
 */
import type { BenchOptions } from './measure.ts';

type Run = Omit<BenchOptions, 'what'> & {
  what: BenchOptions['what'] | 'programs' | 'tiles' | 'parity';
  threads?: number;
  /** Dawn's own switches, for experiments. */
  dawn?: string[];
  layers?: Parameters<typeof import('./gpu.ts').sweepTiles>[1];
};

const runs: Run[] = [JSON.parse(process.argv[2])].flat();
const gpu = runs[0].device === 'webgpu';

async function hostFor({ threads, dawn }: Run) {
  if (gpu) return (await import('./dawn.ts')).dawnHost(dawn);
  const { nodeHost } = await import('../test/fakes/host.ts');
  return threads ? { ...nodeHost, cores: threads } : nodeHost;
}

// tfjs reads `navigator.gpu` when it loads: all parts of the engine load after the host.
const host = await hostFor(runs[0]);

async function results(run: Run): Promise<object[]> {
  const { what, threads: _, dawn: __, layers = [], ...options } = run;
  if (what === 'programs') return (await import('./gpu.ts')).profilePrograms(host, options);
  if (what === 'tiles')
    return (await import('./gpu.ts')).sweepTiles(host, layers, options.batch, options.steps);
  if (what === 'parity') {
    const { openDevice } = await import('../src/core/engine/devices/index.ts');
    const device = await openDevice(options.device, host);
    const { networkParity, parity } = await import('./parity.ts');
    const found = [...(await parity()), ...(await networkParity(device))];
    device.dispose();
    return found;
  }
  return (await import('./measure.ts')).measure(host, { ...options, what });
}

for (const run of runs) {
  try {
    for (const result of await results(run)) console.log(JSON.stringify({ host: 'node', ...result }));
  } catch (error) {
    if (runs.length === 1) throw error;
    console.log(JSON.stringify({ host: 'node', ...run, error: String(error) }));
  }
}
process.exit(0);
