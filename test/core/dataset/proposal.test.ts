/** Proposals: two locations where the data allow, the best of all splits of a few datasets, and true reasons. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ProposalRow, proposeFor } from '../../../src/core/dataset/proposal.ts';
import { proposeSplits } from '../../../src/core/dataset/split.ts';
import { createTally, type SplitCandidate } from '../../../src/core/dataset/splitTally.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { type Counts, SPLITS, type Split } from '../../../src/core/types.ts';
import { MODALITIES } from '../../builders/modalities.ts';

const PLACES = ['head', 'chest', 'hip', 'knee'];

const row = (id: string, counts: Counts, more: Partial<ProposalRow> = {}): ProposalRow => ({
  id,
  name: `name ${id}`,
  location: '',
  split: 'train',
  splitFrom: 'proposed',
  counts,
  mix: Object.entries(counts).map(([label, slices]) => ({ label, format: 'dicom', bodyPart: null, slices })),
  ...more,
});

const rows = fc
  .array(
    fc.record({
      counts: fc.dictionary(fc.constantFrom(...MODALITIES), fc.integer({ min: 1, max: 3000 }), {
        maxKeys: 3,
      }),
      location: fc.constantFrom('', ...PLACES, 'head, chest'),
      splitFrom: fc.constantFrom('proposed', 'user', 'manifest') as fc.Arbitrary<ProposalRow['splitFrom']>,
      split: fc.constantFrom(...SPLITS),
    }),
    { maxLength: 20 },
  )
  .map((all) => all.map(({ counts, ...more }, i) => row(`${i}`, counts, more)));

const choices = { seed: 1, all: false };

describe('any proposal', () => {
  test('is the same in any order, moves no decided dataset, and has a reason for each', () => {
    fc.assert(
      fc.property(rows, fc.nat(999), (all, seed) => {
        const { open, kept, unmet } = proposeFor(all, DEFAULT_SET, { seed, all: false });
        expect(open.map(({ id }) => id)).toEqual(
          all.filter(({ splitFrom }) => splitFrom === 'proposed').map(({ id }) => id),
        );
        expect(kept).toBe(all.length - open.length);
        expect(open.every(({ reason }) => reason.endsWith('.'))).toBe(true);
        const again = proposeFor([...all].reverse(), DEFAULT_SET, { seed, all: false });
        expect([...again.open].reverse()).toEqual(open);
        expect(again.unmet).toEqual(unmet);
      }),
      { numRuns: 60 },
    );
  });

  test('has every modality of two locations in every split, where six datasets of it have six locations', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 6, maxLength: 9 }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.nat(99),
        (classes, seed) => {
          const all = classes.flatMap((sizes, k) =>
            sizes.map((n, i) => row(`${k}-${i}`, { [MODALITIES[k]]: n }, { location: `place ${i}` })),
          );
          expect(proposeFor(all, DEFAULT_SET, { seed, all: false }).unmet).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of a few datasets is as good as the best of all splits', () => {
    const few = rows.filter((all) => all.length > 0 && all.length <= 6);
    fc.assert(
      fc.property(few, fc.nat(99), (all, seed) => {
        const asked = all.map(({ id, name, counts, location }): SplitCandidate => {
          const places = location.split(', ').filter(Boolean);
          const locations = Object.fromEntries(Object.keys(counts).map((one) => [one, places]));
          return { id, name, counts, locations, split: null };
        });
        const costOf = (splits: readonly Split[]) => {
          const tally = createTally(asked);
          for (const [i, split] of splits.entries()) tally.move(i, -1, SPLITS.indexOf(split));
          return tally.cost();
        };
        let least = Number.POSITIVE_INFINITY;
        for (let code = 0; code < 3 ** asked.length; code++) {
          least = Math.min(least, costOf(asked.map((_, i) => SPLITS[Math.floor(code / 3 ** i) % 3])));
        }
        const proposed = proposeSplits(asked, seed);
        expect(costOf(asked.map(({ id }) => proposed.get(id)!))).toBe(least);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a proposal', () => {
  test('says why each dataset is where it is', () => {
    const all = [
      row('a', { CT: 900 }, { location: 'head' }),
      row('b', { CT: 800 }, { location: 'chest' }),
      row('c', { CT: 50 }, { location: 'hip' }),
      row('d', { CT: 60 }, { location: 'knee' }),
      row('e', { CT: 40 }, { location: 'head' }),
      row('f', { CT: 30 }, { location: 'chest' }),
      row('g', { CT: 1 }, { location: 'head' }),
      row('h', { MR: 9 }),
      row('i', {}),
    ];
    const { open } = proposeFor(all, DEFAULT_SET, choices);
    const words = new Set(open.map(({ reason }) => reason.replace(/CT of \w+ to \w+/, 'CT of … to …')));
    expect(open.find(({ id }) => id === 'h')!.reason).toBe('It is the only dataset of MR, to learn from.');
    expect(open.find(({ id }) => id === 'i')!.reason).toBe(
      'No slice of it has a label, so its split does not matter.',
    );
    expect(words).toContain('Only it brings CT of … to ….');
  });

  test('names a class that a split would not have without it', () => {
    const all = [row('a', { CT: 900 }), row('b', { CT: 800 }), row('c', { CT: 50 }), row('d', { CT: 60 })];
    const { open } = proposeFor(all, DEFAULT_SET, choices);
    expect(open.map(({ to, reason }) => `${to}: ${reason}`).sort()).toEqual([
      expect.stringMatching(/^test: Without it, test has no CT\.$/),
      'train: A second dataset of CT to learn from.',
      'train: A second dataset of CT to learn from.',
      'validate: Without it, validate has no CT.',
    ]);
  });

  test('of three datasets of a class gives one to each split, three locations or one, and says so', () => {
    for (const location of ['head, chest, hip', 'head, head, head', ', , '].map((one) => one.split(', '))) {
      const all = [900, 800, 50].map((CT, i) => row(`${i}`, { CT }, { location: location[i] }));
      const { open } = proposeFor(all, DEFAULT_SET, choices);
      expect(open.map(({ to }) => to).sort()).toEqual(['test', 'train', 'validate']);
      expect(open.find(({ id }) => id === '0')!.to).toBe('train');
      for (const { reason } of open) {
        expect(reason).toBe('One of three datasets of CT, of which each split gets one.');
      }
    }
  });

  test('of many equal datasets speaks of shares', () => {
    const all = Array.from({ length: 20 }, (_, i) => row(`${i}`, { CT: 100 }));
    const reasons = proposeFor(all, DEFAULT_SET, choices).open.map(({ reason }) => reason);
    expect(reasons).toContain('Keeps the share of CT in train near its target.');
  });

  test('says what the splits lack: a class, a second location, any location', () => {
    const all = [
      row('a', { CT: 10, XR: 5 }, { location: 'head (CT)' }),
      row('b', { CT: 10 }, { location: 'head' }),
      row('c', { CT: 10 }, { location: 'head' }),
      row('d', { CT: 10 }),
    ];
    const { unmet } = proposeFor(all, DEFAULT_SET, choices);
    expect(unmet).toContain('XR is missing in validate and test: 1 dataset has it.');
    expect(unmet).toContain('XR has no stated location, so none was balanced.');
    expect(unmet.find((line) => line.startsWith('CT is of one location in'))).toContain('(head)');
    expect(unmet.find((line) => line.startsWith('CT has no stated location in'))).toBeTruthy();
  });

  test('moves decided datasets only where it is asked to', () => {
    const all = [1, 2, 3].map((i) => row(`${i}`, { CT: 10 }, { split: 'test', splitFrom: 'user' }));
    expect(proposeFor(all, DEFAULT_SET, choices)).toMatchObject({ open: [], kept: 3 });
    expect(proposeFor(all, DEFAULT_SET, { seed: 1, all: true })).toMatchObject({ kept: 0 });
    expect(proposeFor(all, DEFAULT_SET, { seed: 1, all: true }).open).toHaveLength(3);
  });

  test('chooses by the seed among equal splits', () => {
    const all = Array.from({ length: 8 }, (_, i) => row(`${i}`, { CT: 100 }));
    const one = (seed: number) =>
      proposeFor(all, DEFAULT_SET, { seed, all: false })
        .open.map(({ to }) => to)
        .join();
    expect(new Set([1, 2, 3, 4, 5].map(one)).size).toBeGreaterThan(1);
    expect(one(3)).toBe(one(3));
  });
});
