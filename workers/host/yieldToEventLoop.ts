/** Lets a busy worker receive messages. */

const EVERY_MS = 30;

/** Yields to the event loop if the last yield is some ms ago. Message ports are not throttled like timers. */
export function createYieldToEventLoop(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  let lastMs = performance.now();
  port1.onmessage = () => waiting.shift()?.();
  return async () => {
    if (performance.now() - lastMs < EVERY_MS) return;
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
    lastMs = performance.now();
  };
}
