/** Stored slices of a made-up project with body parts, and labels that were given, to try label sets on. */
import type { LabelTrial } from '../../src/app/labelTrial.ts';
import { labelColumns } from '../../src/core/labels/apply.ts';
import type { LabelEvent } from '../../src/core/labels/event.ts';
import type { LabelSet } from '../../src/core/labels/labelSet.ts';
import { shardEffect, wholeEffect } from '../../src/core/labels/setEffect.ts';
import { foundValues } from '../../src/core/labels/values.ts';
import { KEY_BYTES } from '../../src/core/types.ts';
import { makeFacts } from '../builders/storage.ts';

/** Forty slices a series, of these body parts. */
const PARTS = ['CHEST', 'CHEST', 'CHEST', 'HEAD', 'HEAD', 'NECK', 'WHOLEBODY', 'LSPINE', 'ABDOMEN', null];
const EACH = 40;

export const ROWS = {
  shard: 0,
  count: PARTS.length * EACH,
  datasets: ['d'],
  dataset: new Uint16Array(PARTS.length * EACH),
  series: PARTS.map((bodyPart, at) => ({ ...makeFacts(`s${at}`, 'p'), bodyPart })),
  seriesOf: Uint16Array.from({ length: PARTS.length * EACH }, (_, row) => Math.floor(row / EACH)),
  removed: new Uint8Array(PARTS.length * EACH),
  key: new Uint8Array(PARTS.length * EACH * KEY_BYTES),
};

/** Somebody called the series without a body part a spine. */
const GIVEN: Extract<LabelEvent, { kind: 'edit' }>[] = [
  {
    seq: 1,
    act: 1,
    project: 'p',
    timeMs: 0,
    reader: '',
    kind: 'edit',
    target: { kind: 'slices', slices: [{ shard: 0, rows: [[360, 400]] }] },
    change: { kind: 'label', set: 'body-region', class: 'spine', source: 'user' },
  },
];

/** @param sets the stored ones */
export function fakeTrial(sets: readonly LabelSet[]): LabelTrial {
  return {
    values: () => Promise.resolve(foundValues([ROWS])),
    effectOf: (set) => {
      const stored = sets.find(({ id }) => id === set.id);
      const before = stored ? { set: stored, columns: labelColumns(ROWS, stored, GIVEN) } : null;
      return Promise.resolve(wholeEffect([shardEffect(ROWS, before, set, GIVEN)]));
    },
  };
}
