/** CSV exports: no text becomes a formula, and every value comes back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csv } from '../../../src/core/csv.ts';
import { CLASS_METRICS, type Evaluation, OVERALL_METRICS } from '../../../src/core/evaluate/evaluation.ts';
import { type FigureInterval, wilson } from '../../../src/core/evaluate/interval.ts';
import {
  confusionCsv,
  facetCsv,
  figuresCsv,
  filesCsv,
  historyCsv,
  metricsCsv,
  perDatasetCsv,
  skippedCsv,
} from '../../../src/core/export/tables.ts';

/** RFC 4180, for what `csv` writes. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  for (let at = 0; at < text.length; ) {
    let value = '';
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (text[at] === '"') at++;
        value += text[at];
      }
      at++;
    } else {
      while (at < text.length && text[at] !== ',' && !text.startsWith('\r\n', at)) value += text[at++];
    }
    rows.at(-1)!.push(value);
    if (text[at] === ',') at++;
    else if (text.startsWith('\r\n', at)) {
      at += 2;
      if (at < text.length) rows.push([]);
    }
  }
  return rows;
}

test.each(['=1+1', '+1', '-1', '@sum(a1)', '\tx', '\rx', '-'])('takes no text for a formula: %j', (text) => {
  const [[, cell]] = parse(csv(['a', text], []));
  expect(cell).toBe(`'${text}`);
});

test.each([
  ['a;=2+5;.dcm', "a;'=2+5;.dcm"],
  ['a\t@sum(a1)', "a\t'@sum(a1)"],
  ['a\n-1', "a\n'-1"],
  ['a;"=1"', 'a;"\'=1"'],
  ['a, -1 to 2', 'a, -1 to 2'],
])('takes no text for a formula behind what another program takes for a separator: %j', (text, safe) => {
  expect(parse(csv(['x', text], []))).toEqual([['x', safe]]);
});

test('no part of any text begins a formula, however a program splits the line', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom(...'=-;,\t\n"a ') }), { minLength: 1 }), (row) => {
      const parts = csv(row, []).split(/[;\t\r\n]/);
      expect(parts.filter((part) => /^"*[=+\-@]/.test(part))).toEqual([]);
    }),
  );
});

test('keeps numbers numbers, negative ones too, and null empty', () => {
  expect(csv(['a', 'b', 'c', 'd'], [[-1.5, 1e-7, null, true]])).toBe('a,b,c,d\r\n-1.5,1e-7,,true\r\n');
});

test('any text comes back as it was, but for the guard', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (row) => {
      const [back] = parse(csv(row, []));
      const bare = (text: string) => text.replace(/((?:^|[;\t\r\n])"*)'+(?=[=+\-@\t\r])/g, '$1');
      expect(back.map(bare)).toEqual(row.map(bare));
    }),
  );
});

const EVALUATION: Evaluation = {
  train: null,
  validate: null,
  test: {
    n: 3,
    metrics: { accuracy: 2 / 3, balancedAccuracy: 0.75, loss: 0.5 },
    perClass: {},
    labels: ['CT', 'MR', 'PT', 'XR'],
    confusion: [
      [1, 1, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ],
    perDataset: [
      {
        id: '1',
        dataset: '=cmd, "x"',
        location: 'head',
        modality: 'CT',
        n: 2,
        correct: 1,
        accuracy: 0.5,
        series: 2,
        patients: 1,
      },
      { id: '2', dataset: 'b', location: '', modality: 'MR', n: 1, correct: 1, accuracy: 1 },
    ],
  },
};

test('writes the tables of an evaluation', () => {
  const [half, whole] = [wilson(1, 2)!, wilson(1, 1)!];
  expect(perDatasetCsv(EVALUATION)).toBe(
    'split,dataset,location,modality,n,correct,accuracy,95 % low,95 % high,series,patients,' +
      'interval,clusters,resamples\r\n' +
      `test,"'=cmd, ""x""",head,CT,2,1,0.5,${half.low},${half.high},2,1,wilson by slice,2,\r\n` +
      `test,b,,MR,1,1,1,${whole.low},1,,,wilson by slice,1,\r\n`,
  );
  const [names, values, ...rest] = parse(metricsCsv(EVALUATION));
  expect(rest).toEqual([]);
  expect(names.filter((name) => !name.includes(' '))).toEqual(['split', 'n', ...OVERALL_METRICS]);
  // Of a modality that neither occurs nor was predicted no figure exists.
  expect(Object.fromEntries(names.map((name, i) => [name, values[i]]))).toMatchObject({
    ...{ split: 'test', n: '3', accuracy: String(2 / 3), loss: '0.5' },
    ...{ 'precision CT': '1', 'precision MR': '0.5', 'recall CT': '0.5', 'recall PT': '' },
  });
  const labels = ['CT', 'MR', 'PT', 'XR'];
  expect(parse(confusionCsv(EVALUATION))).toEqual([
    [
      ...['split', 'true', ...labels.map((label) => `predicted ${label}`)],
      ...labels.map((label) => `row share ${label}`),
      ...labels.map((label) => `column share ${label}`),
    ],
    ['test', 'CT', '1', '1', '0', '0', '0.5', '0.5', '0', '0', '1', '0.5', '', ''],
    ['test', 'MR', '0', '1', '0', '0', '0', '1', '0', '0', '0', '0.5', '', ''],
    ['test', 'PT', '0', '0', '0', '0', '', '', '', '', '0', '0', '', ''],
    ['test', 'XR', '0', '0', '0', '0', '', '', '', '', '0', '0', '', ''],
  ]);
});

test('writes each figure with its interval, its method and what is behind it', () => {
  const interval: FigureInterval = {
    ...{ low: 0.4, high: 0.9, clusters: 12, resamples: 2000 },
    ...{ method: 'bootstrap', by: 'patient' },
  };
  const of = {
    ...EVALUATION.test!,
    intervals: { metrics: { accuracy: interval }, perClass: { recall: [interval, null, null, null] } },
    subjects: {
      ...{ series: 3, patients: 2 },
      perClass: [{ series: 2, patients: 1 }, ...[1, 0, 0].map((series) => ({ series, patients: series }))],
    },
  };
  const rows = parse(figuresCsv({ ...EVALUATION, test: of }));
  const row = (figure: string, label: string) =>
    rows.find((cells) => cells[1] === figure && cells[2] === label);
  const method = ['bootstrap by patient', '12', '2000'];
  expect(row('accuracy', '')?.slice(3)).toEqual([String(2 / 3), '0.4', '0.9', '3', '3', '2', ...method]);
  expect(row('recall', 'CT')?.slice(3)).toEqual(['0.5', '0.4', '0.9', '2', '2', '1', ...method]);
  expect(row('recall', 'PT')?.slice(3)).toEqual(['', '', '', '0', '0', '0', '', '', '']);
  expect(rows).toHaveLength(1 + OVERALL_METRICS.length + 4 * CLASS_METRICS.length);
});

test('writes the accuracies by any fact, as they are shown', () => {
  const row = { name: 'SIEMENS', modality: 'CT', n: 20, correct: 19, accuracy: 0.95, series: 4, patients: 2 };
  const [head, one] = parse(facetCsv({ split: 'test', counted: 'slice', facet: 'manufacturer' }, [row]));
  expect(head.slice(0, 5)).toEqual(['split', 'counted', 'manufacturer', 'class', 'n']);
  expect(one.slice(0, 7)).toEqual(['test', 'slice', 'SIEMENS', 'CT', '20', '19', '0.95']);
  expect(one.slice(9)).toEqual(['4', '2', 'wilson by slice', '20', '']);
});

test('writes a history whose missing figures are empty', () => {
  const record = {
    epoch: 1,
    trainLoss: 1.25,
    trainAccuracy: 0.5,
    validateLoss: null,
    validateAccuracy: null,
    validateBalancedAccuracy: null,
    learningRate: 0.05,
    seconds: 12,
    imagesPerSecond: 80,
  };
  expect(parse(historyCsv([record]))[1]).toEqual(['1', '1.25', '0.5', '', '', '', '0.05', '12', '80']);
});

test('names files only where that was asked for', () => {
  const skipped = {
    path: 'DOE^JANE/2.dcm',
    dataset: 'DOE',
    code: 'truncated',
    reason: 'Short.',
    next: 'Copy.',
    partial: true,
  } as const;
  expect(skippedCsv([skipped], { fileNames: false })).not.toContain('DOE');
  expect(skippedCsv([skipped], { fileNames: true })).toContain('DOE^JANE/2.dcm');
  const { partial: _, ...line } = skipped;
  const drop = { unused: [skipped], remarks: [{ ...line, code: 'no-label' } as const] };
  expect(filesCsv(drop, { fileNames: false })).not.toContain('DOE');
  expect(parse(filesCsv(drop, { fileNames: true }))).toEqual([
    ['code', 'reason', 'next', 'dataset', 'file', 'outcome'],
    ['truncated', 'Short.', 'Copy.', 'DOE', 'DOE^JANE/2.dcm', 'used in part'],
    ['no-label', 'Short.', 'Copy.', 'DOE', 'DOE^JANE/2.dcm', 'remark'],
  ]);
});
