/** The ONNX Runtime twin of a step of prediction, from a package that is loaded where it lies: in Node, or in a worker. */
import { random } from '../../src/core/random.ts';
import { median, significant } from '../stats.js';

export type OrtOptions = {
  /** Address of the package's module, and of its WebAssembly where it has some. */
  module: string;
  wasm: string | null;
  /** Address of the ONNX file, or its path in Node. */
  model: string;
  network: string;
  size: number;
  batch: number;
  steps: number;
  threads: number;
};

export type OrtResult = Awaited<ReturnType<typeof measureOnnxRuntime>>;

/** What is used of either package. */
type Ort = {
  env: { versions: { common?: string }; wasm?: { numThreads?: number; wasmPaths?: string } };
  Tensor: new (type: 'uint8', data: Uint8Array, shape: readonly number[]) => object;
  InferenceSession: {
    create(
      model: string,
      options: object,
    ): Promise<{ run(feeds: object): Promise<Record<string, { data: Float32Array }>> }>;
  };
};

export async function measureOnnxRuntime({
  module,
  wasm,
  model,
  network,
  size,
  batch,
  steps,
  threads,
}: OrtOptions) {
  const loaded = (await import(module)) as Ort & { default?: Ort };
  const ort = loaded.InferenceSession ? loaded : loaded.default!;
  if (wasm && ort.env.wasm) Object.assign(ort.env.wasm, { numThreads: threads, wasmPaths: wasm });
  const session = await ort.InferenceSession.create(model, {
    executionProviders: [wasm ? 'wasm' : 'cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
  });
  const numbers = random(1);
  const pixels = Uint8Array.from({ length: batch * size * size }, () => numbers.integer(256));
  const times: number[] = [];
  // The first runs plan the memory.
  for (let step = -2; step < steps; step++) {
    const began = performance.now();
    const { probabilities } = await session.run({
      pixels: new ort.Tensor('uint8', pixels, [batch, 1, size, size]),
    });
    if (probabilities.data.length !== batch * 4) throw new Error('The ONNX file gives something else.');
    if (step >= 0) times.push(performance.now() - began);
  }
  const stepMilliseconds = median(times);
  return {
    what: 'infer',
    device: `onnxruntime-${wasm ? 'web' : 'node'} ${ort.env.versions.common ?? ''}`.trim(),
    adapter: null,
    threads,
    network,
    size,
    batch,
    imagesPerSecond: significant((batch * 1000) / stepMilliseconds, 4),
    stepMilliseconds: significant(stepMilliseconds, 4),
    fastestMilliseconds: significant(Math.min(...times), 4),
  };
}
