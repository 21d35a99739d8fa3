/** Slices that are learned from and never judged: practice data, and radiographs projected from the CT stacks. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { type StudySlices, studySlices } from './corpus.ts';
import { ORIGINAL_SIDE, type Original } from './original.ts';
import { DIRECTIONS_DEG, projected } from './project.ts';

export type Extra = 'practice' | 'practices' | 'projected';

/** `extra[i]`: what slice i is, null for those of the datasets. */
export type Study = StudySlices & { extra: readonly (Extra | null)[] };

/** Shorter stacks give stripes. */
const LEAST_STACK = 16;
/** Not the app's: a model is then not asked about the patients that it learned from. */
const PRACTICE_SEED = 1009;
/** Practice projects of `practices`: the same sites, other patients. */
const PRACTICE_PROJECTS = 8;

export async function withExtras(
  study: StudySlices,
  extras: readonly Extra[],
  given: { out: string; limit: number },
): Promise<Study> {
  let joined: Study = { ...study, extra: new Array<null>(study.count).fill(null) };
  if (extras.includes('projected')) joined = joinedWith(joined, radiographs(study), 'projected');
  if (extras.includes('practice'))
    joined = joinedWith(joined, await practiceSlices(PRACTICE_SEED, given), 'practice');
  if (extras.includes('practices'))
    for (let i = 0; i < PRACTICE_PROJECTS; i++)
      joined = joinedWith(joined, await practiceSlices(PRACTICE_SEED + i, given), 'practices');
  return joined;
}

/** Made once, by the command that anybody can call. */
async function practiceSlices(
  seed: number,
  { out, limit }: { out: string; limit: number },
): Promise<StudySlices> {
  const folder = join(out, `practice-seed${seed}`);
  if (!existsSync(join(folder, 'datasets.json'))) {
    const options = ['--out', folder, '--seed', String(seed), '--threads', '1'];
    const { status } = spawnSync(process.execPath, ['scripts/practice.js', ...options], {
      stdio: ['ignore', 2, 2],
    });
    if (status !== 0) throw new Error('The practice data could not be made.');
  }
  return studySlices(folder, join(out, `corpus-practice-seed${seed}-${limit}`), limit);
}

/** Of each stack in Hounsfield units; a radiograph belongs to the dataset of its stack, so that it is held out with it. */
function radiographs(study: StudySlices): StudySlices {
  const stacks = new Map<number, number[]>();
  for (let i = 0; i < study.count; i++)
    if (study.hounsfield[i]) stacks.set(study.series[i], [...(stacks.get(study.series[i]) ?? []), i]);
  const area = ORIGINAL_SIDE ** 2;
  const found = [...stacks.values()]
    .filter((slices) => slices.length >= LEAST_STACK)
    .flatMap((slices) => {
      const ordered = slices.sort((a, b) => study.position[a] - study.position[b]);
      const stack = {
        side: ORIGINAL_SIDE,
        slices: ordered.map((i) =>
          Float32Array.from(
            study.levels.subarray(i * area, (i + 1) * area),
            (level) => study.low[i] + level * study.step[i],
          ),
        ),
      };
      return DIRECTIONS_DEG.flatMap((direction) => {
        const original = projected(stack, direction);
        return original ? [{ original, from: ordered[0] }] : [];
      });
    });
  return fromOriginals(
    study,
    found,
    DEFAULT_SET.classes.findIndex(({ id }) => id === 'XR'),
  );
}

function fromOriginals(
  study: StudySlices,
  found: readonly { original: Original; from: number }[],
  label: number,
): StudySlices {
  const area = ORIGINAL_SIDE ** 2;
  const levels = new Uint16Array(found.length * area);
  found.forEach(({ original }, at) => {
    levels.set(original.levels, at * area);
  });
  const side = Uint16Array.from(found, () => ORIGINAL_SIDE);
  return {
    count: found.length,
    datasets: study.datasets,
    label: Uint8Array.from(found, () => label),
    dataset: Uint16Array.from(found, ({ from }) => study.dataset[from]),
    series: Uint32Array.from(found, ({ from }) => study.series[from]),
    patient: Uint32Array.from(found, ({ from }) => study.patient[from]),
    position: new Int32Array(found.length),
    rows: side,
    columns: side,
    hounsfield: new Uint8Array(found.length),
    low: Float64Array.from(found, ({ original }) => original.low),
    step: Float64Array.from(found, ({ original }) => original.step),
    levels,
  };
}

/** Datasets of the second that the first has by another name get numbers after them. */
function joinedWith(a: Study, b: StudySlices, extra: Extra): Study {
  const datasets = [...a.datasets];
  const numbers = b.datasets.map((one) => {
    const known = datasets.findIndex(({ name }) => name === one.name);
    return known >= 0 ? known : datasets.push(one) - 1;
  });
  const levels = new Uint16Array(a.levels.length + b.levels.length);
  levels.set(a.levels);
  levels.set(b.levels, a.levels.length);
  return {
    count: a.count + b.count,
    datasets,
    label: Uint8Array.from([...a.label, ...b.label]),
    dataset: Uint16Array.from([...a.dataset, ...b.dataset.map((at) => numbers[at])]),
    series: Uint32Array.from([...a.series, ...b.series]),
    patient: Uint32Array.from([...a.patient, ...b.patient]),
    position: Int32Array.from([...a.position, ...b.position]),
    rows: Uint16Array.from([...a.rows, ...b.rows]),
    columns: Uint16Array.from([...a.columns, ...b.columns]),
    hounsfield: Uint8Array.from([...a.hounsfield, ...b.hounsfield]),
    low: Float64Array.from([...a.low, ...b.low]),
    step: Float64Array.from([...a.step, ...b.step]),
    levels,
    extra: [...a.extra, ...new Array<Extra>(b.count).fill(extra)],
  };
}
