/** The figures of datasets: each kind of slice counted where it belongs, over all shards. */
import { describe, expect, test } from 'vitest';
import { countKinds } from '../../../src/core/dataset/kinds.ts';
import { countOthers } from '../../../src/core/dataset/others.ts';
import { DAMAGED, type ShardIndex } from '../../../src/core/dataset/shard.ts';
import { summarise } from '../../../src/core/dataset/summary.ts';
import { parseManifest, writeManifest } from '../../../src/core/files/manifest.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import type { SeriesFacts } from '../../../src/core/types.ts';
import { LABELS } from '../../builders/modalities.ts';
import { makeDataset, makeFacts, makeIndex } from '../../builders/storage.ts';

type Row = [dataset: string, facts: Partial<SeriesFacts>, label?: (typeof LABELS)[number]];

/** A slice a row, each of a series and a patient of its own unless its facts say otherwise. */
function shard(number: number, ...rows: Row[]): ShardIndex {
  const columns = makeIndex(
    'p',
    rows.map(([dataset]) => dataset),
  );
  return {
    ...columns,
    shard: number,
    series: rows.map(([, facts], i) => ({ ...makeFacts(`s${number}${i}`, `p${number}${i}`), ...facts })),
    seriesOf: Uint16Array.from(rows.keys()),
    label: Uint8Array.from(rows, ([, , label]) => LABELS.indexOf(label ?? 'CT')),
  };
}

const [a, b] = [makeDataset('a', 'p'), makeDataset('b', 'p')];
const one = (indexes: ShardIndex[], dataset = a) => summarise(indexes, [dataset])[0];

describe('a dataset', () => {
  test('has slices, series and patients of all its shards, each series and patient once', () => {
    const same = { series: 's', patient: 'p' };
    const indexes = [
      shard(1, ['a', same], ['b', {}], ['a', {}]),
      shard(2, ['a', same], ['a', { series: 's' }]),
    ];
    expect(one(indexes)).toMatchObject({ slices: 4, series: 2, patients: 3 });
    expect(one(indexes, b)).toMatchObject({ slices: 1, series: 1, patients: 1 });
  });

  test('has what is recorded of it, but for what only storage needs', () => {
    const record = { ...a, location: 'head', nameFrom: 'folder', splitFrom: 'manifest' } as const;
    const { project: _, settled: __, ...shown } = record;
    expect(one([shard(1, ['a', {}])], record as typeof a)).toMatchObject(shown);
    expect(one([])).not.toHaveProperty('project');
  });

  test('that holds all of one set of facts has none of another', () => {
    const index = shard(1, ['a', {}], ['b', {}]);
    index.seriesOf.set([0, 0]);
    expect([one([index]).series, one([index], b).series]).toEqual([1, 1]);
  });

  test('says how many of its slices are damaged, and what heals them', () => {
    const index = shard(1, ['a', {}], ['a', {}], ['a', {}], ['b', {}]);
    index.removed.set([DAMAGED, DAMAGED, 1, DAMAGED]);
    const summary = one([index]);
    expect(summary).toMatchObject({ slices: 0, damaged: 2 });
    expect(summary.warnings[0]).toMatch(/^2 stored slices are damaged .* heal them\.$/);
    expect(one([index], b).warnings[0]).toMatch(/^1 stored slice is damaged .* heal it\.$/);
  });

  test('has what others of its slices are, and where folder and tag disagree, each with a warning', () => {
    const index = shard(
      1,
      ['a', { modalityTag: 'RTDOSE', folders: ['CT'] }, 'other'],
      ['a', { modalityTag: 'US' }, 'other'],
      ['b', { folders: ['CT'], modalityTag: 'CT' }],
    );
    const { others, contradictions, warnings } = one([index]);
    expect(others.map(({ code, slices }) => [code, slices])).toEqual([
      ['RTDOSE', 1],
      ['US', 1],
    ]);
    expect(contradictions).toEqual([
      { folder: 'CT', attribute: 'Modality', code: 'RTDOSE', label: 'other', slices: 1 },
    ]);
    expect(warnings[0]).toContain('RTDOSE');
    expect(warnings).toContain('No slice is labelled CT, MR, PT or XR: nothing here is trained on.');
    // Lists, where there is nothing in them.
    expect(one([index], b)).toMatchObject({ others: [], contradictions: [], warnings: [], damaged: 0 });
  });

  test('of files without patient IDs counts files, and says that it does', () => {
    const png = { format: 'png', patientFrom: 'file' } as const;
    const files: Row[] = [
      ['a', { ...png, patient: 'x' }],
      ['a', { ...png, patient: 'y' }],
      ['b', { ...png, patient: 'z' }],
      ['b', { patientFrom: 'patient' }],
    ];
    const index = shard(1, ...files);
    expect(one([index])).toMatchObject({ patients: 2, patientsUnknown: true, warnings: [] });
    expect(one([index], b)).toMatchObject({ patients: 2, patientsUnknown: false });
    expect(one([])).toMatchObject({ patients: 0, patientsUnknown: false, kinds: { all: 0 }, excluded: 0 });
  });

  test('has two series where two modalities have one series UID', () => {
    const rows: Row[] = ['CT', 'PT', 'CT'].map((modalityTag) => ['a', { series: 's', modalityTag }]);
    expect(one([shard(1, ...rows)]).series).toBe(2);
  });

  test('has slices of each label', () => {
    const index = shard(
      1,
      ['a', {}, 'CT'],
      ['a', {}, 'XR'],
      ['b', {}, 'MR'],
      ['a', {}, 'XR'],
      ['a', {}, 'other'],
    );
    const next = shard(2, ['b', {}, 'PT'], ['a', {}, 'CT']);
    expect(one([index, next]).counts).toEqual({ CT: 2, MR: 0, PT: 0, XR: 2, other: 1 });
    expect(one([index, next], b).counts).toEqual({ CT: 0, MR: 1, PT: 1, XR: 0, other: 0 });
  });

  test('that shares patients with one of another split says so', () => {
    const test = { ...b, split: 'test' as const };
    const index = shard(
      1,
      ['a', { patient: 'p', patientFrom: 'patient' }],
      ['b', { patient: 'p', patientFrom: 'patient' }],
    );
    const [first] = summarise([index], [a, test]);
    expect(first.warnings).toEqual([expect.stringMatching(/^Shares 1 patient with name of b/)]);
  });

  test('counts those without a patient ID by what stands for one', () => {
    const rows: Row[] = ['x', 'x', 'y'].map((patient) => ['a', { patient, patientFrom: 'study' }]);
    expect(one([shard(1, ...rows, ['a', {}])]).warnings).toEqual([
      '2 studies, series or files have no patient ID: each counts as a patient of its own.',
    ]);
    expect(one([shard(1, ...rows.slice(0, 2))]).warnings).toEqual([
      '1 study, series or file has no patient ID: each counts as a patient of its own.',
    ]);
  });

  test('without any slice warns of nothing; one with some other slices has enough', () => {
    expect(one([]).warnings).toEqual([]);
    expect(one([shard(1, ['a', {}, 'other'], ['a', {}])]).warnings).toEqual([]);
  });

  test('whose localizers are left out has them in the kinds and in nothing else', () => {
    const index = shard(1, ['a', { imageType: 'localizer' }], ['a', {}]);
    const summary = one([index], { ...a, exclude: ['localizer'] });
    expect(summary).toMatchObject({ slices: 1, excluded: 1, kinds: { all: 2, localizer: 1, original: 1 } });
  });
});

test('datasets come in natural order of their names', () => {
  const named = ['set 10', 'Set 9', 'set 1'].map((name, i) => ({ ...makeDataset(`${i}`, 'p'), name }));
  expect(summarise([], named).map(({ name }) => name)).toEqual(['set 1', 'Set 9', 'set 10']);
});

test('kinds are counted by dataset, writing beside its kind, removed slices not', () => {
  const index = shard(
    1,
    ['a', { imageType: 'capture', burnedInRisk: true }],
    ['a', { imageType: null }],
    ['b', { imageType: 'derived' }],
    ['a', { imageType: 'derived' }],
  );
  index.removed[3] = 1;
  const kinds = countKinds([index, shard(2, ['a', { imageType: 'capture' }])]);
  expect(kinds.get('a')).toMatchObject({ all: 3, capture: 2, unknown: 1, text: 1, derived: 0 });
  expect(kinds.get('b')).toMatchObject({ all: 1, derived: 1 });
});

test('what is other is counted by Modality and dataset over all shards, the most first, removed slices not', () => {
  const us: Row = ['a', { modalityTag: 'US' }, 'other'];
  const first = shard(
    1,
    ['a', { modalityTag: null }, 'other'],
    us,
    ['b', { modalityTag: 'US' }, 'other'],
    us,
  );
  first.removed[3] = 1;
  expect(countOthers([first, shard(2, us, ['a', { modalityTag: 'US' }, 'CT'])], DEFAULT_SET)).toEqual(
    new Map([
      [
        'a',
        [
          { code: 'US', slices: 2 },
          { code: null, slices: 1 },
        ],
      ],
      ['b', [{ code: 'US', slices: 1 }]],
    ]),
  );
});

test('a datasets.json that is written is read again as it was, and says no more', () => {
  const datasets = [
    { ...a, location: 'chest' },
    { ...b, split: 'test' as const },
  ];
  const written = writeManifest(datasets);
  expect(Object.keys(written[0])).toEqual(['name', 'split', 'location']);
  expect([...parseManifest(`\uFEFF${JSON.stringify(written)}`)]).toEqual([
    ['name of a', { split: 'train', location: 'chest' }],
    ['name of b', { split: 'test', location: '' }],
  ]);
});

test.each([
  ['a name', 'name'],
  ['a location', 'location'],
])('%s in a datasets.json may have 200 characters and no more', (_, key) => {
  const text = (length: number) =>
    JSON.stringify([{ name: 'n', split: 'test', location: '', [key]: 'x'.repeat(length) }]);
  expect(parseManifest(text(200)).size).toBe(1);
  expect(() => parseManifest(text(201))).toThrow(/entry 1/);
  expect(() => parseManifest('[null]')).toThrow('entry 1 is not an object');
});
