/** The question of the start page, and how much a plan says it makes. */
import { expect, test } from 'vitest';
import { DEFAULT_CHOICES } from '../../../src/core/simulate/choices.ts';
import { figuresOf } from '../../../src/core/simulate/figures.ts';
import { changesOf } from '../../../src/core/simulate/knobs.ts';
import { planPractice } from '../../../src/core/simulate/plan.ts';
import { asked, quizPictures } from '../../../src/core/simulate/quiz.ts';

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

test('a question has three pictures of each modality, of different body parts or settings and patients', () => {
  for (const seed of SEEDS) {
    const orders = quizPictures(seed);
    for (const modality of ['CT', 'MR', 'PT', 'XR']) {
      expect(orders.filter((one) => one.modality === modality)).toHaveLength(3);
    }
    const shots = orders.map(({ modality, region, settings }) =>
      JSON.stringify([modality, region, settings]),
    );
    expect(new Set(shots).size).toBe(12);
    expect(new Set(orders.map(({ patientSeed }) => patientSeed)).size).toBe(12);
  }
});

test('every setting of a question is a stop of its knob that changes something', () => {
  for (const { modality, region, settings } of SEEDS.flatMap(quizPictures)) {
    for (const [key, value] of Object.entries(settings)) {
      expect(
        Object.keys(changesOf(modality, region, { [key]: value })),
        `${modality} ${region} ${key}`,
      ).not.toEqual([]);
    }
  }
});

test('where a modality stands follows from the seed, and is another place with another seed', () => {
  const places = (seed: number) =>
    quizPictures(seed)
      .map(({ modality }) => modality)
      .join();
  expect(quizPictures(7)).toEqual(quizPictures(7));
  expect(new Set(SEEDS.map(places)).size).toBeGreaterThan(30);
});

test('four tries ask for four modalities', () => {
  for (const seed of SEEDS) {
    expect([0, 1, 2, 3].map((attempt) => asked(seed, attempt)).sort()).toEqual(['CT', 'MR', 'PT', 'XR']);
  }
});

test('a plan’s figures count its files, and grow with its patients', () => {
  const plan = planPractice(DEFAULT_CHOICES);
  const figures = figuresOf(plan);
  expect(figures).toMatchObject({ sites: plan.manifest.length, series: plan.series.length });
  expect(figures.slices).toBe(plan.series.reduce((sum, { files }) => sum + files, 0));
  const twice = figuresOf(planPractice({ ...DEFAULT_CHOICES, patients: 2 }));
  expect(twice.bytes).toBeGreaterThan(1.6 * figures.bytes);
  expect(twice.seconds).toBeGreaterThan(1.6 * figures.seconds);
});
