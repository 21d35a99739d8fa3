/** What the starter may learn from, what its held-out folds say, and how a training is kept. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Card, cardText } from '../../../bench/starter/card.ts';
import {
  balanced,
  calibrationOf,
  type HeldOut,
  rowsOf,
  shippedCalibration,
} from '../../../bench/starter/fit.ts';
import { keepIn } from '../../../bench/starter/keep.ts';
import { readSources, shippable } from '../../../bench/starter/ship.ts';
import { startLoop } from '../../../src/core/train/loop.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modality-lab-starter-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('only datasets that the list allows by name are learned from', () => {
  const list = [
    { name: 'a', location: 'head', source: 'A, CC BY 4.0', may_ship: true },
    { name: 'b', source: 'B, CC BY-NC', may_ship: false },
    { name: 'c', source: 'C' },
  ];
  writeFileSync(join(folder, 'datasets.json'), JSON.stringify(list));
  const sources = readSources(folder);
  expect(sources[0]).toEqual({ name: 'a', location: 'head', source: 'A, CC BY 4.0', mayShip: true });
  const datasets = ['c', 'a', 'b', 'not listed'].map((name) => ({ name }));
  expect(shippable(datasets, sources)).toEqual([false, true, false, false]);
});

test('a training is kept whole, and one of other settings is not taken for it', () => {
  const path = join(folder, 'kept', 'one.kept');
  const model = new Map([['w', { shape: [2], data: Float32Array.of(1, 2) }]]);
  const state = { trainer: { model, momentum: new Map() }, average: null, steps: 3, loop: startLoop() };
  keepIn(path, 'a').write(state);
  expect(keepIn(path, 'a').read()).toEqual(state);
  expect(keepIn(path, 'b').read()).toBeNull();
  keepIn(path, 'a').remove();
  expect(keepIn(path, 'a').read()).toBeNull();
});

/** 60 slices of 15 series in three datasets of two classes; of dataset 2 every answer is wrong. */
function held(none: boolean): HeldOut {
  const n = 60;
  const at = Array.from({ length: n }, (_, i) => i);
  const label = Uint8Array.from(at, (i) => Math.floor(i / 4) % 2);
  const dataset = at.map((i) => Math.floor(i / 4) % 3);
  const logits = Float32Array.from(
    at.flatMap((i) => {
      const right = dataset[i] === 2 ? -2 : 2;
      return label[i] === 0 ? [right, 0] : [0, right];
    }),
  );
  return {
    ...{ classes: 2, logits, label, dataset, series: at.map((i) => Math.floor(i / 4)) },
    none: none ? Float32Array.from(at, (i) => i / 10 - 6) : new Float32Array(),
  };
}

describe('held-out slices', () => {
  test('give the calibration, and without an output for "no class" no rule for the unknown', () => {
    const calibration = calibrationOf(held(false));
    expect(calibration).toMatchObject({ slices: 60, series: 15 });
    // A third of the answers is wrong: they were too sure.
    expect(calibration!.temperature).toBeGreaterThan(1);
    expect(calibration!.unknown).toBeUndefined();
  });

  test('give quantiles of how strange slices and series are', () => {
    const { slices, series } = calibrationOf(held(true))!.unknown!;
    expect(slices).toHaveLength(101);
    expect(slices[100]).toBeGreaterThan(series[100]);
    expect(slices[0]).toBeLessThan(series[0]);
  });

  test('of the shipped network itself say what is strange to it; of the folds, how sure it may be', () => {
    const own = { ...held(true), none: held(true).none.map((value) => value - 1) };
    const { unknown, ...rest } = shippedCalibration(held(true), own, null)!;
    const { unknown: ofFolds, ...folds } = calibrationOf(held(true))!;
    expect(rest).toEqual(folds);
    expect(unknown!.slices[50]).toBeCloseTo(ofFolds!.slices[50] - 1, 5);
  });

  test('and made-up pictures say how fast strangeness speaks for none', () => {
    const unseen = {
      classes: 2,
      logits: new Float32Array(80),
      none: Float32Array.from({ length: 40 }, (_, i) => i / 10 - 2),
    };
    const { steepness } = shippedCalibration(held(true), held(true), unseen)!.unknown!;
    expect(steepness).toBeGreaterThan(0);
  });

  test('of the folds say both where the shipped network judged too few', () => {
    const few = { classes: 2, logits: Float32Array.of(1, 0), none: Float32Array.of(0) };
    const own = { ...few, label: Uint8Array.of(0), dataset: [0], series: [0] };
    expect(shippedCalibration(held(true), own, null)).toEqual(calibrationOf(held(true)));
  });

  test('are counted by dataset and class, the worst first', () => {
    const rows = rowsOf(held(false), null);
    expect(rows[0]).toMatchObject({ dataset: 2, recall: 0, seriesRecall: 0 });
    expect(rows.at(-1)).toMatchObject({ recall: 1, seriesRecall: 1 });
    expect(rows.reduce((sum, { slices }) => sum + slices, 0)).toBe(60);
    const { slices, series } = balanced(rows);
    expect(slices).toBeCloseTo(2 / 3, 1);
    expect(series).toBeCloseTo(2 / 3, 1);
  });
});

test('the card names datasets with their licences, where it fails, and that it is no medical device', () => {
  const row = { slices: 30, series: 2, seriesRecall: 0.5, answers: [], by: 'held-out fold' as const };
  const card: Card = {
    version: 1,
    title: 'Starter',
    facts: {
      network: 'resnet18',
      size: '96',
      weights: 'abc',
      started: '2026-11-30T00:00:00Z',
      epochs: '3',
      seed: '1',
    },
    bytes: 11.3e6,
    recipe: { variant: 'v', about: 'of it', plan: 'p', folds: 3, images: 9000 },
    heldOut: { slices: 0.91, series: 0.95 },
    neverLearned: null,
    eightBits: { before: 0.9, after: 0.899, changed: 3, slices: 400 },
    calibration: null,
    datasets: [{ name: 'a', location: 'head', source: 'A | CC BY 4.0', slices: 30 }],
    rows: [
      { ...row, dataset: 'a', location: 'head', label: 'CT', recall: 0.4 },
      { ...row, dataset: 'b', location: 'knee', label: 'MR', recall: 0.9 },
    ],
  };
  const text = cardText(card);
  expect(text).toContain('Not a medical device');
  expect(text).toContain('| a | head | 30 | A / CC BY 4.0 |');
  expect(text).toContain('- a (head), CT: 40.0 % of 30 slices');
  expect(text).not.toContain('- b (knee)');
  expect(text).toContain('the answer of 3 of 400 slices changes');
});
