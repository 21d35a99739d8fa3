/** The table of datasets: what is exported is read again, and what a stranger wrote does no harm. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareTable,
  readDatasetsTable,
  type TableDataset,
  writeDatasetsCsv,
} from '../../../src/core/dataset/table.ts';
import { FACT_KEYS, readFacts, tidyFact } from '../../../src/core/files/datasetFacts.ts';
import { parseManifest, writeManifest } from '../../../src/core/files/manifest.ts';
import { SPLITS } from '../../../src/core/types.ts';
import { describeShared } from '../../harness/describeShared.ts';
import { sharedPath } from '../../harness/shared.ts';

const line = fc
  .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
  .map((text) => tidyFact('licence', `n${text}`));
const fact = fc.option(line, { nil: undefined });
const datasets: fc.Arbitrary<(TableDataset & { id: string })[]> = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    name: line,
    split: fc.constantFrom(...SPLITS),
    location: line,
    facts: fc
      .record({ source: fact, licence: fact, citation: fact, note: fact })
      .map((one) => readFacts(one)),
  }),
  { selector: ({ name }) => name.toLowerCase(), minLength: 1, maxLength: 8 },
);
const figures = { slices: 1, series: 1, patients: 1, excluded: 2, capped: { CT: 3, MR: 4 } };

describe('a table that was exported', () => {
  test('as CSV is read as it was', () => {
    fc.assert(
      fc.property(datasets, (all) => {
        const { lines, faults } = readDatasetsTable(
          writeDatasetsCsv(all.map((one) => ({ ...one, ...figures }))),
        );
        expect(faults).toEqual([]);
        expect(compareTable(lines, all)).toEqual({ changes: [], same: all.length, unknown: [] });
        const blank = all.map((one) => ({ ...one, split: 'train' as const, location: '', facts: {} }));
        const merged = compareTable(lines, blank).changes;
        for (const { id, split, location, facts } of all) {
          const patch = merged.find((one) => one.id === id)!.patch;
          expect({ split: 'train', facts: {}, ...patch }).toEqual({ split, location, facts });
        }
      }),
      { numRuns: 100 },
    );
  });

  test('as JSON is read as it was, and as the datasets.json of a drop', () => {
    fc.assert(
      fc.property(datasets, (all) => {
        const text = JSON.stringify(writeManifest(all));
        const { lines, faults } = readDatasetsTable(text);
        expect(faults).toEqual([]);
        expect(compareTable(lines, all)).toMatchObject({ changes: [], same: all.length });
        const manifest = parseManifest(text);
        for (const { name, split, location, facts } of all) {
          expect({ facts: {}, ...manifest.get(name) }).toEqual({ split, location, facts });
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('a table of somebody else', () => {
  test('is read by the usual names of columns', () => {
    const { lines, faults } = readDatasetsTable(
      'Dataset;Partition;Licence;URL\nlidc; Train ;CC BY;https://x.org/1\nother;;;\n',
    );
    expect(faults).toEqual([]);
    expect(lines).toEqual([
      {
        line: 2,
        name: 'lidc',
        split: 'train',
        location: null,
        facts: { source: 'https://x.org/1', licence: 'CC BY' },
      },
      { line: 3, name: 'other', split: null, location: null, facts: {} },
    ]);
  });

  test('names rows that it cannot use, and quotes nothing of them', () => {
    const long = 'x'.repeat(300);
    const { lines, faults } = readDatasetsTable(
      `name,split,location\na,train,\nA,test,\n,train,\nb,DOE_JANE,\n${long},,\nc,test,${long}\n`,
    );
    expect(lines.map(({ name }) => name)).toEqual(['a']);
    expect(faults).toEqual([
      'Row 3 repeats a name.',
      'Row 4 has no usable name.',
      'The split of row 5 is none of train, validate, test.',
      'Row 6 has no usable name.',
      'The location of row 7 is longer than 200 characters.',
    ]);
  });

  test.each([
    ['', 'The file has no rows.'],
    ['name,split', 'The file has no rows.'],
    ['[]', 'The file has no rows.'],
    ['[{', 'The file looks like JSON but cannot be read as such.'],
    ['a,b\n1,2', 'No column names the datasets, such as “name” or “dataset”.'],
    [`name\n${'x\n'.repeat(10_001)}`, 'The file has more than 10,000 rows.'],
    ['x'.repeat(5_000_001), 'The file is larger than 5 MB.'],
  ])('that is none says so: %.20j', (text, fault) => {
    expect(readDatasetsTable(text)).toEqual({ lines: [], faults: [fault] });
  });

  test('never throws, whatever it holds', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.array(fc.object()).map((list) => JSON.stringify(list)),
      fc
        .string()
        .map((text) => `[{"name":"a","__proto__":{"split":"test"},"source":${JSON.stringify(text)}}]`),
    );
    fc.assert(
      fc.property(odd, (text) => {
        const { lines } = readDatasetsTable(text);
        for (const { facts } of lines)
          expect(Object.keys(facts).every((key) => (FACT_KEYS as string[]).includes(key))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('says how many slices were excluded, and how many are over a cap', () => {
    const one = { name: 'a', split: 'test' as const, location: '', facts: {} };
    const [head, row] = writeDatasetsCsv([{ ...one, ...figures }]).split(/\r?\n/);
    expect(head).toMatch(/,slices,series,patients,excluded,over cap$/);
    expect(row).toMatch(/,1,1,1,2,7$/);
  });

  test('becomes no formula when it is written again', () => {
    const evil = {
      name: '=HYPERLINK("http://x")',
      split: 'test' as const,
      location: '@x',
      facts: { note: '+1;-2' },
    };
    const text = writeDatasetsCsv([{ ...evil, ...figures }]);
    expect(text).not.toMatch(/(^|[,"\n;])[=+@-]/m);
    expect(readDatasetsTable(text).lines[0]).toMatchObject({
      name: evil.name,
      location: '@x',
      facts: { note: '+1;-2' },
    });
  });

  test('names datasets that are not here', () => {
    const { lines } = readDatasetsTable('name,split\nA,test\nb,train\n');
    const here = { id: '1', name: 'a', split: 'train' as const, location: '', facts: {} };
    expect(compareTable(lines, [here])).toEqual({
      changes: [{ id: '1', name: 'a', patch: { split: 'test' } }],
      same: 0,
      unknown: ['b'],
    });
  });
});

describeShared('datasets.json')('the datasets.json of real data', () => {
  test('is still read, with its sources', () => {
    const manifest = parseManifest(readFileSync(sharedPath('datasets.json'), 'utf8'));
    expect(manifest.size).toBeGreaterThan(20);
    expect([...manifest.values()].every(({ facts }) => facts?.source)).toBe(true);
  });
});
