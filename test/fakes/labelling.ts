/** The series of made-up datasets: stacks of some two dozen slices, a few without a label, mixed, excluded, or wrong. */
import { labellingOf } from '../../src/app/label/board.ts';
import type { Labelling } from '../../src/app/label/state.ts';
import type { DatasetRow } from '../../src/app/state.ts';
import { seriesAnswers } from '../../src/core/dataset/seriesAnswers.ts';
import { applyAct } from '../../src/core/dataset/seriesLabels.ts';
import type { LabelSet } from '../../src/core/labels/labelSet.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import type { SliceRef } from '../../src/core/types.ts';
import { MODALITIES } from '../builders/modalities.ts';
import { phantom } from '../builders/phantom.ts';
import { makeSeriesShards, type SeriesSpec } from '../builders/series.ts';

const STACK = 24;
const PARTS = ['CHEST', 'BRAIN', 'ABDOMEN', null, 'PELVIS'];

/** As many series of each dataset as its slices fill. */
function specsOf(dataset: DatasetRow): SeriesSpec[] {
  return MODALITIES.flatMap((modality) => {
    const slices = dataset.counts[modality];
    return Array.from({ length: Math.ceil(slices / STACK) }, (_, i): SeriesSpec => {
      const one = modality === 'XR' || i % 7 === 3;
      const unlabelled = i % 9 === 4;
      return {
        dataset: dataset.id,
        series: `${modality}${i} of ${dataset.id}`,
        slices: one ? 1 : Math.min(STACK, slices - i * STACK),
        label: unlabelled ? null : modality,
        source: unlabelled ? 'none' : i % 5 === 2 ? 'user' : 'tag',
        facts: {
          modalityTag: unlabelled ? null : i % 11 === 7 ? 'CT' : modality === 'XR' ? 'DX' : modality,
          bodyPart: PARTS[i % PARTS.length],
          imageType: i % 8 === 5 ? 'localizer' : 'original',
        },
      };
    });
  });
}

const made = new Map<string, Labelling>();

/** Made once for the same datasets; then a copy whose labels may change. */
export function fakeLabelling(
  project: string,
  datasets: readonly DatasetRow[],
  set = DEFAULT_SET,
): Labelling {
  const key = `${project} ${set.id} ${datasets.map(({ id, split }) => id + split).join()}`;
  const found = made.get(key) ?? make(project, datasets, set);
  made.set(key, found);
  return { ...found, labels: structuredClone(found.labels) };
}

function make(project: string, datasets: readonly DatasetRow[], set: LabelSet): Labelling {
  const indexes = makeSeriesShards(datasets.flatMap(specsOf));
  const records = datasets.map(({ id, split, exclude }) => ({ id, split, exclude }));
  const labelling = labellingOf(null, { project, set, indexes, records, aside: new Map() });
  const { list, labels, by } = labelling;
  const some = [list.start[2], list.start[2] + 7] as const;
  applyAct(list, labels, by, { spans: [some], change: { kind: 'label', label: 1 } });
  const out = [list.start[5], list.start[6]] as const;
  applyAct(list, labels, by, { spans: [out], change: { kind: 'exclude', exclude: true } });
  return {
    ...labelling,
    doubts: new Map([[3, { doubt: 1, reason: 'Its tag says CT, the model MR with 93 %.' }]]),
  };
}

/** A model that is mostly sure, and of every eleventh series says something else. */
export function fakeAnswers(labelling: Labelling, run: string): NonNullable<Labelling['answers']> {
  const { list, labels, set } = labelling;
  const classes = set.classes.length;
  const refs = Array.from({ length: list.count }, (_, series) => list.start[series]);
  const probabilities = refs.flatMap((slice, series) => {
    const says = (Math.min(labels.label[slice], classes - 1) + (series % 11 === 6 ? 1 : 0)) % classes;
    const sure = 0.6 + (series % 40) / 100;
    return set.classes.map((_, i) => (i === says ? sure : (1 - sure) / (classes - 1)));
  });
  const predictions = {
    shard: Uint32Array.from(refs, (slice) => list.shard[slice]),
    row: Uint32Array.from(refs, (slice) => list.row[slice]),
    probabilities: Float32Array.from(probabilities),
  };
  return { ...seriesAnswers(list, [predictions], classes), run };
}

/** What a slice shows follows from its place alone. */
export function fakePictures(refs: readonly SliceRef[]): Uint8Array[] {
  return refs.map(({ shard, row }) =>
    drawn(MODALITIES[(shard + Math.floor(row / STACK)) % 4], (shard * 7 + row) % 48),
  );
}

const pictures = new Map<string, Uint8Array>();

function drawn(modality: (typeof MODALITIES)[number], seed: number): Uint8Array {
  const key = `${modality}${seed}`;
  const pixels = pictures.get(key) ?? phantom(modality, seed, 224);
  pictures.set(key, pixels);
  return pixels;
}
