/** What an import would change: tables of this app and of other programs, laid over a small project. */
import { describe, expect, test } from 'vitest';
import { type ImportPlan, planImport } from '../../../../src/core/labels/exchange/importPlan.ts';
import type { Project } from '../../../../src/core/labels/exchange/match.ts';
import { isFault, readLabelTable, TABLE_FAULTS } from '../../../../src/core/labels/exchange/readTable.ts';
import { MODALITY_SET } from '../../../../src/core/labels/sets/modality.ts';
import { hash, makeProject, type SeriesSpec } from '../../../builders/exchange.ts';

const SPECS: SeriesSpec[] = [
  { dataset: 'd1', series: 'a', slices: 3, label: 'CT' },
  { dataset: 'd1', series: 'b', slices: 2, label: 'MR', tag: 'MR' },
  { dataset: 'd2', series: 'c', slices: 4, label: null, source: 'none', tag: null },
];

function planOf(
  text: string,
  options = { replaceOwn: false },
  project: Project = makeProject(SPECS),
): ImportPlan {
  const table = readLabelTable(text);
  if (isFault(table)) throw new Error(table.fault);
  return planImport(table, MODALITY_SET, project, options);
}

const changes = (plan: ImportPlan) =>
  plan.changes.map(({ from, to, slices }) => `${from} → ${to}: ${slices}`);

describe('a row', () => {
  test.each([
    ['of a series', `series id,class\n${hash('a')},PT`, ['CT → PT: 3']],
    ['of a series in capitals', `Series ID,Class\n${hash('a').toUpperCase()},PT`, ['CT → PT: 3']],
    ['of a series and an instance', `series,instance number,class\n${hash('a')},2,PT`, ['CT → PT: 1']],
    ['of a dataset by its id', 'dataset id,class\nd2,XR', ['null → XR: 4']],
    ['of a dataset by its name', 'dataset,class\nname D2,XR', ['null → XR: 4']],
    ['of a path', 'path,label\ndrop/d1/b/2.dcm,CT', ['MR → CT: 1']],
    ['of a path below the dropped folder', 'path,label\nd1/b/2.dcm,CT', ['MR → CT: 1']],
    ['of an absolute path of Windows', 'file;class\nC:\\data\\drop\\d1\\b\\2.dcm;CT', ['MR → CT: 1']],
    ['of a bare name that one file has', 'filename,class\n4.dcm,CT', ['null → CT: 1']],
    ['of a folder', 'path\tlabel\nd2/c\tPT', ['null → PT: 4']],
    ['with the class by its name in any case', `series,label\n${hash('b')},ct`, ['MR → CT: 2']],
  ])('%s gives the label', (_, text, expected) => {
    expect(changes(planOf(text))).toEqual(expected);
  });

  test.each([
    ['of an unknown series', `series,class\n${'9'.repeat(16)},CT`, 'unknown'],
    // Otherwise a row of one series of another project would label the whole dataset.
    [
      'of an unknown series of a known dataset',
      `series,dataset id,class\n${'9'.repeat(16)},d1,CT`,
      'unknown',
    ],
    ['of a file that is not at hand', 'file,class\nd1/a/99.dcm,CT', 'unknown'],
    ['of a file of an equal name in another folder', 'file,class\nother/b/2.dcm,CT', 'unknown'],
    ['of a name that several files have', 'file,class\n1.dcm,CT', 'several'],
    ['without a class', `series,class\n${hash('a')},`, 'unlabelled'],
  ] as const)('%s changes nothing and is counted', (_, text, where) => {
    const plan = planOf(text);
    expect(plan[where]).toEqual([2]);
    expect([plan.changed, plan.edits]).toEqual([0, []]);
  });

  test('of a class that the set does not have is counted under the class', () => {
    const plan = planOf(`series,class\n${hash('a')},Ultrasound\n${hash('b')},ultrasound\n${hash('c')},NM`);
    expect(plan.strange).toEqual([
      { name: 'Ultrasound', lines: [2, 3] },
      { name: 'NM', lines: [4] },
    ]);
    expect(plan.edits).toEqual([]);
  });

  test('of no class, given by a user, takes the label away', () => {
    expect(changes(planOf(`series,class,source\n${hash('a')},,user`))).toEqual(['CT → null: 3']);
  });

  test('of a set with another id counts by the name of the class, never by its id', () => {
    const text = `series,class id,class,set id\n${hash('a')},CT,PT,elsewhere\n${hash('b')},CT,,elsewhere`;
    const plan = planOf(text);
    expect(changes(plan)).toEqual(['CT → PT: 3', 'MR → CT: 2']);
    expect(plan.otherSet).toBe(2);
  });
});

describe('rows that contradict one another', () => {
  test('leave their slices alone, and are named', () => {
    const plan = planOf(`series,class\n${hash('a')},PT\n${hash('b')},CT\n${hash('a')},MR`);
    expect(plan.contradicting).toEqual([2, 4]);
    expect(changes(plan)).toEqual(['MR → CT: 2']);
  });

  test('do not if one says more: a slice outranks its series, a series its dataset, in any order', () => {
    const rows = ['d1,,,XR', `d1,${hash('a')},,PT`, `d1,${hash('a')},1,MR`];
    for (const lines of [rows, rows.toReversed()]) {
      const plan = planOf(['dataset id,series id,instance number,class', ...lines].join('\n'));
      expect(plan.contradicting).toEqual([]);
      expect(changes(plan).toSorted()).toEqual(['CT → MR: 1', 'CT → PT: 2', 'MR → XR: 2']);
    }
  });
});

describe('labels by a user', () => {
  const own = makeProject(SPECS.map((spec) => ({ ...spec, source: 'user' as const })));
  const text = `series,class\n${hash('a')},PT\n${hash('b')},MR`;

  test('stay', () => {
    const plan = planOf(text, { replaceOwn: false }, own);
    expect([plan.kept, plan.same, plan.changed, plan.edits]).toEqual([3, 2, 0, []]);
  });

  test('are replaced if asked, by labels that are the user’s again', () => {
    const plan = planOf(text, { replaceOwn: true }, own);
    expect(plan.kept).toBe(0);
    expect(plan.edits).toEqual([
      {
        target: { kind: 'series', series: [{ dataset: 'd1', key: `${hash('a')} CT` }] },
        change: { kind: 'label', set: 'modality', class: 'PT', source: 'user' },
      },
    ]);
  });
});

describe('the edits of an import', () => {
  test('mean whole series where all of their slices change, otherwise rows', () => {
    const text = ['file,class', ...[1, 2, 3].map((n) => `a/${n}.dcm,PT`), 'c/2.dcm,PT', 'c/3.dcm,PT'].join(
      '\n',
    );
    expect(planOf(text).edits.map(({ target }) => target)).toEqual([
      { kind: 'series', series: [{ dataset: 'd1', key: `${hash('a')} CT` }] },
      {
        kind: 'slices',
        slices: [{ shard: 10, rows: [[6, 8]] }],
      },
    ]);
  });

  test('leave slices out that have their label already', () => {
    const plan = planOf(`series,class\n${hash('a')},CT`);
    expect([plan.same, plan.edits]).toEqual([3, []]);
  });
});

describe('a file', () => {
  test('is read with BOM, quotes, semicolons and CRLF, its columns in any order, others ignored', () => {
    const table = readLabelTable(
      '\ufeff"note; of them";Class;"SERIES ID"\r\n"two\r\nlines";"C""T";abc\r\n\r\n;PT;"d;e"\r\n',
    );
    if (isFault(table)) throw new Error(table.fault);
    expect(table.rows.map((row) => [row.line, row.class, row.seriesId])).toEqual([
      [2, 'C"T', 'abc'],
      [5, 'PT', 'd;e'],
    ]);
    expect(table.ignored).toEqual(['note; of them']);
  });

  test.each([
    ['', 'empty'],
    ['series,class\n', 'empty'],
    ['{"labels": [', 'not-json'],
    ['{"labels": []}', 'empty'],
    ['series,note\na,b', 'no-class'],
    ['class,note\na,b', 'no-place'],
  ] as const)('%j is refused: %s', (text, fault) => {
    expect(readLabelTable(text)).toEqual({ fault });
    expect(TABLE_FAULTS[fault]).toMatch(/\.$/);
  });

  test('of 100,000 rows is laid over 100,000 slices', () => {
    const project = makeProject(
      Array.from({ length: 5000 }, (_, i) => ({
        dataset: `d${i % 50}`,
        series: `s${i}`,
        slices: 20,
        label: 'CT',
      })),
      512,
    );
    const lines = project.files.map(({ path }) => `${path},MR`);
    const plan = planOf(`path,label\n${lines.join('\n')}\n`, { replaceOwn: false }, project);
    expect([plan.rows, plan.matched, plan.changed, plan.edits.length]).toEqual([
      100_000, 100_000, 100_000, 1,
    ]);
  });
});
