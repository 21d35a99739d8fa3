/** `npm run bench -- compare`: runs the engine and PyTorch or stock tfjs in turn; gives the ratio of their medians. */
import { availableParallelism } from 'node:os';
import { median, ratioOfMedians, significant } from '../stats.js';
import { command } from './command.js';
import { ENGINE_OPTIONS, linesOf, measureOptions, withEngine } from './engine.js';

const OPTIONS = /** @type {const} */ ({
  what: { type: 'text', choices: ['train', 'infer'], default: 'train', about: 'the task' },
  peer: { type: 'text', choices: ['pytorch', 'tfjs'], default: 'pytorch', about: 'with what' },
  rounds: { type: 'number', default: 3, whole: true, least: 1, about: 'measurements of each' },
  python: { type: 'text', value: 'FILE', default: '/usr/bin/python3', about: 'an interpreter with torch' },
  ...ENGINE_OPTIONS,
});

/** @typedef {import('../../scripts/args.js').Values<typeof OPTIONS>} Flags */

export const compare = command({
  name: 'compare',
  describe: 'training or prediction beside PyTorch or stock tfjs, A B A B',
  options: OPTIONS,
  run: (flags) =>
    withEngine(flags, async (measure, tell) => {
      const options = measureOptions(flags.what, flags);
      const ours = [];
      const theirs = [];
      for (let round = 0; round < flags.rounds; round++) {
        const [mine] = await measure(options);
        tell(mine);
        ours.push(mine);
        const [their] = await measurePeer(measure, options, flags);
        tell(their);
        theirs.push(their);
      }
      const [mine, their] = [ours[0], theirs[0]];
      const speeds = ours.map(({ imagesPerSecond }) => imagesPerSecond);
      const peerSpeeds = theirs.map(({ imagesPerSecond }) => imagesPerSecond);
      tell({
        what: 'compare',
        task: options.what,
        host: mine.host,
        device: mine.device,
        adapter: mine.adapter,
        threads: mine.threads,
        peer: their.device,
        network: flags.network,
        size: options.size,
        batch: options.batch,
        rounds: ours.length,
        imagesPerSecond: median(speeds),
        peerImagesPerSecond: median(peerSpeeds),
        ratio: significant(ratioOfMedians(speeds, peerSpeeds)),
      });
    }),
});

/**
 * Times the peer once, at the same task.
 * @param {import('./engine.js').Measure} measure
 * @param {ReturnType<typeof measureOptions>} options
 * @param {Flags} flags
 */
async function measurePeer(measure, options, { peer, python, network, size, batch, steps, threads }) {
  if (peer === 'tfjs') return measure({ ...options, engine: 'tfjs' });
  const settings = { network, size, batch, steps, threads: threads ?? availableParallelism() };
  const parameters = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return linesOf(python, ['bench/peer/torch_twin.py', options.what, ...parameters]);
}
