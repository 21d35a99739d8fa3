/** A report as one page: every number is the record's, text of anybody stays text, and nothing in it runs. */
import { describe, expect, test } from 'vitest';
import { OVERALL_METRICS } from '../../../src/core/evaluate/evaluation.ts';
import { wilson } from '../../../src/core/evaluate/interval.ts';
import { METRICS } from '../../../src/core/evaluate/metrics/index.ts';
import { runManifest } from '../../../src/core/export/manifest.ts';
import { readRunFile } from '../../../src/core/export/runFile.ts';
import { cardText } from '../../../src/core/export/study/card.ts';
import { studyPage } from '../../../src/core/export/study/page.ts';
import type { StudyRun } from '../../../src/core/export/study/study.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import type { GuardFacts } from '../../../src/core/train/manifest.ts';
import type { RunConfig } from '../../../src/core/train/run.ts';
import { SPLITS } from '../../../src/core/types.ts';
import { makeStudy, makeStudyRun } from '../../builders/study.ts';

/** Text of a fragment of the page, without its tags. */
function textOf(html: string): string {
  return html
    .replace(/<wbr>/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

/** The rows of a table by its number, as text. */
function rowsOf(page: string, number: string): string[][] {
  const at = page.indexOf(`<caption><b>Table ${number}.</b>`);
  expect(at, `Table ${number}`).toBeGreaterThan(0);
  const body = page.slice(page.indexOf('<tbody>', at), page.indexOf('</tbody>', at));
  return body
    .split('<tr>')
    .slice(1)
    .map((row) => (row.match(/<t[hd][^>]*>[\s\S]*?<\/t[hd]>/g) ?? []).map(textOf));
}

/** What a figure says in words, by its name. */
function wordsOf(page: string, name: string): string {
  return textOf(page.match(new RegExp(`<desc id="${name}-d">([\\s\\S]*?)</desc>`))?.[1] ?? '');
}

const comma = (n: number) => n.toLocaleString('en-US');
const share = (of: number) => {
  const text = (100 * of).toFixed(1);
  return of > 0 && text === '0.0' ? '<0.1 %' : of < 1 && text === '100.0' ? '>99.9 %' : `${text} %`;
};

describe.each([1, 2, 3, 4, 5])('the numbers of a report are those of its record: %i', (seed) => {
  const run = makeStudyRun(seed);
  const page = studyPage(makeStudy([run]));
  const datasets = run.frozen!.datasets;
  const { classes } = DEFAULT_SET;

  test('per dataset', () => {
    const sorted = datasets.toSorted(
      (a, b) => SPLITS.indexOf(a.split) - SPLITS.indexOf(b.split) || a.name!.localeCompare(b.name!, 'en'),
    );
    expect(rowsOf(page, '1')).toEqual(
      sorted.map(({ name, split, location, counts, series, patients, excluded, shared }) => [
        ...[name, `${split[0].toUpperCase()}${split.slice(1)}`, location],
        ...[...classes.map(({ id }) => counts[id]), series, patients, excluded + shared].map(comma),
      ]),
    );
  });

  test('of the networks', () => {
    const test = run.evaluation!.test!;
    const interval = wilson(
      test.confusion.reduce((sum, row, i) => sum + row[i], 0),
      test.n,
    )!;
    const [row] = rowsOf(page, '2');
    expect(row.slice(0, 7)).toEqual([
      ...[run.title, comma(run.parameters!), comma(test.n)],
      `${datasets.filter(({ split }) => split === 'test').reduce((n, { series }) => n + series, 0)} / ${datasets.filter(({ split }) => split === 'test').reduce((n, { patients }) => n + patients, 0)}`,
      share(test.metrics.accuracy!),
      `${(100 * interval.low).toFixed(1)}–${(100 * interval.high).toFixed(1)} %`,
      share(test.metrics.balancedAccuracy!),
    ]);
  });

  test('per test dataset, worst first', () => {
    const rows = rowsOf(page, '3');
    expect(rows).toEqual(
      run.evaluation!.test!.perDataset.map((row) => {
        const { low, high } = wilson(row.correct, row.n)!;
        return [
          ...[
            row.dataset,
            row.location,
            row.modality,
            comma(row.n),
            comma(row.series!),
            comma(row.patients!),
          ],
          ...[comma(row.correct), share(row.accuracy)],
          ...[
            `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)} %`,
            `Wilson, ${comma(row.n)} ${row.n === 1 ? 'slice' : 'slices'}`,
          ],
        ];
      }),
    );
    const shares = run.evaluation!.test!.perDataset.map(({ accuracy }) => accuracy);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  test('of every metric and split', () => {
    expect(rowsOf(page, '4').map(([label]) => label)).toEqual(
      OVERALL_METRICS.map((name) => METRICS[name].label),
    );
    const loss = rowsOf(page, '4').find(([label]) => label === METRICS.loss.label)!;
    expect(loss.slice(1, 4)).toEqual(SPLITS.map((split) => run.evaluation![split]!.metrics.loss!.toFixed(3)));
  });

  test('of the flow, whose parts add up', () => {
    const sum = (of: (one: (typeof datasets)[number]) => number) =>
      datasets.reduce((n, one) => n + of(one), 0);
    const used = sum(({ counts }) => Object.values(counts).reduce((n, one) => n + one, 0));
    const [excluded, shared, unlabelled] = [
      sum((d) => d.excluded),
      sum((d) => d.shared),
      sum((d) => d.unlabelled!),
    ];
    const words = wordsOf(page, 'flow');
    expect(words).toContain(
      `${comma(used + excluded + shared + unlabelled)} slices in the project, 6 datasets`,
    );
    expect(words).toContain(`Left out: ${comma(excluded + shared + unlabelled)} slice`);
    expect(words).toContain(
      `without a class: ${unlabelled}, excluded: ${excluded}, patient also in another split: ${shared}`,
    );
    expect(words).toContain(`${comma(used)} slices that count`);
    const splits = [...words.matchAll(/(?:Train|Validate|Test): ([\d,]+) slices/g)].map(([, n]) =>
      Number(n.replace(',', '')),
    );
    expect(splits).toHaveLength(3);
    expect(splits.reduce((n, one) => n + one, 0)).toBe(used);
  });

  test('of the figures', () => {
    const of = run.evaluation!.test!;
    for (const [i, row] of of.confusion.entries())
      expect(wordsOf(page, 'matrix0')).toContain(
        `Of true ${of.labels[i]}: ${row.map((n, j) => `${comma(n)} as ${of.labels[j]}`).join(', ')}.`,
      );
    const images = SPLITS.map((split) => {
      const own = datasets.filter((one) => one.split === split);
      const word = `${split[0].toUpperCase()}${split.slice(1)}`;
      return `${word}: ${classes.map(({ id, name }) => `${name} ${comma(own.reduce((n, { counts }) => n + counts[id], 0))}`).join(', ')}.`;
    });
    expect(wordsOf(page, 'images')).toBe(images.join(' '));
    expect(wordsOf(page, 'splits')).toContain(
      SPLITS.map(
        (split, i) =>
          `${['Train', 'Validate', 'Test'][i]} ${share(run.evaluation![split]!.metrics.accuracy!)}`,
      ).join(', '),
    );
    expect(wordsOf(page, 'curves')).toContain('train: 66.7 % first, 66.7 % last.');
    expect(wordsOf(page, 'times')).toBe('ResNet-18: Training 6.0 s.');
    expect(page).toContain('12.5 % as the network gives them');
    expect(wordsOf(page, 'reliability0')).toContain(
      'at 50.0 % 33.3 % of 5 right, at 83.3 % 66.7 % of 10 right',
    );
  });
});

describe('an interval', () => {
  const bootstrap = {
    low: 0.25,
    high: 0.75,
    method: 'bootstrap',
    by: 'patient',
    clusters: 22,
    resamples: 2000,
  } as const;
  const few = { low: 0.1, high: 0.9, method: 'wilson', by: 'series', clusters: 3 } as const;

  test('that the record has is shown with its method, also of other metrics than the accuracy', () => {
    const run = makeStudyRun();
    const test = run.evaluation!.test!;
    test.intervals = { metrics: { accuracy: bootstrap, balancedAccuracy: bootstrap }, perClass: {} };
    test.subjects = { series: 33, patients: 22, perClass: [] };
    Object.assign(test.perDataset[0], { interval: few });
    const page = studyPage(makeStudy([run]));
    const [row] = rowsOf(page, '2');
    expect([row[3], row[5], row[7]]).toEqual(['33 / 22', '25.0–75.0 %', '25.0–75.0 %']);
    expect(textOf(page)).toContain('in 2,000 resamples of patients');
    expect(rowsOf(page, '3')[0].slice(-2)).toEqual(['10.0–90.0 %', 'Wilson, 3 series']);
    expect(textOf(page)).toContain('with series as the observations');
    expect(cardText(run, { commit: 'c', made: '2026-11-30' })).toContain(
      '(95 % 25.0–75.0 %, bootstrap, 22 patients)',
    );
  });

  test('stands beside the metrics of classes, too', () => {
    const run = makeStudyRun();
    const test = run.evaluation!.test!;
    Object.assign(test, {
      intervals: { metrics: { loss: bootstrap }, perClass: { recall: [bootstrap, null, null, null] } },
    });
    const page = studyPage(makeStudy([run]));
    expect(
      rowsOf(page, '4')
        .find(([label]) => label === METRICS.loss.label)!
        .slice(-2),
    ).toEqual(['0.250 to 0.750', 'bootstrap, 22 patients']);
    const [head] = rowsOf(page, '5');
    expect(head.some((cell) => cell.endsWith('% (25.0–75.0)'))).toBe(true);
  });

  test('that was not computed is one of slices, and says so', () => {
    const text = textOf(studyPage(makeStudy()));
    expect(text).toContain('as if slices were independent');
    expect(text).not.toContain('resamples');
  });
});

describe('a report', () => {
  const page = studyPage(makeStudy());

  test('has its parts in the order in which they are read', () => {
    const heads = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, head]) => head);
    expect(heads).toEqual([
      ...['What was asked', 'Data', 'Methods', 'Results', 'Limits', 'Model card', 'Checklist', 'Record'],
    ]);
  });

  test('asks for nothing, runs nothing, and says so to the browser', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(
      /<(img|link|iframe|object|embed|form)\b|\b(src|href|style|on\w+)=|https?:|@import|url\((?!#)/i,
    );
    expect(page.match(/<script\b[^>]*>/g)).toEqual(['<script type="application/json" id="run-manifest">']);
  });

  test('opens no element that it does not close', () => {
    const open: string[] = [];
    const without = page.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<!doctype[^>]*>/, '');
    for (const [, end, tag, self] of without.matchAll(/<(\/?)([a-z0-9]+)[^>]*?(\/?)>/gi)) {
      if (['meta', 'wbr', 'br'].includes(tag) || self) continue;
      if (end) expect(open.pop()).toBe(tag);
      else open.push(tag);
    }
    expect(open).toEqual([]);
  });

  test('has a title and words for each figure, each under its own name', () => {
    const names = [...page.matchAll(/aria-labelledby="(\S+)-t \1-d"/g)].map(([, name]) => name);
    expect(names).toEqual(['flow', 'images', 'curves', 'times', 'splits', 'matrix0', 'reliability0']);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('tells fills apart without colour', () => {
    const patterns = [...page.matchAll(/<pattern id="images-f\d"[^>]*>(.*?)<\/pattern>/g)].map(([, inner]) =>
      inner.replace(/fill="#\w+"/, ''),
    );
    expect(new Set(patterns).size).toBe(4);
  });

  test('names what is weak about the split', () => {
    const run = makeStudyRun();
    for (const dataset of run.frozen!.datasets)
      Object.assign(
        dataset.counts,
        dataset.split === 'validate' ? { PT: 0 } : {},
        dataset.id === 'test-two' ? { CT: 0 } : {},
      );
    const text = textOf(studyPage(makeStudy([run])));
    expect(text).toContain('No PT in validate: the validation figures leave it out.');
    expect(text).toContain('All CT in test is of “name of test-one”');
  });

  test('calls a dataset by a number whose name was withdrawn', () => {
    const run = makeStudyRun();
    Object.assign(run.frozen!.datasets[0], { name: null });
    expect(rowsOf(studyPage(makeStudy([run])), '1').flat()).toContain('Dataset 1');
  });

  test('has the figures by series, and by other facts of the slices than their dataset', () => {
    const bySeries = { ...makeStudyRun(2).evaluation!.test!, n: 12 };
    const score = {
      group: 0,
      value: 'GE',
      modality: 'CT',
      n: 9,
      correct: 3,
      accuracy: 1 / 3,
      series: 2,
      patients: 1,
    };
    const rows = [score, { ...score, value: null, group: 1 }];
    const run = makeStudyRun(1, {
      bySeries,
      facets: [
        { label: 'Manufacturer', rows },
        { label: 'Format', rows: [score] },
      ],
    });
    const page = studyPage(makeStudy([run]));
    expect(rowsOf(page, '2b')[0].slice(0, 4)).toEqual([
      run.title,
      '12',
      '–',
      share(bySeries.metrics.accuracy!),
    ]);
    expect(rowsOf(page, '6a').map((row) => row.slice(0, 6))).toEqual([
      ['GE', 'CT', '9', '2', '1', '33.3 %'],
      ['not said', 'CT', '9', '2', '1', '33.3 %'],
    ]);
    // One value says no more than the whole.
    expect(page).not.toContain('Table 6b');
  });

  test('says how the data were split, and what is known of copies across splits', () => {
    const run = makeStudyRun();
    const text = (more: Partial<StudyRun>) => textOf(studyPage(makeStudy([{ ...run, ...more }])));
    const guard: GuardFacts = {
      atMs: Date.UTC(2026, 10, 29),
      slices: 900,
      data: 'x',
      isCurrent: true,
      open: 1,
      dismissed: 2,
    };
    const guarded = (state: typeof guard | null) => text({ frozen: { ...run.frozen!, guard: state } });
    expect(text({})).toContain('Whole datasets are in one split');
    expect(text({})).toContain('under other identifiers was not recorded');
    expect(guarded(null)).toContain('under other identifiers was not looked for');
    expect(guarded(guard)).toContain(
      'among 900 slices: 1 pair of datasets in two splits had copies in use, 2 called no leak',
    );
    expect(guarded({ ...guard, within: 1 })).toContain(
      'copies in use (1 of them one dataset whose patients were in both), 2 called no leak',
    );
    expect(guarded({ ...guard, isCurrent: false })).toContain('not exactly those of the run');
    const config: RunConfig = {
      ...run.config,
      epochBy: 'validate',
      patience: 2,
      fold: { protocol: 'patients', folds: 5, fold: 1, seed: 3 },
    };
    const folded = text({ config });
    expect(folded).toContain('The splits are those of fold 2 of 5 over patients, seed 3.');
    expect(folded).toContain('the figures say little about another hospital');
    expect(folded).toContain('By fold 2 of 5 over patients, patients were assigned to training');
    expect(folded).toContain(
      'of which the best by balanced accuracy in validation was kept, stopped after 2 epochs without a better one',
    );
  });

  test('says after which epoch a run was judged that ended early', () => {
    const run = makeStudyRun();
    const text = (epoch: number) =>
      textOf(studyPage(makeStudy([{ ...run, evaluated: { ...run.evaluated!, epoch } }])));
    expect(text(2)).toContain('after the last step of training');
    expect(text(1)).toContain('after epoch 1 of 2');
  });

  test('of a run that recorded nothing says so', () => {
    const text = textOf(
      studyPage(makeStudy([makeStudyRun(1, { frozen: null, evaluated: null, device: null })])),
    );
    expect(text).toContain('What these runs were made of was not recorded');
    expect(text).toContain('Fingerprints of the data were not recorded');
  });

  test('has the reasons of files that were not used while they are at hand', () => {
    const run = makeStudyRun();
    run.frozen!.drop = {
      ...{ startedMs: 1, files: 30, slices: 20, seconds: 1 },
      outcomes: { read: 20, other: 1, described: 1, skipped: 8 },
    };
    const skipped = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((reason, i) => ({
      reason: `Reason ${reason}.`,
      files: 8 - i,
    }));
    const words = wordsOf(studyPage({ ...makeStudy([run]), skipped }), 'flow');
    expect(words).toContain(
      '30 files in the last drop before the run, read 20, without a class 1, descriptions 1',
    );
    expect(words).toContain(
      'Not used: 8 files, Reason a: 8, Reason b: 7, Reason c: 6, Reason d: 5, Reason e: 4, other reasons: 5',
    );
  });

  test('says what caps left out, how it was drawn, and has them in its record', () => {
    const run = makeStudyRun();
    const datasets = run.frozen!.datasets.map((one, i) => ({ ...one, capped: i === 0 ? 1234 : 0 }));
    run.frozen = { ...run.frozen!, datasets, caps: { seed: 3, slices: { CT: 500 } } };
    const page = studyPage(makeStudy([run]));
    expect(wordsOf(page, 'flow')).toContain('over a dataset’s cap: 1,234');
    expect(page).toContain('Each dataset gives at most 500 CT slices, drawn with seed 3.');
    expect(page).toContain('All splits are capped alike.');
    expect(page).toContain('slices left out (excluded, over the cap, or');
    const { caps } = readRunFile(page);
    expect(caps).toEqual({ seed: 3, slices: { CT: 500 } });
    expect(runManifest(run).datasets![0].leftOut.byCap).toBe(1234);
    expect(readRunFile(studyPage(makeStudy([makeStudyRun()]))).caps).toBeNull();
  });

  test('holds a record from which the run can be repeated', () => {
    const run = { ...makeStudyRun(), config: { ...makeStudyRun().config, batch: 13 } };
    const record = readRunFile(studyPage(makeStudy([run])));
    expect(record).toEqual(readRunFile(JSON.stringify(runManifest(run))));
    expect(record.config.batch).toBe(13);
    expect(() => readRunFile(studyPage(makeStudy([makeStudyRun(1), makeStudyRun(2)])))).toThrow(
      'several runs',
    );
    expect(() => readRunFile('<!doctype html><p>A page')).toThrow('holds no record');
  });
});

describe('several runs', () => {
  const other = (seed: number, title: string): StudyRun => ({
    ...makeStudyRun(seed, { title }),
    config: { ...makeStudyRun(seed).config, network: 'vgg16' },
  });

  test('that differ in their seed alone are one row: mean and standard deviation', () => {
    const runs = [makeStudyRun(1), makeStudyRun(2), makeStudyRun(3)].map((run) => ({
      ...run,
      // The seed of a record decides its data here; those are the same.
      frozen: makeStudyRun(1).frozen,
    }));
    const page = studyPage(makeStudy(runs));
    const rows = rowsOf(page, '2');
    expect(rows).toHaveLength(1);
    const values = runs.map(({ evaluation }) => evaluation!.test!.metrics.accuracy!);
    const mean = values.reduce((sum, one) => sum + one, 0) / 3;
    const sd = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 2);
    expect(rows[0]).toContain(`${(100 * mean).toFixed(1)} % ± ${(100 * sd).toFixed(1)}`);
    expect(rows[0][0]).toBe('ResNet-18');
    expect(textOf(page)).toContain('Accuracy of ResNet-18 · 64 · 2 epochs, 3 seeds per test dataset');
    expect(rows[0][2]).toBe('3');
    expect(textOf(page)).toContain('seeds 1, 2 and 3');
    expect(page).not.toContain('Each network was trained with one seed');
  });

  test('of different networks have a row, a table and a matrix each, and one settings table of what differs', () => {
    const page = studyPage(makeStudy([makeStudyRun(1), { ...other(1, 'VGG16 · 64'), id: 'v' }]));
    expect(rowsOf(page, '2').map(([name]) => name)).toEqual(['ResNet-18', 'VGG16']);
    expect(rowsOf(page, '3')[0]).toHaveLength(6 + 2 * 2);
    expect(
      rowsOf(page, '5')
        .slice(0, 2)
        .map((row) => row.slice(0, 2)),
    ).toEqual([
      ['CT', 'ResNet-18'],
      ['CT', 'VGG16'],
    ]);
    expect(page).toContain('Figure 7b.');
    expect(page).toContain('<h1>CT, MR, PT and XR, told apart by ResNet-18 and VGG16</h1>');
    expect(rowsOf(page, '9').map((row) => row[1])).toEqual(['resnet18', 'vgg16']);
    expect(page.match(/<script /g)).toHaveLength(2);
    expect(page).toContain('Model cards</h2>');
  });

  test('of other data say so', () => {
    const page = studyPage(makeStudy([makeStudyRun(1), other(2, 'Another')]));
    expect(textOf(page)).not.toContain('made of other data');
    const changed = other(2, 'Another');
    changed.frozen!.datasets[0].fingerprint = 'ffffffffffffffff';
    expect(textOf(studyPage(makeStudy([makeStudyRun(1), changed])))).toContain(
      '1 run was made of other data than the first',
    );
  });
});

describe('text of anybody', () => {
  const HOSTILE = `"'><script>alert(1)</script><!-- | \\ *a* \u202e</script>`;
  const hostile = (): StudyRun => {
    const run = makeStudyRun(1, { title: HOSTILE, note: HOSTILE, changes: [HOSTILE] });
    for (const dataset of run.frozen!.datasets) Object.assign(dataset, { name: HOSTILE, location: HOSTILE });
    for (const split of SPLITS)
      for (const row of run.evaluation![split]!.perDataset)
        Object.assign(row, { dataset: HOSTILE, location: HOSTILE });
    const classes = DEFAULT_SET.classes.map((one) => ({ ...one, name: HOSTILE }));
    return { ...run, labelSet: { ...DEFAULT_SET, classes } };
  };

  test('is text in a page, whatever it looks like, and ends no block', () => {
    const page = studyPage({ ...makeStudy([hostile()]), skipped: [{ reason: HOSTILE, files: 1 }] });
    expect(page).not.toContain('<script>alert');
    expect(page.match(/<\/script/g)).toHaveLength(1);
    expect(page.match(/<!--/g)).toBe(null);
    const [, block] = page.split('id="run-manifest">');
    expect(JSON.parse(block.slice(0, block.indexOf('</script>'))).title).toBe(HOSTILE);
  });

  test('is one line of text in a model card', () => {
    const card = cardText(hostile(), { commit: 'abc', made: '2026-11-30' });
    expect(card).not.toContain('<script>');
    // Without what a backslash takes the meaning from, each row has the bars of its head.
    const rows = card.split('\n').filter((one) => one.startsWith('| '));
    const bars = rows.map((row) => row.replace(/\\./g, '').match(/\|/g)!.length);
    expect(rows.length).toBeGreaterThan(4);
    expect(new Set(bars)).toEqual(new Set([7, 8]));
  });
});

describe('a model card', () => {
  const options = { commit: 'abc', made: '2026-11-30T07:00:00Z' };

  test('says what the model is for, what it learned from, what it reaches and where it fails', () => {
    const run = makeStudyRun();
    const card = cardText(run, options);
    expect([...card.matchAll(/^## (.*)$/gm)].map(([, head]) => head)).toEqual([
      ...['What it is for', 'What it learned from', 'How it was trained', 'What it reaches on test'],
      ...['Probabilities and “unknown”', 'Where it fails'],
    ]);
    expect(card).toContain('Not a medical device');
    const [worst] = run.evaluation!.test!.perDataset;
    const fails = card.slice(card.indexOf('## Where it fails'));
    expect(fails).toContain(`${worst.dataset}, ${worst.modality}: `.replace(/[<>]/g, ''));
    expect(card).toContain(`Accuracy: ${share(run.evaluation!.test!.metrics.accuracy!)} (95 % `);
    expect(card).toContain('| name of train-one |');
    expect(card).not.toContain('| name of test-one | CT 1 |');
  });

  test('has licence and source where the data have them', () => {
    const run = makeStudyRun();
    const facts = { licence: 'CC BY 4.0', source: 'doi 10.1', citation: 'Somebody 2020 <i>' };
    Object.assign(run.frozen!.datasets[0], { facts });
    expect(cardText(run, options)).toContain('| CC BY 4.0 | doi 10.1 |');
    expect(cardText(makeStudyRun(), options)).toContain('| not recorded | not recorded |');
    const page = studyPage(makeStudy([run]));
    expect(rowsOf(page, '1').flat()).toContain('CC BY 4.0');
    expect(page).toContain('name of train-one: Somebody 2020 &#60;i&#62;');
  });

  test('says whether the model can call a picture unknown, and how far its probabilities are calibrated', () => {
    const plain = { ...makeStudyRun(), config: { ...makeStudyRun().config, outliers: 0 } };
    expect(cardText(plain, options)).toContain('cannot say “unknown”');
    const calibration = { temperature: 1.5, correlation: 0.2, slices: 60, series: 12 };
    expect(cardText(makeStudyRun(1, { calibration }), options)).toContain(
      'Calibrated by a temperature of 1.50, fitted to 60 slices of 12 series.',
    );
  });
});

test('runs of several shares of the data have a table by size, with what twice the data would bring', () => {
  const parts = [1 / 8, 1 / 4, 1 / 2, 1];
  const runs = parts.flatMap((part) =>
    [1, 2, 3].map((seed) => {
      const run = makeStudyRun(1, { id: `${part} ${seed}` });
      const [first, ...others] = run.frozen!.datasets;
      const train = others.filter(({ split }) => split !== 'train');
      const n = 6400 * part;
      const datasets = [{ ...first, counts: { CT: n, MR: 0, PT: 0, XR: 0 } }, ...train];
      const test = run.evaluation!.test!;
      const metrics = { ...test.metrics, balancedAccuracy: 0.95 - 6 * n ** -0.5 + 0.008 * (seed - 2) };
      const share = part < 1 ? { share: { by: 'series' as const, part, seed } } : {};
      return {
        ...run,
        config: { ...run.config, seed, ...share },
        frozen: { ...run.frozen!, datasets },
        evaluation: { ...run.evaluation!, test: { ...test, metrics } },
      };
    }),
  );
  const page = studyPage(makeStudy(runs));
  expect(rowsOf(page, '6').map(([n, count]) => [n, count])).toEqual([
    ['800', '3'],
    ['1,600', '3'],
    ['3,200', '3'],
    ['6,400', '3'],
  ]);
  expect(textOf(page)).toMatch(/With twice the slices \(12,800\): 89\.\d % ± \d\.\d\./);
  expect(textOf(page)).toContain('by the delta method');
  expect(textOf(page)).toContain('dashed: the fitted law, up to twice the largest size');
  expect(wordsOf(page, 'sizes')).toContain('mean over seeds');
  const text = textOf(page);
  expect(text).toContain(
    'Runs learned from 1/8 of the series in train, 1/4 of the series in train, 1/2 of the series in train and all of train, drawn with the seed',
  );
  expect(text.match(/stochastic gradient descent/g)).toHaveLength(1);
  expect(rowsOf(page, '2').map(([name]) => name)).toEqual([
    '1/8 of the series in train',
    '1/4 of the series in train',
    '1/2 of the series in train',
    'all of train',
  ]);
});

test('one run alone has no table by size', () => {
  expect(studyPage(makeStudy([makeStudyRun(1)]))).not.toContain('by size of the training data');
});
