/** The page's workers: each started on first use, and restarted after a crash. */

import type { AuditService } from '../core/audit/contract.ts';
import type { TrainWorkerService } from '../core/baselines/contract.ts';
import type { ClassifyService } from '../core/classify/contract.ts';
import type { ExplainService } from '../core/explain/contract.ts';
import type { IngestService } from '../core/ingest/contract.ts';
import type { InspectService } from '../core/inspect/service.ts';
import type { LeakService } from '../core/leaks/contract.ts';
import type { OnnxService } from '../core/onnx/contract.ts';
import { type Connection, connect, type Remote } from '../core/rpc.ts';
import type { PracticeService } from '../core/simulate/service.ts';

/** More workers would slow down the workers that read the files. */
const MOST_PRACTICE = 4;

export type WorkerHandle<Service> = {
  /** The running worker's methods; starts it if necessary. */
  readonly call: Remote<Service>;
  /** Ends the worker; its pending calls reject with 'worker-crashed'. */
  end(): void;
};

export const ingestWorker = handle<IngestService>(
  () => new Worker(new URL('../../workers/ingest.ts', import.meta.url), { type: 'module', name: 'ingest' }),
);

export const trainWorker = handle<TrainWorkerService>(
  () => new Worker(new URL('../../workers/engine.ts', import.meta.url), { type: 'module', name: 'train' }),
);

export const classifyWorker = handle<ClassifyService>(
  () => new Worker(new URL('../../workers/engine.ts', import.meta.url), { type: 'module', name: 'classify' }),
);

export const inspectWorker = handle<InspectService>(
  () => new Worker(new URL('../../workers/inspect.ts', import.meta.url), { type: 'module', name: 'inspect' }),
);

export const explainWorker = handle<ExplainService>(
  () => new Worker(new URL('../../workers/engine.ts', import.meta.url), { type: 'module', name: 'explain' }),
);

export const auditWorker = handle<AuditService>(
  () => new Worker(new URL('../../workers/engine.ts', import.meta.url), { type: 'module', name: 'audit' }),
);

export const leakWorker = handle<LeakService>(
  () => new Worker(new URL('../../workers/leaks.ts', import.meta.url), { type: 'module', name: 'leaks' }),
);

export const onnxWorker = handle<OnnxService>(
  () => new Worker(new URL('../../workers/engine.ts', import.meta.url), { type: 'module', name: 'onnx' }),
);

/** Workers that make practice files, each with its own jobs. */
export function practiceWorkers(): WorkerHandle<PracticeService>[] {
  const count = Math.min(MOST_PRACTICE, navigator.hardwareConcurrency);
  return Array.from({ length: count }, (_, at) =>
    handle<PracticeService>(
      () =>
        new Worker(new URL('../../workers/practice.ts', import.meta.url), {
          type: 'module',
          name: `practice ${at + 1}`,
        }),
    ),
  );
}

const workers: { end(): void }[] = [
  ingestWorker,
  trainWorker,
  classifyWorker,
  inspectWorker,
  explainWorker,
  auditWorker,
  leakWorker,
  onnxWorker,
];

/** Ends all running work: its data no longer exist. */
export function endWorkers(): void {
  for (const worker of workers) worker.end();
}

function handle<Service extends object>(create: () => Worker): WorkerHandle<Service> {
  let live: { worker: Worker; connection: Connection<Service> } | null = null;

  const end = () => {
    live?.connection.close();
    live?.worker.terminate();
    live = null;
  };
  const start = () => {
    const worker = create();
    const connection = connect<Service>(worker);
    for (const type of ['error', 'messageerror']) worker.addEventListener(type, end);
    return { worker, connection };
  };

  return {
    get call() {
      live ??= start();
      return live.connection.call;
    },
    end,
  };
}
