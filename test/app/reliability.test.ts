/** The reliability diagram of a stored run. */
import { expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createReliabilityCommands } from '../../src/app/reliability.ts';
import type { Notice } from '../../src/app/state.ts';
import type { PredictionRecord, RunRecord } from '../../src/storage/port.ts';
import { makeRun } from '../builders/storage.ts';

const CALIBRATION = { temperature: 2, correlation: 0.5, slices: 120, series: 12 };

/** 100 slices of which the network is sure to 90 %, and that are right in seven of ten. */
const PREDICTIONS = {
  truth: Uint8Array.from({ length: 100 }, (_, i) => (i % 10 < 7 ? 0 : 1)),
  probabilities: Float32Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? 0.9 : 0.1 / 3)),
} as PredictionRecord;

function commands(run: Partial<RunRecord> | null, predictions: () => Promise<PredictionRecord | null>) {
  const notices: Omit<Notice, 'id'>[] = [];
  const context = {
    store: { predictions, run: async () => run && { ...makeRun('r', 'p'), ...run } },
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
  } as unknown as Context;
  return { ...createReliabilityCommands(context), notices };
}

test('a run’s answers are compared with their probabilities, as they are and by its temperature', async () => {
  const { reliability } = commands({ calibration: CALIBRATION }, async () => PREDICTIONS);
  const found = (await reliability('r', 'test'))!;
  expect(found).toMatchObject({ n: 100, calibration: CALIBRATION });
  expect(found.plain.error).toBeCloseTo(0.2, 6);
  // √0.9 beside three times √(0.1 / 3).
  const cooled = Math.sqrt(0.9) / (Math.sqrt(0.9) + 3 * Math.sqrt(0.1 / 3));
  expect(found.calibrated!.error).toBeCloseTo(Math.abs(cooled - 0.7), 5);
});

test('a run without a calibration has its own answers alone', async () => {
  const { reliability } = commands({}, async () => PREDICTIONS);
  expect(await reliability('r', 'test')).toMatchObject({ calibrated: null, calibration: null });
});

test('without predictions there is nothing to show, and what can’t be read is said', async () => {
  const none = commands({}, async () => null);
  expect(await none.reliability('r', 'test')).toBeNull();
  expect(await commands(null, async () => PREDICTIONS).reliability('r', 'test')).toBeNull();
  const broken = commands({}, () => Promise.reject(new Error('disk')));
  expect(await broken.reliability('r', 'test')).toBeNull();
  expect(broken.notices).toMatchObject([{ title: 'The calibration could not be read.' }]);
});
