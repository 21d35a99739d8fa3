/** A proposed split of the project's datasets: what it would change, why, and what it could not give. */
import { classNameOf, type LabelSet } from '../labels/labelSet.ts';
import { type Counts, SPLITS, type Split } from '../types.ts';
import { locationsOf } from './locations.ts';
import type { ClassMix } from './mix.ts';
import type { DatasetRecord } from './record.ts';
import { proposeSplits } from './split.ts';
import { listed } from './splitRules/rule.ts';
import { createTally, type SplitCandidate, WANTED_LOCATIONS } from './splitTally.ts';

export type ProposalRow = Pick<DatasetRecord, 'id' | 'name' | 'location' | 'split' | 'splitFrom'> & {
  counts: Counts;
  mix: readonly ClassMix[];
};

export type ProposedDataset = {
  id: string;
  name: string;
  from: Split;
  to: Split;
  /** Why it is in `to`, in one short sentence. */
  reason: string;
};

export type Proposal = {
  /** Datasets that the proposal may move, in the order of the rows. */
  open: ProposedDataset[];
  /** Datasets that stay because the user or a datasets.json decided. */
  kept: number;
  /** What no split of these datasets gives, or this one does not, one sentence a class. */
  unmet: string[];
};

/** @param all also moves datasets whose split the user or a datasets.json decided */
export function proposeFor(
  rows: readonly ProposalRow[],
  set: LabelSet,
  { seed, all }: { seed: number; all: boolean },
): Proposal {
  const asked = candidatesOf(rows, set, (row) => (all || row.splitFrom === 'proposed' ? null : row.split));
  const proposed = proposeSplits(asked, seed);
  const decided = asked.map((one) => ({ ...one, split: proposed.get(one.id) ?? one.split! }));
  const reasons = reasonsOf(decided, set);
  return {
    open: rows.flatMap(({ id, name, split }) => {
      const to = proposed.get(id);
      return to ? [{ id, name, from: split, to, reason: reasons.get(id)! }] : [];
    }),
    kept: rows.length - proposed.size,
    unmet: unmetOf(decided, set),
  };
}

export function candidatesOf(
  rows: readonly ProposalRow[],
  set: LabelSet,
  splitOf: (row: ProposalRow) => Split | null = ({ split }) => split,
): SplitCandidate[] {
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    counts: row.counts,
    split: splitOf(row),
    locations: locationsOf(row.location, row.mix, set),
  }));
}

type Decided = SplitCandidate & { split: Split };

/** By dataset id: what its split would lack most without it. */
export function reasonsOf(candidates: readonly Decided[], set: LabelSet): Map<string, string> {
  const { tally, splits } = tallied(candidates);
  return new Map(
    candidates.map(({ id, split }, i) => {
      const parts = [...tally.parts[i]].sort((a, b) => b.slices - a.slices);
      const at = splits[i];
      const find = (is: (part: (typeof parts)[number]) => boolean) => {
        const part = parts.find(is);
        return part && { ...tally.classes[part.at], name: classNameOf(set, tally.classes[part.at].id) };
      };
      if (parts.length === 0) return [id, 'No slice of it has a label, so its split does not matter.'];
      const only = find((part) => tally.classes[part.at].datasets.reduce((a, b) => a + b) === 1);
      const three = find((part) => tally.classes[part.at].datasets.every((n) => n === 1));
      const first = find((part) => tally.classes[part.at].datasets[at] === 1);
      if (only && split === 'train') return [id, `It is the only dataset of ${only.name}, to learn from.`];
      if (three) return [id, `One of three datasets of ${three.name}, of which each split gets one.`];
      if (first) return [id, `Without it, ${split} has no ${first.name}.`];
      const second = find((part) => at === 0 && tally.classes[part.at].datasets[at] === 2);
      if (second) return [id, `A second dataset of ${second.name} to learn from.`];
      const place = parts.flatMap((part) => {
        const { locations, distinct, at: counts } = tally.classes[part.at];
        if (distinct[at] > WANTED_LOCATIONS) return [];
        const own = part.locations.find((one) => counts[at][one] === 1);
        return own === undefined ? [] : [{ class: tally.classes[part.at].id, location: locations[own] }];
      })[0];
      if (place) {
        return [id, `Only it brings ${classNameOf(set, place.class)} of ${place.location} to ${split}.`];
      }
      const most = classNameOf(set, tally.classes[parts[0].at].id);
      return [id, `Keeps the share of ${most} in ${split} near its target.`];
    }),
  );
}

/** What the splits lack: a class, or a second location of it. */
export function unmetOf(candidates: readonly Decided[], set: LabelSet): string[] {
  const { tally } = tallied(candidates);
  const order = new Map(set.classes.map(({ id }, i) => [id, i]));
  const sorted = [...tally.classes].sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  return sorted.flatMap(({ id, datasets, distinct, locations, at }) => {
    const name = classNameOf(set, id);
    const total = datasets.reduce((a, b) => a + b);
    const lacks = SPLITS.filter((_, split) => datasets[split] === 0);
    const single = SPLITS.filter((_, split) => datasets[split] > 0 && distinct[split] === 1);
    const unknown = SPLITS.filter((_, split) => datasets[split] > 0 && distinct[split] === 0);
    const of = (split: Split) => locations[at[SPLITS.indexOf(split)].findIndex((n) => n > 0)];
    const have = total === 1 ? '1 dataset has it' : `${total} datasets have it`;
    return [
      lacks.length > 0 ? `${name} is missing in ${listed(lacks)}: ${have}.` : '',
      locations.length === 0 ? `${name} has no stated location, so none was balanced.` : '',
      single.length > 0
        ? `${name} is of one location in ${listed(single.map((split) => `${split} (${of(split)})`))}.`
        : '',
      locations.length > 0 && unknown.length > 0
        ? `${name} has no stated location in ${listed(unknown)}.`
        : '',
    ].filter((line) => line !== '');
  });
}

function tallied(candidates: readonly Decided[]) {
  const tally = createTally(candidates);
  const splits = candidates.map(({ split }) => SPLITS.indexOf(split));
  for (const [i, split] of splits.entries()) tally.move(i, -1, split);
  return { tally, splits };
}
