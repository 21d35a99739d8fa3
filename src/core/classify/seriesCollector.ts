/** Collects slices into series during a classification. */

import type { Calibration } from '../evaluate/calibration.ts';
import { predictedClass } from '../evaluate/confusion.ts';
import { withTemperature } from '../evaluate/temperature.ts';
import { seriesStrangeness, thresholdOf, type UnknownRule } from '../evaluate/unknown.ts';
import type { Heading } from '../formats/types.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import { seriesKey } from '../series.ts';
import { classIds } from '../train/labelSetOf.ts';
import type { ImageType, SeriesFacts } from '../types.ts';
import { odditiesOf } from './oddities.ts';
import { seriesVerdict, type Verdict } from './series.ts';
import { tagOf } from './tag.ts';
import { wrongTag } from './tagEvidence.ts';
import { tagState } from './tagState.ts';
import { MOST_THUMBNAILS, thinThumbnails } from './thumbnails.ts';
import type { SeriesVerdict, SliceVerdict } from './verdict.ts';
import { mainSlices, voters } from './voters.ts';

/** A series is reported again when it has grown by this factor, so that reporting costs no more than reading. */
const GROWTH = 1.5;

type Growing = Pick<SeriesVerdict, 'key' | 'number' | 'modality' | 'tag'> & {
  heading: Heading;
  dicom: boolean;
  text: boolean;
  sizes: Set<string>;
  paths: Set<string>;
  slices: SliceVerdict[];
  /** What was reported last; null: nothing, or a slice is gone since. */
  reported: Reported | null;
};

/** Slices, and those among them that were looked at. */
type Reported = { slices: number; looked: number };

/** What a picture of a slice gives. */
export type Look = Pick<SliceVerdict, 'thumbnail' | 'strangeness'> & {
  /** null if no model judges. */
  probabilities: Float32Array | null;
};

export type Gallery = {
  /** A slice that is not looked at yet. */
  add(
    facts: SeriesFacts,
    /** DICOM SeriesNumber. */
    number: number | null,
    slice: Pick<SliceVerdict, 'path' | 'frame' | 'instanceNumber'>,
    heading?: Heading,
  ): SliceVerdict;
  /** Keeps what a slice's picture gave. */
  looked(slice: SliceVerdict, look: Look): void;
  /** Takes away a slice whose picture can't be decoded. */
  drop(key: string, slice: SliceVerdict): void;
  /** What is known of a series by now; null if it has no slices. */
  verdict(key: string): SeriesVerdict | null;
  /** The series that are new or much larger than when last reported. */
  grown(): SeriesVerdict[];
  /** All series that have changed since they were last reported. */
  all(): SeriesVerdict[];
};

/** Of a model that says nothing of itself: probabilities as they are, and the slices of a series count as one. */
const UNCALIBRATED = { temperature: 1, correlation: 1 };
const NO_HEADING: Heading = { description: null, objectClass: null };

/** What a model says of itself. */
export type ModelSays = {
  calibration?: Pick<Calibration, 'temperature' | 'correlation'>;
  unknown?: UnknownRule | null;
};

/**
 * @param set what the model tells apart
 * @param headers what headers are compared with: the same set, perhaps with other rules
 * @param most thumbnails that are kept, at times half as many more
 */
export function createSeriesCollector(
  set: LabelSet,
  headers: LabelSet = set,
  { calibration: { temperature, correlation } = UNCALIBRATED, unknown }: ModelSays = {},
  most = MOST_THUMBNAILS,
): Gallery {
  const labels = classIds(set);
  const vote = { labels, correlation, threshold: unknown ? thresholdOf(unknown.slices) : null };
  const series = new Map<string, Growing>();
  let total = 0;
  let limit = most;

  function report(due: (one: Growing) => boolean): SeriesVerdict[] {
    return [...series.values()].filter(due).map((one) => {
      one.reported = { slices: one.slices.length, looked: lookedAt(one) };
      return verdictOf(one, vote);
    });
  }

  return {
    add: (facts, number, slice, heading = NO_HEADING) => {
      const key = seriesKey(facts);
      let one = series.get(key);
      if (!one) {
        const { modalityTag: modality } = facts;
        const tag = tagOf(facts, headers, heading.objectClass);
        const grown = { paths: new Set<string>(), sizes: new Set<string>(), slices: [], reported: null };
        one = { key, number, modality, tag, heading, dicom: facts.format === 'dicom', text: false, ...grown };
        series.set(key, one);
      }
      one.paths.add(slice.path);
      one.sizes.add(`${facts.rows}×${facts.columns}`);
      one.text ||= facts.burnedInRisk === true;
      const { imageType } = facts;
      const unseen = { imageType, predicted: null, probabilities: null, strangeness: null, thumbnail: null };
      const added: SliceVerdict = { ...slice, ...unseen };
      one.slices.push(added);
      return added;
    },
    looked: (slice, { probabilities, ...seen }) => {
      const scaled = probabilities && withTemperature(probabilities, labels.length, temperature);
      Object.assign(slice, seen, {
        predicted: scaled && labels[predictedClass(scaled, 0, labels.length)],
        probabilities: scaled && [...scaled],
      } satisfies Partial<SliceVerdict>);
      if (++total <= limit) return;
      thinThumbnails([...series.values()], most);
      limit *= 2;
    },
    drop: (key, slice) => {
      const one = series.get(key);
      if (!one) return;
      one.slices = one.slices.filter((other) => other !== slice);
      one.reported = null;
    },
    verdict: (key) => {
      const one = series.get(key);
      return one && one.slices.length > 0 ? verdictOf(one, vote) : null;
    },
    grown: () => report((one) => isLarger(one, GROWTH)),
    all: () => report((one) => isLarger(one, 1)),
  };
}

function lookedAt({ slices }: Growing): number {
  return slices.filter(({ thumbnail, probabilities }) => thumbnail || probabilities).length;
}

/** Whether it has grown by more than a factor since it was reported, or has become another. */
function isLarger(one: Growing, factor: number): boolean {
  const { reported, slices } = one;
  if (!reported) return true;
  const grown = (now: number, before: number) => now > before && now >= before * factor;
  return grown(slices.length, reported.slices) || grown(lookedAt(one), reported.looked);
}

/** The values without a model. */
const NO_VERDICT = { verdict: null, probability: null, probabilities: null, agreement: null };

type Vote = {
  labels: readonly string[];
  correlation: number;
  /** Of slices that are unknown. */
  threshold: number | null;
};

function verdictOf(one: Growing, { labels, correlation, threshold }: Vote): SeriesVerdict {
  const { key, number, heading, modality, tag, paths, slices } = one;
  const main = mainSlices(slices);
  const voting = voters(main, threshold);
  const judged = voting.flatMap(({ probabilities }) => probabilities ?? []);
  const answer: Verdict | typeof NO_VERDICT =
    judged.length > 0 ? seriesVerdict(Float32Array.from(judged), labels, correlation) : NO_VERDICT;
  const strange = main.flatMap(({ strangeness }) => strangeness ?? []);
  const named = tag === null ? -1 : labels.indexOf(tag);
  return {
    key,
    sourcePath: commonPath([...paths]),
    number,
    ...heading,
    ...headerSays(one),
    ...answer,
    voters: voting.length,
    strangeness: strange.length > 0 ? seriesStrangeness(strange) : null,
    modality,
    tag,
    tagState: tagState(tag, answer.verdict, labels),
    tagWrong: answer.probabilities && named >= 0 ? wrongTag(answer.probabilities, named) : null,
    slices: slices.toSorted((a, b) => (a.instanceNumber ?? 0) - (b.instanceNumber ?? 0) || a.frame - b.frame),
  };
}

function headerSays({ modality, heading, dicom, text, sizes, slices }: Growing) {
  const imageType = mostFrequent(slices);
  const aside = slices.filter(({ imageType: of }) => of === 'localizer' || of === 'capture').length;
  const mixed = aside > 0 && aside < slices.length;
  const { objectClass } = heading;
  const oddities = odditiesOf({ modality, dicom, objectClass, sizes: sizes.size, imageType, mixed, text });
  return { imageType, oddities };
}

function mostFrequent(slices: readonly SliceVerdict[]): ImageType | null {
  const counts = new Map<ImageType | null, number>();
  for (const { imageType } of slices) counts.set(imageType, (counts.get(imageType) ?? 0) + 1);
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [null as ImageType | null, 0])[0];
}

/** The file, if the series has only one, else the common folder of its files. */
function commonPath(paths: readonly string[]): string {
  if (paths.length === 1) return paths[0];
  const folders = paths.map((path) => path.split('/').slice(0, -1));
  const shared = folders.reduce((common, folder) => {
    const end = common.findIndex((name, depth) => folder[depth] !== name);
    return end < 0 ? common : common.slice(0, end);
  });
  return shared.join('/');
}
