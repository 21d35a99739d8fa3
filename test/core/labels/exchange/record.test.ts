/** The exports of labels: which rows there are, what they leave out, and that an import reads them back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csv } from '../../../../src/core/csv.ts';
import { planImport } from '../../../../src/core/labels/exchange/importPlan.ts';
import { isFault, type LabelTable, readLabelTable } from '../../../../src/core/labels/exchange/readTable.ts';
import {
  type LabelExportInput,
  type LabelExportOptions,
  labelRows,
  labelsCsv,
  labelsRecord,
} from '../../../../src/core/labels/exchange/record.ts';
import { listSlices } from '../../../../src/core/labels/exchange/slices.ts';
import { MODALITY_SET } from '../../../../src/core/labels/sets/modality.ts';
import { readCsv, unguarded } from '../../../../src/core/readCsv.ts';
import { LABEL_SOURCES } from '../../../../src/core/types.ts';
import {
  classNumber,
  editEvent,
  hash,
  makeProject,
  makeShards,
  type SeriesSpec,
} from '../../../builders/exchange.ts';

const PLAIN: LabelExportOptions = {
  datasetNames: false,
  filePaths: false,
  everySlice: false,
  contents: false,
};
const SPECS: SeriesSpec[] = [
  { dataset: 'd1', series: 'a', slices: 3, label: 'CT' },
  { dataset: 'd1', series: 'b', slices: 2, label: 'MR', tag: 'MR' },
  { dataset: 'd2', series: 'c', slices: 4, label: null, source: 'none', tag: null },
];

function inputOf(patch: Partial<LabelExportInput> = {}): LabelExportInput {
  return {
    shards: makeShards(SPECS),
    set: MODALITY_SET,
    edits: [],
    pathOf: () => null,
    contents: null,
    nameOf: (id) => `=name of ${id}`,
    timeText: (ms) => `at ${ms}`,
    ...patch,
  };
}

function tableOf(text: string): LabelTable {
  const read = readLabelTable(text);
  if (isFault(read)) throw new Error(read.fault);
  return read;
}

describe('an export of labels', () => {
  test('has one row for a series with one label', () => {
    const rows = labelRows(inputOf(), PLAIN);
    expect(
      rows.map(({ seriesId, slices, classId, sliceId }) => [seriesId, slices, classId, sliceId]),
    ).toEqual([
      [hash('a'), 3, 'CT', null],
      [hash('b'), 2, 'MR', null],
      [hash('c'), 4, null, null],
    ]);
  });

  test('has a row for each slice of a series whose slices differ, with frame and instance number', () => {
    const shards = makeShards(SPECS);
    shards[0].label[1] = classNumber('PT');
    const rows = labelRows(inputOf({ shards }), PLAIN);
    expect(rows.slice(0, 3).map((row) => [row.classId, row.instanceNumber, row.frame])).toEqual([
      ['CT', 1, 0],
      ['PT', 2, 0],
      ['CT', 3, 0],
    ]);
    expect(rows).toHaveLength(5);
    expect(new Set(rows.slice(0, 3).map(({ sliceId }) => sliceId)).size).toBe(3);
  });

  test('says who gave a label and when, as of the edit that counts', () => {
    const series = [{ dataset: 'd1', key: `${hash('a')} CT` }];
    const label = (of: string, source: 'user' | 'import') =>
      ({
        target: { kind: 'series', series },
        change: { kind: 'label', set: 'modality', class: of, source },
      }) as const;
    const shards = makeShards(SPECS);
    for (const row of [0, 1, 2]) {
      shards[0].label[row] = classNumber('MR');
      shards[0].source[row] = LABEL_SOURCES.indexOf('user');
    }
    // The import came later, but a user's label outranks it.
    const edits = [editEvent(1, label('MR', 'user'), 'Ada'), editEvent(2, label('PT', 'import'), 'Bo')];
    const [first, second] = labelRows(inputOf({ shards, edits }), PLAIN);
    expect([first.reader, first.edited, first.source]).toEqual(['Ada', 'at 1000', 'user']);
    expect([second.reader, second.edited, second.source]).toEqual(['', null, 'tag']);
  });

  test('names no dataset and no file unless asked, and guards names against formulas', () => {
    const input = inputOf({ pathOf: (key) => `drop/Doe^Jane/${key}.dcm` });
    const plain = labelsCsv(labelRows(input, PLAIN), MODALITY_SET, PLAIN);
    expect(plain).not.toMatch(/name of|Doe/);
    expect(
      JSON.stringify(labelsRecord(labelRows(input, PLAIN), MODALITY_SET, PLAIN, { commit: 'c' })),
    ).not.toMatch(/name of|Doe/);
    const all = { datasetNames: true, filePaths: true, everySlice: false, contents: false };
    const named = labelsCsv(labelRows(input, all), MODALITY_SET, all);
    expect(named).toContain("'=name of d1");
    expect(named).toContain('drop/Doe^Jane/');
    expect(named.split('\r\n')[0]).toBe(
      'dataset id,dataset,series id,tag,slice id,file,frame,instance number,slices,class id,class,source,reader,edited,set id',
    );
  });

  test('as JSON brings the label set along', () => {
    const record = labelsRecord(labelRows(inputOf(), PLAIN), MODALITY_SET, PLAIN, { commit: 'c' });
    const table = tableOf(JSON.stringify(record));
    expect(table.set).toEqual(MODALITY_SET);
    expect(table.rows[0]).toMatchObject({ seriesId: hash('a'), classId: 'CT', setId: 'modality' });
  });
});

test('whatever labels there are, an import of their export as CSV or JSON gives the same labels back', () => {
  const label = fc.constantFrom('CT', 'MR', 'PT', 'XR', null);
  fc.assert(
    fc.property(
      fc.array(fc.record({ label, slices: fc.integer({ min: 1, max: 5 }) }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.tuple(fc.nat(40), label), { maxLength: 6 }),
      fc.boolean(),
      (series, changes, everySlice) => {
        const specs = series.map((one, i) => ({
          ...one,
          dataset: `d${i % 2}`,
          series: `s${i}`,
          source: 'user' as const,
        }));
        const shards = makeShards(specs, 4);
        for (const [at, to] of changes) {
          const shard = shards[at % shards.length];
          shard.label[at % shard.count] = classNumber(to);
        }
        const options = { ...PLAIN, everySlice };
        const rows = labelRows(inputOf({ shards }), options);
        const record = labelsRecord(rows, MODALITY_SET, options, { commit: 'c' });
        const wanted = listSlices(shards).label;
        for (const text of [labelsCsv(rows, MODALITY_SET, options), JSON.stringify(record)]) {
          // The same project, all of its labels lost.
          const blank = makeProject(specs, 4);
          blank.list.label.fill(classNumber('XR'));
          blank.list.source.fill(LABEL_SOURCES.indexOf('tag'));
          const plan = planImport(tableOf(text), MODALITY_SET, blank, { replaceOwn: false });
          expect([plan.unknown, plan.contradicting, plan.strange]).toEqual([[], [], []]);
          expect(plan.changed).toBe(wanted.filter((one) => one !== classNumber('XR')).length);
          expect(applied(blank.list, plan.edits)).toEqual([...wanted]);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('every text comes back from a CSV, whichever separators and quotes it has', () => {
  const cell = fc.string({ unit: fc.constantFrom(...'ab",;\t\r\n =-é') });
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const lines = readCsv(csv(['first', 'second'], rows));
      expect(lines.slice(1).map(({ cells }) => cells.map(unguarded))).toEqual(rows);
    }),
  );
});

/** The labels after edits on whole series or on rows, written anew from the meaning of targets. */
function applied(
  list: ReturnType<typeof makeProject>['list'],
  edits: ReturnType<typeof planImport>['edits'],
): number[] {
  const label = [...list.label];
  for (const { target, change } of edits) {
    for (let slice = 0; slice < list.count; slice++) {
      const { dataset, key } = list.series[list.seriesOf[slice]];
      const meant =
        target.kind === 'series'
          ? target.series.some((ref) => ref.dataset === dataset && ref.key === key)
          : target.kind === 'slices' &&
            target.slices.some(
              ({ shard, rows }) =>
                shard === list.shard[slice] &&
                rows.some(([from, to]) => from <= list.row[slice] && list.row[slice] < to),
            );
      if (meant && change.kind === 'label') label[slice] = classNumber(change.class);
    }
  }
  return label;
}
