/** The estimate of wrong labels: near the number that was planted, by pairs of classes, with a range that holds it. */
import { describe, expect, test } from 'vitest';
import { type AuditData, gatherEvidence } from '../../../src/core/audit/evidence.ts';
import { estimateNoise } from '../../../src/core/audit/noise.ts';
import { evidenceOf, type SpokenSeries } from './evidence.ts';

const SERIES = 200;
const [CT, MR] = [0, 1];

/** Half CT, half MR, which the model knows; the first `wrong` of CT are MR in truth. */
function planted(wrong: number, more: Partial<SpokenSeries> = {}): AuditData {
  return evidenceOf(
    Array.from({ length: SERIES }, (_, i): SpokenSeries => {
      const label = i % 2 ? 'MR' : 'CT';
      const truth = label === 'CT' && i < 2 * wrong ? 'MR' : label;
      // Not equally sure of all.
      return { label, says: [[truth, 0.7 + ((i >> 1) % 5) / 20]], ...more };
    }),
  );
}

const estimated = (data: AuditData) => estimateNoise(gatherEvidence(data), 1);

test('counts what is confidently another class, scaled to all labels, named by what they are and what they should be', () => {
  const noise = estimated(planted(20))!;
  expect(noise.of).toBe(SERIES);
  // Of the 20, 12 are as surely MR as MR usually is; all the other 80 are as surely CT: 100 labels are shared out 12 to 80.
  expect(noise.wrong).toBeCloseTo((100 * 12) / 92, 4);
  expect(noise.pairs).toEqual([{ given: CT, likely: MR, wrong: expect.closeTo(noise.wrong, 9) }]);
  expect(noise.classes.slice(0, 2)).toEqual([
    { label: CT, of: 100, wrong: expect.closeTo(noise.wrong, 9) },
    { label: MR, of: 100, wrong: 0 },
  ]);
});

test('has a range that holds it, and grows with the number', () => {
  const ranges = [10, 30].map((wrong) => estimated(planted(wrong))!);
  for (const { low, wrong, high } of ranges) {
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThan(wrong);
    expect(high).toBeGreaterThan(wrong);
  }
  expect(ranges[1].low).toBeGreaterThan(ranges[0].high);
});

test('is too high where the model is poor', () => {
  // No label is wrong; of every other series of each class the model says another one.
  const poor = evidenceOf(
    Array.from({ length: SERIES }, (_, i): SpokenSeries => {
      return { label: i % 2 ? 'MR' : 'CT', says: [[i % 4 < 2 ? 'CT' : 'MR', 0.7]] };
    }),
  );
  expect(estimated(poor)!.wrong).toBeGreaterThan(0.3 * SERIES);
});

test('varies more where the series are of few patients', () => {
  const spread = (data: AuditData) => {
    const { low, high } = estimated(data)!;
    return high - low;
  };
  const few = planted(10);
  // Twenty patients, one of whom has all of the wrong labels.
  const patient = few.table.patient.map((_, i) => (i % 2 ? 10 + (i % 10) : Math.floor(i / 20)));
  expect(spread({ ...few, table: { ...few.table, patient } })).toBeGreaterThan(1.5 * spread(planted(10)));
});

test('the same labels give the same numbers', () => {
  expect(estimated(planted(5))).toEqual(estimated(planted(5)));
});

test('a label that the user has answered for counts as right', () => {
  const data = planted(10);
  const settled = data.settled.map((_, i) => (i < 20 ? ('all' as const) : null));
  expect(estimated({ ...data, settled })).toMatchObject({ of: SERIES, wrong: 0, low: 0, high: 0, pairs: [] });
});

describe('there is none', () => {
  test('where no model has judged', () => {
    expect(estimated(evidenceOf([{}, { label: 'MR' }]))).toBeNull();
  });

  test('where nothing has a label', () => {
    expect(estimated(planted(0, { label: null }))).toBeNull();
  });
});
