/** Waits for what a test brings about, however slow the machine: the test's own limit is the only one. */
import { vi } from 'vitest';

/** Repeats `check` until it no longer throws, and gives what it returns. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 2 ** 31 - 1, interval: 10 });
}
