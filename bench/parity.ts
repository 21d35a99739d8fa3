/** Every op on the current device against PyTorch's numbers: the tests' golden cases where no test runner is. */
import { computeGradients, computeOutputs, OP_CASES } from '../test/core/engine/cases.ts';

export type Parity = { what: 'parity'; op: string; case: string; worst: number; finite: boolean };

/** The largest error of each case, relative to the largest number of the array it is in (float64 of PyTorch). */
export async function parity(): Promise<Parity[]> {
  const results: Parity[] = [];
  for (const opCase of OP_CASES) {
    let worst = 0;
    let finite = true;
    const compare = (actual: ArrayLike<number>, expected: readonly number[]) => {
      const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
      expected.forEach((value, i) => {
        if (!Number.isFinite(actual[i])) finite = false;
        else worst = Math.max(worst, Math.abs(actual[i] - value) / largest);
      });
    };
    for (const [key, { values }] of Object.entries(await computeOutputs(opCase)))
      compare(values, opCase.outputs[key].values);
    for (const [key, { values }] of Object.entries(await computeGradients(opCase)))
      compare(values, opCase.gradients?.[key] ?? []);
    results.push({
      what: 'parity',
      op: opCase.op,
      case: opCase.name,
      worst: Number(worst.toPrecision(3)),
      finite,
    });
  }
  return results;
}
