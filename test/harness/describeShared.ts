/** Tests that need real data: where it is not, one skipped test says so in the output, and `npm test` counts it. */
import { describe, test } from 'vitest';
import { hasShared, missing } from './shared.ts';

type Describe = (title: string, body: () => void) => void;

/** `describe` for tests that read `name`; `present` where it may lie there unpacked as well. */
export function describeShared(name: string, present: unknown = hasShared(name)): Describe {
  if (present) return describe;
  return (title) => {
    console.warn(`${title}: ${missing(name)}`);
    describe(title, () => test.skip(missing(name), () => {}));
  };
}
