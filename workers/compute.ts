/** A compute thread of the simd device: gets one message, then lives in WebAssembly. */
import { type ComputeThreadStart, runComputeThread } from '../src/core/engine/devices/simd/threads.ts';

self.addEventListener('message', (event: MessageEvent<ComputeThreadStart>) => runComputeThread(event.data), {
  once: true,
});
