/** The page for bench/cli/ingest.js: one worker, one request at a time. */

let worker: Worker | null = null;

/** `load`: addresses of files to load; without it, a pass over the loaded files. */
function ask(question: { load?: string[] }): Promise<unknown> {
  if (question.load) {
    worker?.terminate();
    worker = new Worker('/worker.js', { type: 'module' });
  }
  const asked = worker!;
  return new Promise((resolve, reject) => {
    asked.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.result));
    asked.onerror = (event) => reject(new Error(event.message));
    asked.postMessage(question);
  });
}

Object.assign(globalThis, { ask });
