/** Plans of practice projects: what is in them, for several seeds and choices. */
import { describe, expect, test } from 'vitest';
import { parseManifest } from '../../../src/core/files/manifest.ts';
import { DEFAULT_CHOICES } from '../../../src/core/simulate/choices.ts';
import { figuresOf } from '../../../src/core/simulate/figures.ts';
import { type PlannedSeries, planPractice, proposal } from '../../../src/core/simulate/plan.ts';
import { REGIONS } from '../../../src/core/simulate/region.ts';
import {
  KEYS,
  modalitiesOf,
  PRACTICE_MODALITIES,
  SITES,
  siteOf,
} from '../../../src/core/simulate/site/index.ts';

const SEEDS = [0, 1, 2, 3, 42, 2 ** 31];
const count = (series: readonly PlannedSeries[]) => series.reduce((sum, { files }) => sum + files, 0);

describe.each(SEEDS)('the default plan of seed %d', (seed) => {
  const plan = planPractice({ ...DEFAULT_CHOICES, seed });

  test('has 12 to 18 datasets and 600 to 1,500 files', () => {
    expect(plan.manifest.length).toBeGreaterThanOrEqual(12);
    expect(plan.manifest.length).toBeLessThanOrEqual(18);
    expect(count(plan.series)).toBeGreaterThanOrEqual(600);
    expect(count(plan.series)).toBeLessThanOrEqual(1500);
  });

  test('weighs 120 MB at most, as made and compressed by its sites', () => {
    expect(figuresOf(plan).bytes).toBeLessThan(120e6);
    expect(figuresOf(plan).bytes).toBeGreaterThan(40e6);
  });

  test('has every modality in every split', () => {
    for (const split of ['train', 'validate', 'test']) {
      const own = plan.manifest.filter((one) => one.split === split).map(({ name }) => name);
      const seen = new Set(
        plan.series.filter(({ site }) => own.includes(site)).map(({ modality }) => modality),
      );
      expect([...seen].sort(), split).toEqual([...PRACTICE_MODALITIES]);
    }
  });

  test('judges parts of the body by modalities that train has too, but for five', () => {
    const train = plan.manifest.filter((one) => one.split === 'train').map(({ name }) => name);
    const kinds = (own: boolean) =>
      new Set(
        plan.series
          .filter(({ site }) => train.includes(site) === own)
          .map(({ modality, region }) => `${modality} ${region}`),
      );
    const learned = kinds(true);
    expect([...kinds(false)].filter((kind) => !learned.has(kind)).length).toBeLessThanOrEqual(5);
  });

  test('has a folder of its own for every series, and a patient of its own for every number', () => {
    const folders = plan.series.map(({ folder }) => folder);
    expect(new Set(folders).size).toBe(folders.length);
    const seeds = new Map(plan.series.map((one) => [`${one.site} ${one.patient}`, one.patientSeed]));
    expect(new Set(seeds.values()).size).toBe(seeds.size);
  });

  test('is the same when it is made again, and another with another seed', () => {
    expect(planPractice({ ...DEFAULT_CHOICES, seed })).toEqual(plan);
    expect(planPractice({ ...DEFAULT_CHOICES, seed: seed + 1 })).not.toEqual(plan);
  });
});

describe('a plan', () => {
  test('names its datasets as datasets.json does', () => {
    const { manifest } = planPractice(DEFAULT_CHOICES);
    const read = parseManifest(JSON.stringify(manifest));
    expect([...read.keys()]).toEqual(manifest.map(({ name }) => name));
  });

  test('keeps to the sites, modalities and body parts that were chosen', () => {
    const { series, manifest } = planPractice({
      ...DEFAULT_CHOICES,
      sites: ['practice_county', 'practice_university'],
      modalities: ['MR', 'XR'],
      regions: ['abdomen', 'chest'],
      patients: 2,
    });
    expect(manifest.map(({ name }) => name).sort()).toEqual(['practice_county', 'practice_university']);
    expect(new Set(series.map(({ modality }) => modality))).toEqual(new Set(['MR', 'XR']));
    for (const { region } of series) expect(['abdomen', 'chest']).toContain(region);
  });

  test('of nothing is empty', () => {
    expect(planPractice({ ...DEFAULT_CHOICES, modalities: [] })).toEqual({ series: [], manifest: [] });
  });

  test('gives one site to train and, of three, one to each split', () => {
    const splits = (names: string[]) => proposal(1, names).map(({ split }) => split);
    expect(splits(['practice_county'])).toEqual(['train']);
    expect(splits(['practice_county', 'practice_university', 'practice_cancer_centre'])).toEqual([
      'train',
      'validate',
      'test',
    ]);
  });

  test('frames the CT of train and validate alone where a lesson asks for it', () => {
    const { series, manifest } = planPractice({ ...DEFAULT_CHOICES, shortcut: 'frame' });
    const tested = manifest.filter(({ split }) => split === 'test').map(({ name }) => name);
    for (const { modality, site, frame, scout } of series)
      expect(frame).toBe(modality === 'CT' && !scout && !tested.includes(site));
  });
});

describe('the registry of sites', () => {
  test('has 18 or more, each modality at six or more, in three body parts or more', () => {
    expect(SITES.length).toBeGreaterThanOrEqual(18);
    for (const modality of PRACTICE_MODALITIES) {
      const own = SITES.filter((site) => modalitiesOf(site).includes(modality));
      expect(own.length, modality).toBeGreaterThanOrEqual(6);
    }
    expect(
      new Set(SITES.flatMap(({ ct, pt }) => [...(ct?.regions ?? []), ...(pt?.regions ?? [])])).size,
    ).toBe(7);
    expect(new Set(SITES.flatMap(({ mr }) => mr?.sequences.map(({ region }) => region) ?? [])).size).toBe(8);
    expect(new Set(SITES.flatMap(({ xr }) => xr?.shots.map(({ region }) => region) ?? [])).size).toBe(8);
  });

  test('differs in syntax, sign, bits, language and polarity', () => {
    const habits = SITES.flatMap((site) => modalitiesOf(site).map((name) => site[KEYS[name]]!));
    expect(new Set(habits.map(({ syntax }) => syntax)).size).toBeGreaterThanOrEqual(6);
    expect(new Set(SITES.map(({ language }) => language)).size).toBeGreaterThanOrEqual(6);
    expect(SITES.filter(({ pt }) => pt?.photometric === 'MONOCHROME1')).toHaveLength(1);
    expect(SITES.filter(({ xr }) => xr?.look.photometric === 'MONOCHROME1').length).toBeGreaterThan(2);
  });

  test.each(SITES.map((site) => [site.folder, site] as const))(
    '%s has a name, folder and code of its own',
    (folder, site) => {
      expect(siteOf(folder)).toBe(site);
      expect(site.name).toMatch(/^Practice /);
      expect(folder).toMatch(/^practice_[a-z_]+$/);
      expect(site.code).toMatch(/^[A-Z]+$/);
      expect(SITES.filter(({ code, name }) => code === site.code || name === site.name)).toHaveLength(1);
      for (const region of site.ct?.regions ?? []) expect(REGIONS).toContain(region);
    },
  );
});
