/** The plan of a practice project: sites in splits, and the series of each site, as a list that workers can share. */
import { hash32, random } from '../random.ts';
import type { Split } from '../types.ts';
import type { PracticeChoices } from './choices.ts';
import { makePatient } from './patient.ts';
import type { RegionName } from './region.ts';
import { modalitiesOf, PRACTICE_MODALITIES, type PracticeModality, SITES, siteOf } from './site/index.ts';
import type { Site } from './site/site.ts';

/** One planned series. Plain data. */
export type PlannedSeries = {
  site: string;
  modality: PracticeModality;
  /** Number within the site, from 1. */
  patient: number;
  patientSeed: number;
  region: RegionName;
  /** Index in the site's list for this modality. */
  variant: number;
  /** Number within the study, from 1. */
  series: number;
  /** CT: a localizer. XR: the index of the view. */
  scout: boolean;
  view: number;
  seed: number;
  /** Number of files. */
  files: number;
  /** Folder below the project's. */
  folder: string;
  /** Whether a bright frame is put around each picture. */
  frame: boolean;
};

export type PlannedDataset = { site: string; split: Split };
export type PracticePlan = {
  series: PlannedSeries[];
  /** Contents of the project's datasets.json. */
  manifest: { name: string; split: Split; location: string }[];
};

const SPLITS = ['train', 'validate', 'test'] as const satisfies readonly Split[];
/** Sites of each split by default; training has more sites. */
const SHARES: Record<(typeof SPLITS)[number], number> = { train: 7, validate: 4, test: 4 };
/** Patients of each site; twice as many if it has only radiographs, because these are single pictures. */
const PATIENTS = 2;
/** Approximate and smallest number of pictures by default. */
const PICTURES = 640;
const FEWEST = 600;
/** Number of random site orders in the search for splits that have all modalities. */
const TRIES = 400;

/**
 * The split of each site: the named sites, or else the default number out of all sites. Each split gets every modality
 * if the sites allow it.
 */
export function proposal(seed: number, sites: readonly string[] = []): PlannedDataset[] {
  const names = (sites.length > 0 ? SITES.filter(({ folder }) => sites.includes(folder)) : SITES).map(
    ({ folder }) => folder,
  );
  const total = Math.min(names.length, SHARES.train + SHARES.validate + SHARES.test);
  const counts = countsOf(total);
  const contents = new Map(names.map((folder) => [folder, contentOf(siteOf(folder), seed)]));
  let best: PlannedDataset[] = [];
  let most = -Infinity;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const order = random(hash32(seed, 90, attempt)).shuffle(Int32Array.from(names.keys()));
    let at = 0;
    const datasets = SPLITS.flatMap((split) =>
      Array.from({ length: counts[split] }, () => ({ site: names[order[at++]], split })),
    );
    const score = scoreOf(datasets, contents);
    if (score > most) [most, best] = [score, datasets];
  }
  // In the registry's order within a split.
  return SPLITS.flatMap((split) =>
    names.flatMap((site) => best.filter((one) => one.site === site && one.split === split)),
  );
}

function countsOf(total: number): Record<Split & keyof typeof SHARES, number> {
  // Four sites with one modality each are enough for a complete split.
  const share = (split: 'validate' | 'test') =>
    Math.max(total >= 12 ? 4 : 1, Math.round((total * SHARES[split]) / 15));
  const test = total > 1 ? share('test') : 0;
  const validate = total > 2 ? share('validate') : 0;
  return { train: total - test - validate, validate, test };
}

/** The usual contents of a site: pictures, and the body parts of each modality. */
type Content = { pictures: number; kinds: Set<string> };

/**
 * Modalities in every split weigh most; then several training sites of each modality, also of the rarest; then training
 * sites for each kind of picture in validate and test; then the size.
 */
function scoreOf(datasets: readonly PlannedDataset[], contents: ReadonlyMap<string, Content>): number {
  const count = (split: Split, modality: PracticeModality) =>
    datasets.filter((one) => one.split === split && modalitiesOf(siteOf(one.site)).includes(modality)).length;
  let score = 0;
  for (const modality of PRACTICE_MODALITIES) {
    for (const split of SPLITS) if (count(split, modality) > 0) score += 100;
    score += Math.min(3, count('train', modality)) * 10 + Math.min(2, count('test', modality)) * 3;
  }
  const kindsOf = (own: boolean) =>
    new Set(
      datasets
        .filter(({ split }) => (split === 'train') === own)
        .flatMap(({ site }) => [...(contents.get(site)?.kinds ?? [])]),
    );
  const learned = kindsOf(true);
  for (const kind of kindsOf(false)) if (!learned.has(kind)) score -= 2;
  const pictures = datasets.reduce((sum, { site }) => sum + (contents.get(site)?.pictures ?? 0), 0);
  return score - Math.abs(pictures - PICTURES) / 10 - Math.max(0, FEWEST - pictures);
}

function contentOf(site: Site, seed: number): Content {
  const series = studiesOf(site, seed, 1);
  return {
    pictures: series.reduce((sum, { files }) => sum + files, 0),
    kinds: new Set(series.map(({ modality, region }) => `${modality} ${region}`)),
  };
}

export function planPractice(choices: PracticeChoices): PracticePlan {
  const { seed, modalities, regions, shortcut } = choices;
  const able = SITES.filter((site) => modalitiesOf(site).some((one) => modalities.includes(one)));
  const asked = choices.sites === null ? able : able.filter(({ folder }) => choices.sites?.includes(folder));
  if (asked.length === 0) return { series: [], manifest: [] };
  const datasets = proposal(
    seed,
    asked.map(({ folder }) => folder),
  );
  const series = datasets.flatMap(({ site: folder, split }) => {
    return studiesOf(siteOf(folder), seed, choices.patients)
      .filter(({ modality, region }) => modalities.includes(modality) && regions.includes(region))
      .map((one) => ({
        ...one,
        frame: shortcut === 'frame' && one.modality === 'CT' && !one.scout && split !== 'test',
      }));
  });
  const manifest = datasets.flatMap(({ site, split }) => {
    const own = series.filter((one) => one.site === site);
    const location = [...new Set(own.map(({ region }) => region))].join(', ');
    return own.length > 0 ? [{ name: site, split, location }] : [];
  });
  return { series, manifest };
}

/** All series of a site; `more` times as many patients as usual. */
function studiesOf(site: Site, seed: number, more: number): PlannedSeries[] {
  const number = SITES.indexOf(site);
  const usual = modalitiesOf(site).join() === 'XR' ? 2 * PATIENTS : PATIENTS;
  const patients = Math.max(1, Math.round(usual * more));
  // Start of the site's patients in its lists: each patient gets the next entry.
  const turn = hash32(seed, 300 + number, 0) % 7;
  return Array.from({ length: patients }, (_, i) =>
    studyOf(site, hash32(seed, 100 + number, i), i, turn),
  ).flat();
}

/** All series of one patient. */
function studyOf(site: Site, seed: number, index: number, turn: number): PlannedSeries[] {
  let series = 0;
  const items: PlannedSeries[] = [];
  const add = (part: Pick<PlannedSeries, 'modality' | 'region' | 'files'> & Partial<PlannedSeries>) => {
    series++;
    const two = (value: number) => String(value).padStart(2, '0');
    items.push({
      site: site.folder,
      patient: index + 1,
      patientSeed: seed,
      series,
      seed: hash32(seed, 2, series),
      folder: `${site.folder}/${part.modality}/patient_${two(index + 1)}/series_${two(series)}`,
      variant: 0,
      scout: false,
      view: 0,
      frame: false,
      ...part,
    });
  };
  const { ct, mr, pt, xr } = site;
  if (ct) {
    const region = ct.regions[index % ct.regions.length];
    const variant = (index + turn) % ct.variants.length;
    if (ct.scout && index % 2 === 0) add({ modality: 'CT', region, scout: true, files: 1 });
    const { slices = 12 } = { ...ct.protocol, ...ct.variants[variant] };
    add({ modality: 'CT', region, variant, files: slices });
  }
  if (pt) {
    const region = pt.regions[index % pt.regions.length];
    const variant = (index + turn) % pt.variants.length;
    const { slices = 12 } = { ...pt.protocol, ...pt.variants[variant] };
    add({ modality: 'PT', region, variant, files: slices });
  }
  if (mr) {
    for (const variant of [2 * index, 2 * index + 1]) {
      const at = variant % mr.sequences.length;
      const { region, contrast, adc } = mr.sequences[at];
      const frames = contrast === 'DWI' && !adc ? 2 : 1;
      add({ modality: 'MR', region, variant: at, files: (mr.protocol.slices ?? 8) * frames });
    }
  }
  if (xr) {
    const variant = index % xr.shots.length;
    const { region, views } = xr.shots[variant];
    for (const view of views.keys()) add({ modality: 'XR', region, variant, view, files: 1 });
  }
  const woman = items.some(({ region }) => region === 'breast');
  return woman ? items.map((item) => ({ ...item, patientSeed: womanOf(seed) })) : items;
}

/** The first seed, from `seed` on, whose patient is a woman. */
function womanOf(seed: number): number {
  for (let step = 0; ; step++) {
    const next = (seed + step) >>> 0;
    if (makePatient(next).sex === 'F') return next;
  }
}
