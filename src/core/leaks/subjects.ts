/** Patients, studies and series, by their keyed hashes, that lie in two datasets. */
import type { ShardIndex } from '../dataset/shard.ts';
import type { SliceRef } from '../types.ts';

export type SubjectKind = 'patient' | 'study' | 'series';

/** Of one dataset: how many of its slices are of a shared subject, and the first of them. */
export type SharedSide = { dataset: string; slices: number; first: SliceRef };

export type SharedSubjects = {
  kind: SubjectKind;
  /** How many of them the two datasets share. */
  subjects: number;
  sides: readonly [SharedSide, SharedSide];
};

type Seen = { kind: SubjectKind; sides: Map<string, SharedSide> };

/** Each pair of datasets once for each kind; what they share as a patient is not named again as a study or a series. */
export function sharedSubjects(indexes: readonly ShardIndex[]): SharedSubjects[] {
  const seen = new Map<string, Seen>();
  for (const index of indexes) collect(index, seen);
  const found = new Map<string, SharedSubjects>();
  for (const { kind, sides } of seen.values()) {
    const all = [...sides.values()];
    all.forEach((one, i) => {
      for (const two of all.slice(i + 1)) {
        const [a, b] = one.dataset < two.dataset ? [one, two] : [two, one];
        const key = `${kind}\n${a.dataset}\n${b.dataset}`;
        const known = found.get(key);
        found.set(key, {
          kind,
          subjects: (known?.subjects ?? 0) + 1,
          sides: known ? [sum(known.sides[0], a), sum(known.sides[1], b)] : [a, b],
        });
      }
    });
  }
  const pairs = [...found.values()];
  const bySubject = new Set(pairs.filter(({ kind }) => kind !== 'series').map(nameOf));
  return pairs.filter((pair) => pair.kind !== 'series' || !bySubject.has(nameOf(pair)));
}

function nameOf({ sides: [a, b] }: SharedSubjects): string {
  return `${a.dataset}\n${b.dataset}`;
}

function sum(known: SharedSide, more: SharedSide): SharedSide {
  return { ...known, slices: known.slices + more.slices };
}

function collect(index: ShardIndex, seen: Map<string, Seen>): void {
  const width = index.datasets.length;
  const slices = new Uint32Array(width * index.series.length);
  const first = new Uint16Array(slices.length);
  for (let row = 0; row < index.count; row++) {
    if (index.removed[row]) continue;
    const at = index.seriesOf[row] * width + index.dataset[row];
    if (slices[at]++ === 0) first[at] = row;
  }
  for (let at = 0; at < slices.length; at++) {
    if (slices[at] === 0) continue;
    const facts = index.series[Math.floor(at / width)];
    const side = {
      dataset: index.datasets[at % width],
      slices: slices[at],
      first: { shard: index.shard, row: first[at] },
    };
    // A file's own hash is of its bytes: the same file twice is stored once.
    if (facts.patientFrom === 'patient' || facts.patientFrom === 'study') {
      note(seen, facts.patientFrom, facts.patient, side);
    }
    note(seen, 'series', facts.series, side);
  }
}

function note(seen: Map<string, Seen>, kind: SubjectKind, hash: string, side: SharedSide): void {
  const key = `${kind}\n${hash}`;
  const known = seen.get(key) ?? { kind, sides: new Map<string, SharedSide>() };
  seen.set(key, known);
  const own = known.sides.get(side.dataset);
  known.sides.set(side.dataset, own ? sum(own, side) : side);
}
