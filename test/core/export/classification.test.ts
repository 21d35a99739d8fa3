/** What a classification hands over: the columns promised, who judged, and no names that were not asked for. */

import { describe, expect, test } from 'vitest';
import { DEFAULT_RULE } from '../../../src/core/classify/assess.ts';
import type { JudgedSeries } from '../../../src/core/classify/judge.ts';
import { classificationRecord, seriesCsv, slicesCsv } from '../../../src/core/export/classification.ts';
import { classificationPage } from '../../../src/core/export/classificationPage.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';

const JUDGE = {
  model: { kind: 'run' as const, id: 'r-1' },
  title: 'ResNet-18 · 64 · 8 epochs',
  network: 'resnet18',
  inputSize: 64,
  epochs: 8,
  seed: 1,
  weights: 'w-1',
  trained: '2026-11-01T10:00:00.000Z',
  calibration: null,
  unknown: null,
};
const slice = (path: string, frame = 0) => ({
  path,
  frame,
  instanceNumber: 5,
  predicted: 'CT' as const,
  probabilities: [0.75, 0.125, 0.125, 0] as [number, number, number, number],
  imageType: null,
  thumbnail: new Uint8Array(1),
  strangeness: null,
});
const US: JudgedSeries = {
  key: '0123456789abcdef US',
  labelSet: DEFAULT_SET,
  sourcePath: 'DOE^JANE/study/us.dcm',
  number: 3,
  imageType: 'derived',
  description: 'LIVER OF JANE',
  objectClass: '1.2.840.10008.5.1.4.1.1.6.1',
  oddities: ['derived'],
  voters: 1,
  verdict: 'CT',
  probability: 0.75,
  probabilities: [0.75, 0.125, 0.125, 0],
  agreement: null,
  strangeness: null,
  modality: 'US',
  tag: 'other',
  tagState: 'none-of-the-four',
  tagWrong: 0.25,
  judge: JUDGE,
  judgedAt: '2026-11-28T14:00:00.000Z',
  slices: [slice('DOE^JANE/study/us.dcm')],
};
const CT: JudgedSeries = {
  ...US,
  key: 'fedcba9876543210 CT',
  sourcePath: 'DOE^JANE',
  number: null,
  imageType: 'original',
  probability: 0.9,
  agreement: 1,
  modality: 'CT',
  tag: 'CT',
  tagState: 'agrees',
  slices: [slice('DOE^JANE/1.dcm'), slice('DOE^JANE/2.dcm', 4)],
};
const UNJUDGED: JudgedSeries = {
  ...CT,
  verdict: null,
  probability: null,
  probabilities: null,
  agreement: null,
  tagState: null,
  judge: null,
  slices: CT.slices.map((one) => ({ ...one, predicted: null, probabilities: null })),
};
const NAMED = { fileNames: true, root: 'DOE^JANE', commit: 'c0ffee', rule: DEFAULT_RULE };
const PLAIN = { ...NAMED, fileNames: false };

function rows(csv: string): Record<string, string>[] {
  const [header, ...lines] = csv
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  return lines.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i]])));
}

describe('the table of series', () => {
  test('begins with the columns that the headless job promises', () => {
    expect(seriesCsv([US], NAMED).split('\r\n')[0]).toMatch(
      /^path,verdict,probability,CT,MR,PT,XR,unknown,tag,slices,looked,/,
    );
  });

  test('names who judged, all probabilities, the raw tag and its state, and a stable id', () => {
    expect(rows(seriesCsv([US], NAMED))[0]).toEqual({
      path: 'study/us.dcm',
      verdict: 'CT',
      probability: '0.75',
      CT: '0.75',
      MR: '0.125',
      PT: '0.125',
      XR: '0',
      unknown: '0.25',
      tag: 'US',
      slices: '1',
      looked: '1',
      'tag label': 'other',
      'tag state': 'none-of-the-four',
      'slices that agree': '',
      unsure: 'true',
      'series id': '0123456789abcdef',
      'series number': '3',
      'image type': 'derived',
      model: 'ResNet-18 · 64 · 8 epochs',
      network: 'resnet18',
      size: '64',
      epochs: '8',
      run: 'r-1',
      weights: 'w-1',
      app: 'c0ffee',
      classified: '2026-11-28T14:00:00.000Z',
      correction: '',
      'tag wrong': '',
      'looks like': 'CT',
      both: 'none-of-the-four',
      'both probability': '',
      doubt: 'none-of-the-four',
      'slices that vote': '1',
      'class of object': 'Ultrasound',
      oddities: 'derived images',
      'known kept': '',
      'tag error rate': '0.01',
      'both none': '',
      description: 'LIVER OF JANE',
    });
  });

  test('calls what is stranger than the known unknown, by the share of them that the user keeps', () => {
    const quantiles = Array.from({ length: 101 }, (_, i) => i / 100);
    const judge = { ...JUDGE, unknown: { slices: quantiles, series: quantiles } };
    const strange = { ...CT, judge, strangeness: 0.97 };
    const [row] = rows(seriesCsv([{ ...strange, tag: null }], PLAIN));
    expect(row).toMatchObject({ verdict: 'unknown', 'looks like': 'CT', unknown: '0.97', both: 'unknown' });
    // What the tag says outweighs that it is a little strange.
    expect(rows(seriesCsv([strange], PLAIN))[0]).toMatchObject({ verdict: 'unknown', both: 'CT', doubt: '' });
    expect(row).toMatchObject({ doubt: 'unknown', 'known kept': '0.95' });
    const kept = { ...PLAIN, rule: { ...DEFAULT_RULE, coverage: 0.99 } };
    expect(rows(seriesCsv([strange], kept))[0]).toMatchObject({ verdict: 'CT', 'known kept': '0.99' });
    const slices = [
      { ...slice('a'), strangeness: 0.96 },
      { ...slice('b'), strangeness: 0.94 },
    ];
    expect(rows(slicesCsv([{ ...strange, slices }], PLAIN)).map(({ verdict }) => verdict)).toEqual([
      'unknown',
      'CT',
    ]);
  });

  test('has tag and image together by the error rate that the user gives', () => {
    const [row] = rows(seriesCsv([{ ...CT, tag: 'MR', probabilities: [0.9, 0.1, 0, 0] }], PLAIN));
    expect(row).toMatchObject({ both: 'MR', doubt: '' });
    const rate = { ...PLAIN, rule: { ...DEFAULT_RULE, tagErrorRate: 0.5 } };
    const [other] = rows(seriesCsv([{ ...CT, tag: 'MR', probabilities: [0.9, 0.1, 0, 0] }], rate));
    expect(other).toMatchObject({ both: 'CT', doubt: 'differs', 'tag error rate': '0.5' });
  });

  test('has what the user says, as the record has', () => {
    const said = [
      { ...US, correction: { class: 'MR' } },
      { ...US, correction: { class: null } },
    ];
    expect(rows(seriesCsv(said, PLAIN)).map(({ correction }) => correction)).toEqual(['MR', 'none']);
    expect(rows(slicesCsv(said, PLAIN))[0]).not.toHaveProperty('correction');
  });

  test('keeps the order it is given, and says “.” of the dropped folder itself', () => {
    expect(rows(seriesCsv([US, CT], NAMED)).map(({ path }) => path)).toEqual(['study/us.dcm', '.']);
    expect(rows(seriesCsv([CT, US], NAMED)).map(({ path }) => path)).toEqual(['.', 'study/us.dcm']);
  });

  test('leaves empty what no model said', () => {
    const [row] = rows(seriesCsv([UNJUDGED], NAMED));
    for (const name of ['verdict', 'probability', 'CT', 'unknown', 'unsure', 'model', 'run'])
      expect(row[name]).toBe('');
    expect(row).toMatchObject({ tag: 'CT', slices: '2', looked: '0' });
  });

  test('has its header without rows as well', () => {
    expect(rows(seriesCsv([], NAMED))).toEqual([]);
    expect(seriesCsv([], NAMED)).toMatch(/^path,verdict/);
  });
});

describe('the table of slices', () => {
  test('has a line for every judged slice', () => {
    const csv = slicesCsv([US, CT, UNJUDGED], NAMED);
    expect(csv).toMatch(/^path,frame,verdict,CT,MR,PT,XR,unknown,/);
    expect(rows(csv).map(({ path, frame, 'series id': id }) => [path, frame, id])).toEqual([
      ['study/us.dcm', '0', '0123456789abcdef'],
      ['1.dcm', '0', 'fedcba9876543210'],
      ['2.dcm', '4', 'fedcba9876543210'],
    ]);
  });
});

describe('names of files', () => {
  const record = (options: typeof NAMED) =>
    classificationRecord(
      {
        browser: 'b',
        device: null,
        files: 3,
        seconds: 2,
        skipped: [
          {
            path: 'DOE^JANE/x.dcm',
            dataset: 'DOE^JANE',
            code: 'blank',
            reason: 'Blank.',
            next: '',
            partial: false,
          },
        ],
        series: [US],
        total: 2,
      },
      options,
    );

  const page = (options: typeof NAMED) =>
    classificationPage({ files: 3, skipped: [], series: [US], total: 2 }, options);

  test('stand nowhere unless they are asked for', () => {
    const all = [
      seriesCsv([US, CT], PLAIN),
      slicesCsv([US, CT], PLAIN),
      JSON.stringify(record(PLAIN)),
      page(PLAIN),
    ].join();
    for (const name of ['DOE', 'JANE', 'study', 'us.dcm', '1.dcm', 'path']) expect(all).not.toContain(name);
  });

  test('never hold the dropped folder, which names the patient more often than any other', () => {
    const all = [
      seriesCsv([US, CT], NAMED),
      slicesCsv([US, CT], NAMED),
      JSON.stringify(record(NAMED)),
      page(NAMED),
    ].join();
    expect(all).not.toContain('DOE');
    expect(all).toContain('study/us.dcm');
    expect(all).toContain('LIVER OF JANE');
  });

  test('the record names models, date and how many were left out of it, and nothing of the project’s data', () => {
    const { models, classify, series, ...rest } = record(NAMED);
    const { inputSize: size, model: _, ...judge } = JUDGE;
    expect(models).toEqual([{ model: 'run', run: 'r-1', ...judge, size }]);
    expect(classify).toEqual({ files: 3, seconds: 2, series: 2, exported: 1 });
    expect(series[0]).toMatchObject({
      probabilities: { CT: 0.75, MR: 0.125, PT: 0.125, XR: 0 },
      run: 'r-1',
      classified: '2026-11-28T14:00:00.000Z',
    });
    expect(Object.keys(rest)).toEqual(['version', 'app', 'rule', 'unknown', 'skipped']);
  });
});
