/** Entry of the thread that sandbox.ts sends files to. */
import { parentPort } from 'node:worker_threads';
import { outcomeOf } from './outcome.ts';

parentPort?.on('message', async (bytes: Uint8Array) => {
  try {
    parentPort?.postMessage({ outcome: await outcomeOf(bytes) });
  } catch (error) {
    parentPort?.postMessage({ failed: `thrown: ${error instanceof Error ? error.message : String(error)}` });
  }
});
