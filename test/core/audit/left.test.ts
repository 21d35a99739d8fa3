/** A doubt of any kind that is left as it is does not come back, until it is taken back or other evidence speaks. */
import { describe, expect, test } from 'vitest';
import type { AuditData } from '../../../src/core/audit/evidence.ts';
import { KIND_NAMES, type KindName } from '../../../src/core/audit/kinds/index.ts';
import { NEIGHBOURS, NO_NEIGHBOUR } from '../../../src/core/audit/neighbours.ts';
import { auditQueue, type Doubt } from '../../../src/core/audit/queue.ts';
import { settledRows } from '../../../src/core/audit/settled.ts';
import type { LabelEvent } from '../../../src/core/labels/event.ts';
import { historyOf } from '../../../src/core/labels/history.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { evidenceOf, type SpokenSeries, shardsOf } from './evidence.ts';

const FOLDER = { facts: { modalityTag: null }, source: 'folder' } as const;
const NOBODY = { facts: { modalityTag: null }, source: 'none', label: null } as const;

type Doubtful = { series: SpokenSeries[]; extra?: Parameters<typeof evidenceOf>[1] };

const neighbours = new Uint32Array(9 * NEIGHBOURS).fill(NO_NEIGHBOUR);
neighbours.set([1, 2, 3, 4, 5, 6, 7, 8]);
const others = Array.from({ length: 8 }, () => ({
  label: 'PT',
  facts: { modalityTag: null, patient: 'other' },
}));

/** For each kind, series of which the first is doubted so. */
const DOUBTFUL: Record<KindName, Doubtful> = {
  tag: { series: [{ says: [['MR', 0.94]] }] },
  sure: { series: [{ ...FOLDER, slices: 3, says: [['MR', 0.97]] }] },
  alike: { series: [{ ...FOLDER, says: [['CT', 0.4]] }, ...others], extra: { neighbours } },
  twin: { series: [FOLDER, { ...FOLDER, label: 'MR' }], extra: { twins: [{ of: 0, other: 1, bits: 0 }] } },
  odd: { series: [{ ...FOLDER, slices: 8, says: [...Array(7).fill(['CT', 0.95]), ['XR', 0.9]] }] },
  unlabelled: { series: [{ ...NOBODY, says: [['PT', 0.8]] }] },
  unsure: { series: [{ ...FOLDER, says: [['CT', 0.4]] }] },
};

const nameOf = (label: number) => DEFAULT_SET.classes[label]?.id ?? null;

/** What “leave as it is” stores. */
function leave({ target, label, rivals }: Doubt): LabelEvent {
  const between = [label, ...rivals].map(nameOf).filter((id) => id !== null);
  const change = {
    kind: 'label',
    set: DEFAULT_SET.id,
    class: nameOf(label),
    source: 'user',
    between,
  } as const;
  return { kind: 'edit', seq: 1, act: 1, project: 'p', reader: '', timeMs: 1, target, change };
}

/** The queue once the models have judged anew, long after these events. */
function queueAfter(data: AuditData, { series }: Doubtful, events: readonly LabelEvent[]): Doubt[] {
  const { edits } = historyOf(events);
  const settled = shardsOf(series).flatMap((rows) => settledRows(rows, DEFAULT_SET, edits, 1000));
  return auditQueue({ ...data, settled });
}

describe.each(KIND_NAMES)('a doubt of the kind %s', (kind) => {
  const doubtful = DOUBTFUL[kind];
  const data = evidenceOf(doubtful.series, doubtful.extra);
  const doubt = auditQueue(data).find((one) => one.kind === kind)!;
  const isThere = (items: readonly Doubt[]) => items.some(({ id }) => id === doubt.id);

  test('that is left does not come back with the next audit', () => {
    expect(isThere(queueAfter(data, doubtful, []))).toBe(true);
    expect(isThere(queueAfter(data, doubtful, [leave(doubt)]))).toBe(false);
  });

  test('comes back when the answer is taken back', () => {
    const undo = { kind: 'undo', seq: 2, act: 1, project: 'p', reader: '', timeMs: 2 } as const;
    expect(isThere(queueAfter(data, doubtful, [leave(doubt), undo]))).toBe(true);
  });
});

describe('a series that was left while its model was unsure of another class', () => {
  const doubtful = DOUBTFUL.unsure;
  const [doubt] = auditQueue(evidenceOf(doubtful.series));
  const saying = (name: string) =>
    queueAfter(evidenceOf([{ ...FOLDER, says: [[name, 0.97]] }]), doubtful, [leave(doubt)]);

  test('comes back when a model is sure of a third one', () => {
    expect(saying('PT')).toMatchObject([{ kind: 'sure', proposed: 2 }]);
  });

  test('stays away when a model is sure of that one', () => {
    expect(nameOf(doubt.rivals[0])).toBe('MR');
    expect(saying('MR')).toEqual([]);
  });
});
