/** Compares a device with PyTorch's numbers: the tests' golden cases, for machines without a test runner. */
import type { Device } from '../src/core/engine/devices/types.ts';
import { computeGradients, computeOutputs, OP_CASES } from '../test/core/engine/cases.ts';
import { GOLDENS, trainGolden } from '../test/fakes/fivesteps.ts';

export type Parity = { what: 'parity'; op: string; case: string; worst: number; finite: boolean };

/** The largest error of each case, relative to the largest number of its array (float64 of PyTorch). */
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

/** Five steps of each network: the number furthest from PyTorch's, relative to its allowed error. */
export async function networkParity(device: Device) {
  const results = [];
  for (const golden of GOLDENS) {
    const deviations = await trainGolden(device, golden);
    const again = await trainGolden(device, golden);
    const shares = deviations.map(({ error, allowed }) => error / allowed);
    const worst = shares.reduce((at, share, i) => (share > shares[at] ? i : at), 0);
    results.push({
      what: 'parity',
      op: 'five steps',
      case: golden.name,
      numbers: deviations.length,
      worst: deviations[worst],
      finite: shares.every(Number.isFinite),
      passed: shares.every((share) => share < 1),
      /** A repeated training gave the same numbers to the last bit. */
      repeatable: again.every(({ error }, i) => error === deviations[i].error),
    });
  }
  return results;
}
