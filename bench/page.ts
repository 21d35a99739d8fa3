/** The page that bench/cli/engine.js drives. */

/** Runs one measurement in a fresh worker. */
function bench(options: unknown): Promise<unknown> {
  const worker = new Worker('worker.js', { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => {
      worker.terminate();
      if (data.error) reject(new Error(data.error));
      else resolve(data.results);
    });
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
    worker.postMessage(options);
  });
}

Object.assign(globalThis, { bench });
