/** The explain worker's service: the weights of a stored run, kept on a device between requests. */
import type { Device, DeviceHost } from '../../src/core/engine/devices/types.ts';
import { LabError } from '../../src/core/errors.ts';
import type { ExplainArgs, ExplainService } from '../../src/core/explain/contract.ts';
import { createExplainer, type Explainer } from '../../src/core/explain/explainer.ts';
import { occlude } from '../../src/core/explain/occlusion.ts';
import { findNetwork } from '../../src/core/nn/index.ts';
import { hasNone, outputsOf } from '../../src/core/train/answers.ts';
import { labelSetOf } from '../../src/core/train/labelSetOf.ts';
import { createReduce } from '../../src/core/train/reduce.ts';
import type { RunConfig } from '../../src/core/train/run.ts';
import type { Store } from '../../src/storage/port.ts';
import { weightsOf } from '../../src/storage/weights.ts';

export type ExplainParts = {
  withStore<T>(work: (store: Pick<Store, 'run' | 'latestCheckpoint'>) => Promise<T>): Promise<T>;
  /** See `openWorking` in host/device.ts. */
  open<T>(
    choice: RunConfig['device'],
    host: DeviceHost,
    use: (device: Device) => Promise<T>,
  ): Promise<{ device: Device; result: T }>;
  host: DeviceHost;
};

/** Idle time after which weights and device are released. */
export const FORGET_MS = 30_000;

type Loaded = { key: string; explainer: Explainer; dispose(): void };

export function createExplainService(parts: ExplainParts, forgetMs = FORGET_MS): ExplainService {
  let loaded: Loaded | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** tfjs has one device at a time, and a model must not be disposed of during a request. */
  let queue: Promise<unknown> = Promise.resolve();

  const forget = () => {
    loaded?.dispose();
    loaded = null;
  };

  async function ready({ run, version, device, whileTraining }: ExplainArgs): Promise<Explainer> {
    const key = JSON.stringify([run, version, device, whileTraining]);
    if (loaded?.key !== key) {
      forget();
      loaded = { key, ...(await load(parts, { run, device, whileTraining })) };
    }
    return loaded.explainer;
  }

  function asked<T>(
    args: ExplainArgs,
    signal: AbortSignal,
    work: (explainer: Explainer, pixels: Uint8Array) => Promise<T>,
  ): Promise<T> {
    const answer = queue.then(async () => {
      clearTimeout(timer);
      try {
        signal.throwIfAborted();
        const explainer = await ready(args);
        signal.throwIfAborted();
        const pixels = new Uint8Array(explainer.size ** 2);
        createReduce(explainer.size)(args.slice, 0, pixels, 0);
        return await work(explainer, pixels);
      } catch (error) {
        // A lost device is reopened for the next request.
        if (!signal.aborted) forget();
        throw error;
      } finally {
        timer = setTimeout(forget, forgetMs);
      }
    });
    queue = answer.catch(() => {});
    return answer;
  }

  return {
    explain: (args, { signal }) => asked(args, signal, (explainer, pixels) => explainer.explain(pixels)),
    inside: (args, { signal }) => asked(args, signal, (explainer, pixels) => explainer.inside(pixels)),
    occlude: (args, { signal, emit }) =>
      asked(args, signal, (explainer, pixels) =>
        occlude(explainer.predict, pixels, explainer.size, {
          signal,
          progress: (done, total) => emit({ kind: 'progress', done, total }),
        }),
      ),
  };
}

async function load(
  { withStore, open, host }: ExplainParts,
  { run: id, device: choice, whileTraining }: Pick<ExplainArgs, 'run' | 'device' | 'whileTraining'>,
): Promise<Omit<Loaded, 'key'>> {
  const { config, classes, state } = await withStore(async (store) => {
    const run = await store.run(id);
    const checkpoint = run && (await weightsOf(store, run));
    if (!checkpoint) throw noModel();
    return { config: run.config, classes: labelSetOf(run).classes.length, state: checkpoint.trainer.model };
  });
  const network = findNetwork(config.network, outputsOf(config, classes));
  // One thread, so that a running training keeps the others.
  const limited = whileTraining ? { ...host, cores: 1 } : host;
  const { device, result: explainer } = await open(choice, limited, (opened) =>
    createExplainer(opened, network, { size: config.inputSize, none: hasNone(config) }, state),
  );
  return {
    explainer,
    dispose: () => {
      explainer.dispose();
      device.dispose();
    },
  };
}

function noModel(): LabError {
  return new LabError(
    'model-missing',
    'This run has no stored model.',
    'Nothing was changed.',
    'Choose another model, or train one.',
  );
}
