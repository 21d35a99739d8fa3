/** What a report is made of: evaluated runs, alone or side by side, and how they belong together. */

import { baselineOf } from '../../baselines/meta.ts';
import { locationsOf } from '../../dataset/locations.ts';
import { PROTOCOLS } from '../../dataset/protocols/index.ts';
import { shareWords } from '../../dataset/share.ts';
import type { Subjects } from '../../evaluate/clusters.ts';
import { figureOf, type OverallMetric, type SplitEvaluation } from '../../evaluate/evaluation.ts';
import type { FacetScore } from '../../evaluate/facets.ts';
import type { ReliabilityBin } from '../../evaluate/reliability.ts';
import type { LabelSet } from '../../labels/labelSet.ts';
import { networkLabel } from '../../nn/meta.ts';
import type { CurvePoint } from '../../train/curve.ts';
import { settingsOf } from '../../train/differences.ts';
import { dataKey, type FrozenDataset } from '../../train/manifest.ts';
import type { RunConfig } from '../../train/run.ts';
import { SPLITS, type Split } from '../../types.ts';
import type { RunFacts } from '../manifest.ts';

type Curve = { bins: readonly ReliabilityBin[]; error: number };

export type StudyRun = RunFacts & {
  id: string;
  imagesPerSecond: number | null;
  /** The curve while learning. */
  points?: readonly CurvePoint[];
  /** Of the split that the report is about. null: its predictions are not stored. */
  reliability: { plain: Curve; calibrated: Curve | null } | null;
  /** Its figures with one answer a series. null: its predictions are not stored, or slices of them are gone. */
  bySeries: SplitEvaluation | null;
  /** Accuracies by other facts of the slices, worst first. */
  facets: readonly { label: string; rows: readonly FacetScore[] }[];
};

/** What runs answered on slices that all of them judged. */
export type Judged = {
  classes: number;
  /** By slice: indices of classes. */
  truth: Uint8Array;
  subjects: Subjects;
  /** By id of the run. */
  answers: ReadonlyMap<string, Uint8Array>;
};

export type StudyInput = {
  /** At least one, all evaluated; the first is the one that was open. */
  runs: readonly StudyRun[];
  /** Version of the app that writes the report. */
  commit: string;
  /** ISO 8601. */
  made: string;
  /** Why files of the last drop were not used; null: the page that read them is gone. */
  skipped: readonly { reason: string; files: number }[] | null;
  /** Of the split that the report is about; null or absent: not all runs judged the same slices. */
  judged?: Judged | null;
  /** In which the report is written: the runs may be of another. */
  browser?: string;
};

/** Runs with the same settings and data but other seeds. */
export type Group = { name: string; runs: readonly StudyRun[] };

export const SPLIT_WORDS = { train: 'Train', validate: 'Validate', test: 'Test' } as const satisfies Record<
  Split,
  string
>;

/** The split that a report is about: test, or what there is. */
export function mainSplit(runs: readonly Pick<StudyRun, 'evaluation'>[]): Split {
  return SPLITS.toReversed().find((split) => runs.some(({ evaluation }) => evaluation?.[split])) ?? 'test';
}

export function groupsOf(runs: readonly StudyRun[]): Group[] {
  const groups = new Map<string, StudyRun[]>();
  for (const run of runs) {
    const { Seed: _, ...settings } = settingsOf(run);
    // Draws of a share differ from seed to seed: that is part of their spread.
    const data = run.frozen?.datasets.filter(({ split }) => !run.config.share || split !== 'train');
    const key = JSON.stringify([settings, data ? dataKey(data) : null]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  // That of the open run first, then as they were begun.
  const [open, ...others] = [...groups.values()].map((own) =>
    own.toSorted((a, b) => a.config.seed - b.config.seed),
  );
  const begun = (own: readonly StudyRun[]) => own.map(({ started }) => started).sort()[0];
  others.sort((a, b) => (begun(a) < begun(b) ? -1 : 1));
  const found = [open, ...others].map((own) => ({ name: nameOf(own), runs: own }));
  return found.map((group, i) => {
    const same = found.filter(({ name }) => name === group.name);
    return same.length === 1 ? group : { ...group, name: `${group.name} (${same.indexOf(found[i]) + 1})` };
  });
}

function nameOf(runs: readonly StudyRun[]): string {
  const [{ title, config }] = runs;
  if (runs.length === 1) return title;
  const epochs = config.epochs === 1 ? '1 epoch' : `${config.epochs} epochs`;
  const share = shareWords(config.share);
  return `${networkLabel(config.network)} · ${config.inputSize} · ${epochs}${share ? ` · ${share}` : ''}, ${runs.length} seeds`;
}

/** Short: for the axis of a figure. */
export function shortName({ runs, name }: Group, all: readonly Group[]): string {
  const [{ config }] = runs;
  if (differInShare(all)) return shareOf(config);
  const alone = all.filter((group) => group.runs[0].config.network === config.network).length === 1;
  return alone ? (baselineOf(config)?.label ?? networkLabel(config.network)) : name;
}

/** A learning curve over data size of one network: its groups have the names of their shares. */
function differInShare(groups: readonly Group[]): boolean {
  const configs = groups.map(({ runs: [{ config }] }) => config);
  const kinds = (of: readonly string[]) => new Set(of).size;
  return (
    configs.some(({ share }) => share) &&
    kinds(configs.map(({ network }) => network)) === 1 &&
    kinds(configs.map(shareOf)) === configs.length
  );
}

/** "1/4 of the series in train", or "all of train". */
export function shareOf({ share }: Pick<RunConfig, 'share'>): string {
  return shareWords(share) ?? 'all of train';
}

/** The data of a run's figures; empty if they were not recorded. */
export function datasetsOf({ evaluated, frozen }: StudyRun): readonly FrozenDataset[] {
  return evaluated?.datasets ?? frozen?.datasets ?? [];
}

/** What no run has learned from where it is judged: whole datasets, or patients of the same ones. */
export function unseenUnit({ config: { fold } }: StudyRun): 'dataset' | 'patient' {
  return fold ? PROTOCOLS[fold.protocol].unit : 'dataset';
}

/** A withdrawn name is gone everywhere. */
export function datasetName({ name }: Pick<FrozenDataset, 'name'>, i: number): string {
  return name ?? `Dataset ${i + 1}`;
}

export function trainingSeconds({ history = [] }: Pick<StudyRun, 'history'>): number | null {
  return history.length === 0 ? null : history.reduce((sum, epoch) => sum + epoch.seconds, 0);
}

export function figureIn(of: SplitEvaluation | null | undefined, name: OverallMetric): number | null {
  return of ? figureOf(of, name) : null;
}

/** Mean and, of several, the standard deviation of a sample. */
export type Spread = { mean: number; sd: number | null; low: number; high: number; n: number };

/** null without any value. */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const n = known.length;
  const mean = known.reduce((sum, value) => sum + value, 0) / n;
  const sd = n < 2 ? null : Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  return { mean, sd, low: Math.min(...known), high: Math.max(...known), n };
}

export type Totals = { datasets: number; slices: number; series: number; patients: number };

export function totalsOf(datasets: readonly FrozenDataset[], split: Split | null = null): Totals {
  const own = datasets.filter((one) => (split === null || one.split === split) && slicesOf(one) > 0);
  const sum = (of: (one: FrozenDataset) => number) => own.reduce((total, one) => total + of(one), 0);
  return {
    datasets: own.length,
    slices: sum(slicesOf),
    series: sum(({ series }) => series),
    patients: sum(({ patients }) => patients),
  };
}

export function slicesOf({ counts }: Pick<FrozenDataset, 'counts'>): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}

/** Body locations of a class, each once; a dataset may have several, and others for other classes. */
export function locationsIn(
  datasets: readonly Pick<FrozenDataset, 'location' | 'counts'>[],
  id: string,
  set: LabelSet,
): string[] {
  const all = datasets.flatMap(({ location, counts }) => {
    const mix = [{ label: id, format: '', bodyPart: null, slices: counts[id] ?? 0 }];
    return locationsOf(location, mix, set)[id] ?? [];
  });
  return [...new Set(all)].sort();
}
