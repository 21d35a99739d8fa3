/** The model that comes with the app is what README, its card and its own header say. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseModelFile } from '../../src/core/export/modelFile.ts';
import { readSafetensors } from '../../src/core/export/safetensors.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { weightsHash } from '../../src/core/train/checkpoint.ts';

const LARGEST_BYTES = 12e6;
const file = readFileSync('public/starter/starter.safetensors');
const { metadata } = readSafetensors(file);
const card = JSON.parse(readFileSync('public/starter/card.json', 'utf8'));

describe('the starter', () => {
  test('is a model of the four that the app reads, and can call a picture unknown', () => {
    const { labelSet, calibration, outliers, model } = parseModelFile(file);
    expect(labelSet).toEqual(DEFAULT_SET);
    expect(calibration?.unknown?.series).toHaveLength(101);
    expect(outliers).toBeGreaterThan(0);
    expect(weightsHash(model)).toBe(metadata.weights);
    expect(file.length).toBeLessThan(LARGEST_BYTES);
  });

  test('has the card of these weights, with every dataset and its source', () => {
    expect(card.facts.weights).toBe(metadata.weights);
    expect(readFileSync('public/starter/card.md', 'utf8')).toContain(metadata.weights);
    const named = JSON.parse(metadata.datasets) as { name: string; source: string }[];
    for (const { name, source } of card.datasets) expect(named).toContainEqual({ name, source });
  });

  test('is right on as many held-out slices as README says', () => {
    expect(Math.round(4 * card.heldOut.slices)).toBe(3);
    expect(Math.round(4 * card.neverLearned.slices)).toBe(3);
    expect(JSON.parse(metadata.heldOut)).toEqual(card.heldOut);
  });
});
