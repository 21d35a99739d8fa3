/**
 * `npm run bench -- compare`: runs the engine and PyTorch, stock tfjs or ONNX Runtime in turn; gives the ratio of their
 * medians.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, ROOT } from '../../scripts/setup.js';
import { median, ratioOfMedians, significant } from '../stats.js';
import { command } from './command.js';
import { ENGINE_OPTIONS, linesOf, measureOptions, OUT, withEngine } from './engine.js';

const OPTIONS = /** @type {const} */ ({
  what: { type: 'text', choices: ['train', 'infer'], default: 'train', about: 'the task' },
  peer: {
    type: 'text',
    choices: ['pytorch', 'tfjs', 'onnxruntime', 'onnxruntime-web'],
    default: 'pytorch',
    about: 'with what',
  },
  'peer-dir': {
    type: 'text',
    value: 'DIR',
    about: 'of ONNX Runtime: npm install --prefix DIR onnxruntime-node onnxruntime-web',
  },
  rounds: { type: 'number', default: 3, whole: true, least: 1, about: 'measurements of each' },
  python: { type: 'text', value: 'FILE', default: '/usr/bin/python3', about: 'an interpreter with torch' },
  ...ENGINE_OPTIONS,
});

/** @typedef {import('../../scripts/args.js').Values<typeof OPTIONS>} Flags */

export const compare = command({
  name: 'compare',
  describe: 'training or prediction beside PyTorch, stock tfjs or ONNX Runtime, A B A B',
  options: OPTIONS,
  run: (flags) =>
    withEngine(flags, async (measure, tell) => {
      const options = measureOptions(flags.what, flags);
      const ort = flags.peer.startsWith('onnx') ? onnxRuntime(flags) : null;
      const ours = [];
      const theirs = [];
      for (let round = 0; round < flags.rounds; round++) {
        const [mine] = await measure(options);
        tell(mine);
        ours.push(mine);
        const [their] = await measurePeer(measure, options, flags, ort);
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
 * @param {ReturnType<typeof onnxRuntime> | null} ort
 */
async function measurePeer(measure, options, flags, ort) {
  const { peer, python, network, size, batch, steps, threads } = flags;
  if (ort?.wasm) return measure({ ...options, engine: 'onnxruntime', peer: ort });
  if (ort) return linesOf(process.execPath, [join(OUT, 'onnx.mjs'), JSON.stringify(ort)]);
  if (peer === 'tfjs') return measure({ ...options, engine: 'tfjs' });
  const settings = { network, size, batch, steps, threads: threads ?? availableParallelism() };
  const parameters = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return linesOf(python, ['bench/peer/torch_twin.py', options.what, ...parameters]);
}

/**
 * Exports the network by the PyTorch twin, and finds the package; what runs in a browser is copied to the page's folder.
 * @param {Flags} flags
 */
function onnxRuntime({ what, peer, python, node, network, size, batch, steps, threads, 'peer-dir': folder }) {
  const web = peer === 'onnxruntime-web';
  if (what !== 'infer') fail('ONNX Runtime only predicts: add --what infer.');
  if (web && node) fail('onnxruntime-web runs in Chromium: leave --node out.');
  const home = join(
    resolve(folder ?? ''),
    'node_modules',
    web ? 'onnxruntime-web' : 'onnxruntime-node',
    'dist',
  );
  if (!folder || !existsSync(home))
    fail(`Install the peer first, and say where: npm install --prefix DIR onnxruntime-node onnxruntime-web`);
  const copy = join(OUT, 'peer');
  mkdirSync(copy, { recursive: true });
  const model = join(copy, 'model.onnx');
  const settings = { network, size, batch, out: model };
  const parameters = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  execFileSync(python, ['bench/peer/onnx_export.py', ...parameters], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const about = { network, size, batch, steps, threads: threads ?? availableParallelism() };
  if (!web) return { ...about, module: pathToFileURL(join(home, 'index.js')).href, wasm: null, model };
  for (const file of ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'])
    cpSync(join(home, file), join(copy, file));
  return { ...about, module: '/peer/ort.wasm.min.mjs', wasm: '/peer/', model: '/peer/model.onnx' };
}
