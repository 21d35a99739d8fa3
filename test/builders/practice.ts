/** A small practice project as a folder: every modality in every split, few slices of each. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_CHOICES, type PracticeChoices } from '../../src/core/simulate/choices.ts';
import { makeSeries, planPractice } from '../../src/core/simulate/practice.ts';

/** Three of each modality: one for each split. */
export const SMALL_SITES = [
  ...['practice_north_ct', 'practice_harbour_ct', 'practice_valley_ct'],
  ...['practice_hill_mr', 'practice_lake_mr', 'practice_garden_mr'],
  ...['practice_tower_pet', 'practice_bridge_pet', 'practice_mill_petct'],
  ...['practice_station_cr', 'practice_square_dx', 'practice_rose_mg'],
];

/** Made once for all end-to-end tests (e2e/setup.ts). */
export const SMALL_PRACTICE = fileURLToPath(new URL('../../out/practice-small', import.meta.url));

export async function writeSmallPractice(
  folder = SMALL_PRACTICE,
  choices: Partial<PracticeChoices> = {},
): Promise<void> {
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  const plan = planPractice({ ...DEFAULT_CHOICES, sites: SMALL_SITES, patients: 0.1, ...choices });
  for (const series of plan.series) {
    for (const { path, bytes } of await makeSeries(series)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
  }
  writeFileSync(join(folder, 'datasets.json'), JSON.stringify(plan.manifest));
}
