/** The queue: sorted doubts with their reasons, and none about what the user has confirmed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KIND_NAMES, KINDS } from '../../../src/core/audit/kinds/index.ts';
import { NEIGHBOURS, NO_NEIGHBOUR } from '../../../src/core/audit/neighbours.ts';
import { auditQueue } from '../../../src/core/audit/queue.ts';
import { evidenceOf, type SpokenSeries } from './evidence.ts';

const FOLDER = { facts: { modalityTag: null }, source: 'folder' } as const;

const queue = (...series: SpokenSeries[]) => auditQueue(evidenceOf(series));
const summary = (...series: SpokenSeries[]) =>
  queue(...series).map(({ kind, reason, target }) => ({ kind, reason, target }));

describe('each kind names its evidence', () => {
  test('a model that is sure of another class', () => {
    expect(queue({ ...FOLDER, slices: 3, says: [['MR', 0.97]] })).toEqual([
      {
        id: 'modality d s0  0',
        kind: 'sure',
        doubt: expect.closeTo(0.98, 2),
        reason:
          'Labelled CT, but a model that has not learned from this dataset says MR 97\u2009%, CT 1\u2009% over 3 slices.',
        also: [],
        label: 0,
        source: 'folder',
        proposed: 1,
        rivals: [1],
        target: { kind: 'series', series: [{ dataset: 'd', key: 's0 ' }] },
        dataset: 'd',
        series: 's0 ',
        slices: 3,
        show: { shard: 1, row: 1 },
        beside: null,
      },
    ]);
  });

  test('a model that has learned from the dataset, but not from the patient', () => {
    const evidence = evidenceOf([{ ...FOLDER, says: [['MR', 0.97]] }]);
    const [{ reason }] = auditQueue({ ...evidence, byPatient: [true] });
    expect(reason).toContain('a model that has not learned from this patient');
  });

  test('similar pictures of other patients, against the model', () => {
    const others = Array.from({ length: 8 }, () => ({
      label: 'PT',
      facts: { modalityTag: null, patient: 'other' },
    }));
    const neighbours = new Uint32Array(9 * NEIGHBOURS).fill(NO_NEIGHBOUR);
    neighbours.set([1, 2, 3, 4, 5, 6, 7, 8]);
    const evidence = evidenceOf([{ ...FOLDER, says: [['CT', 0.4]] }, ...others], { neighbours });
    expect(auditQueue(evidence)).toMatchObject([
      {
        kind: 'alike',
        reason:
          'Labelled CT, but 8 of 8 similar pictures of other patients are labelled PT, while a model that has not learned from this dataset says PT 20\u2009%, CT 40\u2009%.',
        proposed: 2,
        beside: { shard: 1, row: 1 },
      },
    ]);
  });

  test('model and similar pictures together', () => {
    const neighbours = new Uint32Array(2 * NEIGHBOURS).fill(NO_NEIGHBOUR);
    neighbours[0] = 1;
    const evidence = evidenceOf(
      [
        { ...FOLDER, says: [['MR', 0.7]] },
        { label: 'MR', facts: { modalityTag: null } },
      ],
      {
        neighbours,
      },
    );
    expect(auditQueue(evidence)[0].reason).toBe(
      'Labelled CT, but a model that has not learned from this dataset says MR 70\u2009%, CT 10\u2009%, and 1 of 1 similar picture of other patients is labelled MR.',
    );
  });

  test('a header that the pixels contradict', () => {
    const [{ kind, reason, also }] = queue({ says: [['MR', 0.94]] });
    expect(kind).toBe('tag');
    expect(reason).toBe(
      'The DICOM header says CT, but a model that has not learned from this dataset says MR 94\u2009%, CT 2\u2009%.',
    );
    expect(also.map((other) => other.kind)).toEqual(['sure']);
  });

  test('a header whose label was corrected, less than one that still is the label', () => {
    const corrected = { label: 'MR', source: 'user', says: [['MR', 0.94]] } as const;
    const [{ kind, doubt }] = queue(corrected);
    expect(kind).toBe('tag');
    expect(doubt).toBeLessThan(0.5);
  });

  test('a model that hardly prefers the label', () => {
    expect(summary({ ...FOLDER, says: [['CT', 0.4]] })).toMatchObject([
      {
        kind: 'unsure',
        reason: 'Unsure: a model that has not learned from this dataset says CT 40\u2009%, MR 20\u2009%.',
      },
    ]);
  });

  test('a slice that differs from its series', () => {
    const says = [...Array(7).fill(['CT', 0.95]), ['XR', 0.9]] as const;
    expect(summary({ ...FOLDER, slices: 8, says })).toEqual([
      {
        kind: 'odd',
        reason: 'Slice 8 of 8 looks like XR (90\u2009%), the whole series like CT (91\u2009%).',
        target: { kind: 'slices', slices: [{ shard: 1, rows: [[7, 8]] }] },
      },
    ]);
  });

  test('the same picture under two labels, both shown', () => {
    const twins = [
      { of: 0, other: 1, bits: 0 },
      { of: 1, other: 0, bits: 0 },
    ];
    const evidence = evidenceOf([FOLDER, { ...FOLDER, label: 'MR' }], { twins });
    const [one, other] = auditQueue(evidence);
    expect(one).toMatchObject({
      kind: 'twin',
      reason: 'The same picture is labelled MR in another series of this dataset.',
      proposed: 1,
      show: { shard: 1, row: 0 },
      beside: { shard: 1, row: 1 },
    });
    expect(other).toMatchObject({ kind: 'twin', proposed: 0, beside: { shard: 1, row: 0 } });
  });

  test('no label at all', () => {
    const nobody = { facts: { modalityTag: null }, source: 'none', label: null } as const;
    expect(summary({ ...nobody, says: [['PT', 0.8]] }, nobody)).toMatchObject([
      {
        kind: 'unlabelled',
        reason:
          'No label yet: a model that has not learned from this dataset says PT 80\u2009%, CT 7\u2009%.',
      },
      { kind: 'unlabelled', reason: 'No label yet, and nothing is known of the pictures.' },
    ]);
  });
});

test('a label that the models share is not in the queue', () => {
  expect(
    queue({ says: [['CT', 0.97]] }, { label: 'MR', facts: { modalityTag: 'MR' }, says: [['MR', 0.9]] }),
  ).toEqual([]);
});

test('a header that says of a slice that it is in no class leaves it out of the queue', () => {
  expect(queue({ label: null, facts: { modalityTag: 'RTDOSE' }, says: [['CT', 0.97]] })).toEqual([]);
});

test('the most doubtful comes first, and the labels without one before the unsure ones', () => {
  const nobody = { facts: { modalityTag: null }, source: 'none', label: null } as const;
  const found = queue(
    { ...FOLDER, says: [['CT', 0.4]] },
    nobody,
    { ...FOLDER, says: [['MR', 0.8]] },
    { ...FOLDER, says: [['MR', 0.95]] },
  );
  expect(found.map(({ series }) => series)).toEqual(['s3 ', 's2 ', 's1 ', 's0 ']);
});

test('one slice alone does not make a series doubtful, most of them do', () => {
  const mostly = (name: string) =>
    [...Array(5).fill([name, 0.9]), [name === 'CT' ? 'MR' : 'CT', 0.9]] as const;
  const kinds = (name: string) => queue({ ...FOLDER, slices: 6, says: mostly(name) }).map(({ kind }) => kind);
  expect(kinds('CT')).toEqual(['odd']);
  expect(kinds('MR')).toEqual(['sure']);
});

test('slices of a series with another label are judged apart', () => {
  const two = { ...FOLDER, series: 'one', slices: 2, says: [['MR', 0.95]] } as const;
  expect(summary(two, { ...two, label: 'MR' })).toMatchObject([
    { kind: 'sure', target: { kind: 'slices', slices: [{ shard: 1, rows: [[0, 2]] }] } },
  ]);
});

test('what the user has confirmed does not come back', () => {
  const evidence = evidenceOf([
    { ...FOLDER, says: [['MR', 0.95]] },
    { ...FOLDER, says: [['MR', 0.95]] },
  ]);
  const settled = [new Set([1]), null];
  expect(auditQueue({ ...evidence, settled }).map(({ series }) => series)).toEqual(['s1 ']);
});

test('doubt falls as the model agrees more with the label', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.26, max: 0.95, noNaN: true }), (p) => {
      const doubtAt = (own: number) => queue({ ...FOLDER, says: [['CT', own]] })[0]?.doubt ?? 0;
      expect(doubtAt(p + 0.02)).toBeLessThanOrEqual(doubtAt(p));
    }),
  );
});

describe.each(KIND_NAMES)('the kind %s', (name) => {
  const kind = KINDS[name];

  test('has a label and one sentence', () => {
    expect(kind.label).not.toBe('');
    expect(kind.description).toMatch(/^[A-Z].*\.$/);
    expect(KIND_NAMES.filter((other) => KINDS[other].label === kind.label)).toEqual([name]);
  });

  test('finds nothing, and fails at nothing, where no model has judged and nothing contradicts', () => {
    expect(auditQueue(evidenceOf([{ slices: 3 }, { label: 'MR', facts: { modalityTag: 'MR' } }]))).toEqual(
      [],
    );
    expect(auditQueue(evidenceOf([]))).toEqual([]);
  });

  test('gives doubts from 0 to 1 and reasons that are sentences', () => {
    const anySeries = fc.record({
      slices: fc.integer({ min: 1, max: 6 }),
      label: fc.constantFrom('CT', 'MR', 'PT', null),
      source: fc.constantFrom('tag' as const, 'folder' as const, 'user' as const, 'none' as const),
      says: fc.array(
        fc.tuple(fc.constantFrom('CT', 'MR', 'XR'), fc.double({ min: 0.3, max: 1, noNaN: true })),
        {
          minLength: 1,
          maxLength: 6,
        },
      ),
    });
    fc.assert(
      fc.property(fc.array(anySeries, { minLength: 2, maxLength: 5 }), (series) => {
        const evidence = evidenceOf(series, { twins: [{ of: 0, other: 1, bits: 2 }] });
        for (const { doubt, reason, also } of auditQueue(evidence)) {
          expect(doubt).toBeGreaterThanOrEqual(0);
          expect(doubt).toBeLessThanOrEqual(1);
          for (const sentence of [reason, ...also.map((other) => other.reason)]) {
            expect(sentence).toMatch(/^[A-Z].*\.$/);
            expect(sentence).not.toMatch(/undefined|null|NaN/);
          }
        }
      }),
    );
  });
});
