/** Every worker with the engine: it serves what its name says. One entry, so that the engine is built once for all. */

const SERVICES: Readonly<Record<string, () => Promise<unknown>>> = {
  train: () => import('./train.ts'),
  classify: () => import('./classify.ts'),
  explain: () => import('./explain.ts'),
  audit: () => import('./audit.ts'),
  onnx: () => import('./onnx.ts'),
};

/** Calls that come before the service is there. */
const early: MessageEvent[] = [];
const keep = (event: MessageEvent) => early.push(event);
self.addEventListener('message', keep);

SERVICES[self.name]().then(
  () => {
    self.removeEventListener('message', keep);
    for (const { data, ports } of early)
      self.dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }));
  },
  // The page hears of an error, not of a rejection.
  (error) => self.reportError(error),
);

export {};
