/** Figures of held-out answers, and their table. */
import { describe, expect, test } from 'vitest';
import { averagedViews, deviation, figuresOf } from '../../../bench/generalise/measures.ts';
import { tableText } from '../../../bench/generalise/table.ts';

describe('figures', () => {
  /** Dataset 0: 20 slices of class 0 in two series, all but 12 right; dataset 1: 4 of class 1, all right. */
  const label = Uint8Array.from({ length: 24 }, (_, i) => Number(i >= 20));
  const answers = {
    classes: 2,
    logits: Float32Array.from(
      Array.from({ length: 24 }, (_, i) => (i < 8 ? [2, 0] : i < 20 ? [0, 2] : [-1, 1])).flat(),
    ),
    label,
    dataset: Array.from({ length: 24 }, (_, i) => Number(i >= 20)),
    series: Array.from({ length: 24 }, (_, i) => (i < 10 ? 0 : i < 20 ? 1 : 2)),
  };
  const figures = figuresOf(answers);

  test('are over cells, slices and series', () => {
    expect(figures.balanced.cells).toBeCloseTo((0.4 + 1) / 2);
    expect(figures.balanced.slices).toBeCloseTo((0.4 + 1) / 2);
    // Of series 0 eight of ten slices are right, of series 1 none.
    expect(figures.balanced.series).toBeCloseTo((0.5 + 1) / 2);
    expect(figures.accuracy).toBeCloseTo(12 / 24);
  });

  test('name the smallest large cell, and ignore small ones', () => {
    expect(figures.smallest).toBeCloseTo(0.4);
    expect(figures.poor).toBe(1);
    expect(figures.cells[0]).toMatchObject({ dataset: 0, label: 0, slices: 20, series: 2, answers: [8, 12] });
  });

  test('have the loss of the probabilities', () => {
    const sure = Math.log(1 + Math.exp(-2));
    expect(figures.logLoss).toBeCloseTo((12 * sure + 12 * (sure + 2)) / 24, 5);
  });

  test('do not change by what is added to a row of logits', () => {
    const shifted = { ...answers, logits: answers.logits.map((value) => value + 100) };
    expect(figuresOf(shifted).logLoss).toBeCloseTo(figures.logLoss, 4);
  });

  test('of two views are those of their mean', () => {
    const views = averagedViews(Float32Array.of(2, 0), Float32Array.of(0, 2), 2);
    expect(views[0]).toBeCloseTo(views[1]);
  });

  test('in the table come best first, with the spread over seeds', () => {
    const line = {
      variant: 'poor',
      about: '',
      seeds: 1,
      figures: [figures],
      mirrored: [figures],
      imagesPerSecond: 90,
      strangers: [],
    };
    const better = { ...figures, balanced: { ...figures.balanced, cells: 0.9 } };
    const text = tableText(
      [line, { ...line, variant: 'good', seeds: 2, figures: [better, figures] }],
      ['A', 'B'],
    );
    expect(text.split('\n').map((row) => row.split(' ')[0])).toEqual(['variant', 'good', 'poor']);
    expect(text).toContain(`0.800±${deviation([0.9, 0.7])!.toFixed(3)}`);
  });
});
