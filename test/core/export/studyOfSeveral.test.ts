/** A report of three networks with three seeds: what a reviewer asks of several runs. */
import { describe, expect, test } from 'vitest';
import { figureOf, intervalOf } from '../../../src/core/evaluate/evaluation.ts';
import { groupPairs } from '../../../src/core/evaluate/groupTests.ts';
import { studyPage, studyRecord } from '../../../src/core/export/study/index.ts';
import type { Judged, StudyInput, StudyRun } from '../../../src/core/export/study/study.ts';
import { hash32 } from '../../../src/core/random.ts';
import { makeStudy, makeStudyRun } from '../../builders/study.ts';

const NETWORKS = ['resnet18', 'resnet50', 'vgg16'];
const SEEDS = [1, 2, 3];

/** Of the same data; begun seed by seed, as a queue does, and listed from the newest. */
function nineRuns(): StudyRun[] {
  const { frozen } = makeStudyRun(1);
  const runs = SEEDS.flatMap((seed, s) =>
    NETWORKS.map((network, i) => {
      const run = makeStudyRun(10 * seed + i, { frozen }, 1);
      return {
        ...run,
        id: `${network}-${seed}`,
        title: `Study · ${network} · seed ${seed}`,
        started: `2026-11-30T0${s}:0${i}:00.000Z`,
        config: { ...run.config, network, seed },
      };
    }),
  );
  return [runs[0], ...runs.slice(1).reverse()];
}

function judgedBy(runs: readonly StudyRun[], wrong: (run: number) => number): Judged {
  const n = 120;
  const truth = Uint8Array.from({ length: n }, (_, i) => i % 4);
  const patient = Uint32Array.from({ length: n }, (_, i) => Math.floor(i / 8));
  const answer = (run: number) => (label: number, i: number) =>
    hash32(run, 0, i) / 2 ** 32 < wrong(run) ? (label + 1) % 4 : label;
  return {
    classes: 4,
    truth,
    subjects: { series: patient, patient },
    answers: new Map(runs.map(({ id }, run) => [id, truth.map(answer(run))])),
  };
}

function textOf(html: string): string {
  return html
    .replace(/<wbr>/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

function rowsOf(page: string, number: string): string[][] {
  const at = page.indexOf(`<caption><b>Table ${number}.</b>`);
  expect(at, `Table ${number}`).toBeGreaterThan(0);
  const body = page.slice(page.indexOf('<tbody>', at), page.indexOf('</tbody>', at));
  return body
    .split('<tr>')
    .slice(1)
    .map((row) => (row.match(/<t[hd][^>]*>[\s\S]*?<\/t[hd]>/g) ?? []).map(textOf));
}

describe('a report of nine runs', () => {
  const runs = nineRuns();
  const input: StudyInput = {
    ...makeStudy(runs),
    judged: judgedBy(runs, (run) => 0.1 + 0.02 * run),
    browser: 'Mozilla/5.0 HeadlessChrome/156.0.0.0',
  };
  const page = studyPage(input);
  const text = textOf(page);

  test('has a row for each network, in the order in which they were begun, beside three seeds', () => {
    expect(rowsOf(page, '2').map((row) => [row[0], row[2]])).toEqual([
      ['ResNet-18', '3'],
      ['ResNet-50', '3'],
      ['VGG16', '3'],
    ]);
  });

  test('has every run by itself, with its interval, by network and seed', () => {
    const rows = rowsOf(page, '2d');
    expect(rows.map(([name, seed]) => `${name} ${seed}`)).toEqual(
      ['ResNet-18', 'ResNet-50', 'VGG16'].flatMap((name) => SEEDS.map((seed) => `${name} ${seed}`)),
    );
    const of = runs.find(({ id }) => id === 'resnet50-2')!.evaluation!.test!;
    const { low, high } = intervalOf(of, 'accuracy')!;
    expect(rows[4].slice(3, 6)).toEqual([
      of.n.toLocaleString('en-US'),
      `${(100 * figureOf(of, 'accuracy')!).toFixed(1)} %`,
      `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)} %`,
    ]);
  });

  test('compares each pair on the slices that all judged, and corrects for three pairs', () => {
    const rows = rowsOf(page, '2c');
    expect(rows.map(([pair]) => pair)).toEqual([
      'ResNet-50 less ResNet-18',
      'VGG16 less ResNet-18',
      'VGG16 less ResNet-50',
    ]);
    const { answers, ...judged } = input.judged!;
    const own = NETWORKS.map((network) => SEEDS.map((seed) => answers.get(`${network}-${seed}`)!));
    const [first] = groupPairs({ ...judged, answers: own }, judged.subjects);
    const points = 100 * first.accuracy.difference;
    expect(rows[0][1]).toBe(`${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)} points`);
    expect(rows[0][3]).toBe(first.accuracy.p!.toFixed(3));
    expect(rows[0][4]).toBe(first.accuracy.adjusted!.toFixed(3));
    expect(text).toContain('corrected for 3 pairs');
    expect(text).toContain('Holm (1979)');
  });

  test('compares nothing where a run judged other slices', () => {
    const answers = new Map(input.judged!.answers);
    answers.delete('vgg16-3');
    const other = studyPage({ ...input, judged: { ...input.judged!, answers } });
    expect(other).not.toContain('Table 2c.');
    expect(textOf(other)).not.toContain('Holm (1979)');
    expect(studyPage({ ...input, judged: null })).not.toContain('Table 2c.');
  });

  test('has datasets in one table for all networks, worst first by their mean', () => {
    const rows = rowsOf(page, '3');
    const means = rows.map((row) => [6, 8, 10].map((at) => row[at]).filter((one) => one !== '–'));
    const sums = means.map(
      (own) => own.reduce((sum, one) => sum + Number.parseFloat(one.replace('<', '')), 0) / own.length,
    );
    for (const [i, sum] of sums.entries()) expect(sum).toBeGreaterThanOrEqual((sums[i - 1] ?? 0) - 0.2);
    expect(new Set(rows.map((row) => `${row[0]} ${row[2]}`)).size).toBe(rows.length);
  });

  test('gives each network its own tables where they judged other slices', () => {
    const [first, ...others] = runs;
    const other = { ...first, evaluation: makeStudyRun(1, {}, 99).evaluation };
    const apart = studyPage({ ...input, runs: [other, ...others] });
    expect(rowsOf(apart, '3b').length).toBeGreaterThan(4);
    expect(apart).not.toContain('Table 3.</b>');
  });

  test('of folds over patients claims no datasets that were never seen', () => {
    const fold = { protocol: 'patients', folds: 5, fold: 0, seed: 1 } as const;
    const folded = runs.map((run) => ({ ...run, config: { ...run.config, fold } }));
    const folds = studyPage({ ...input, runs: folded });
    expect(textOf(folds)).toContain('on patients that it has not learned from (test)');
    expect(text).toContain('on datasets that it has not learned from (test)');
    const external = (of: string) => rowsOf(of, '8').find(([, item]) => item === 'External data')![2];
    expect([external(page), external(folds)]).toEqual([
      'Table 3: each test dataset is one',
      'for the author',
    ]);
  });

  test('numbers every table and figure once, with a learning curve, too', () => {
    const shares = [0.25, 0.5, 1].flatMap((part, i) =>
      [1, 2].map((seed) => {
        const run = makeStudyRun(10 * seed + i, {}, 1);
        const share = part < 1 ? { share: { part, by: 'series', seed } as const } : {};
        return { ...run, id: `${part}-${seed}`, config: { ...run.config, seed, ...share } };
      }),
    );
    for (const one of [page, studyPage(makeStudy(shares))]) {
      const numbers = [...one.matchAll(/<b>((?:Table|Figure) \d+\w?)\.<\/b>/g)].map(([, number]) => number);
      expect(new Set(numbers).size).toBe(numbers.length);
    }
  });

  test('draws a training of few epochs by its steps', () => {
    const points = Array.from({ length: 24 }, (_, i) => ({
      ...{ step: i + 1, epoch: (i + 1) / 24, loss: 1, accuracy: i / 24 },
      ...{ learningRate: 0.1, imagesPerSecond: 9, dataWait: 0, secondsLeft: 0 },
    }));
    const short = runs.map((run) => ({ ...run, points, history: run.history!.slice(0, 1) }));
    const drawn = studyPage({ ...input, runs: short });
    expect(textOf(drawn)).toContain('in 12 parts of the training');
    // Steps 1 and 2, and steps 23 and 24.
    expect(drawn).toContain('ResNet-18, train: 2.1 % first, 93.8 % last.');
    expect(text).not.toContain('parts of the training');
  });

  test('says what an answer reaches that does not look, and which networks are no better', () => {
    const { confusion } = runs[0].evaluation!.test!;
    const n = confusion.map((row) => row.reduce((sum, one) => sum + one, 0));
    const most = Math.max(...n) / n.reduce((sum, one) => sum + one, 0);
    expect(text).toContain(`for every slice reaches an accuracy of ${(100 * most).toFixed(1)} %`);
    const blindly = runs.map((run) => {
      if (run.config.network !== 'vgg16') return run;
      const test = run.evaluation!.test!;
      const all = test.confusion.map((row) => [row.reduce((sum, one) => sum + one, 0), 0, 0, 0]);
      const metrics = { ...test.metrics, balancedAccuracy: 0.25 };
      return { ...run, evaluation: { ...run.evaluation!, test: { ...test, confusion: all, metrics } } };
    });
    expect(textOf(studyPage({ ...input, runs: blindly }))).toContain(
      'VGG16: the balanced accuracy on test is not above that of an answer without looking (25.0 %)',
    );
  });

  test('warns of classes of very few patients', () => {
    const [first, ...others] = runs;
    const test = first.evaluation!.test!;
    const subjects = {
      ...{ series: 40, patients: 40 },
      perClass: [38, 2, 20, 0].map((patients) => ({ series: 40, patients })),
    };
    const few = { ...first, evaluation: { ...first.evaluation!, test: { ...test, subjects } } };
    expect(textOf(studyPage({ ...input, runs: [few, ...others] }))).toContain('(MR of 2 patients)');
    expect(text).not.toContain('of very few patients');
  });

  test('reads locations by class, with commas in brackets', () => {
    const { frozen } = runs[0];
    const location = 'head (skull, base); breast (MR)';
    const changed = { ...frozen!, datasets: frozen!.datasets.map((one) => ({ ...one, location })) };
    const rows = rowsOf(
      studyPage({ ...input, runs: runs.map((run) => ({ ...run, frozen: changed })) }),
      '1b',
    );
    expect(rows.find(([name]) => name === 'CT')![1]).toMatch(/datasets?: head$/);
    expect(rows.find(([name]) => name === 'MR')![1]).toMatch(/datasets?: breast and head$/);
  });

  test('says how all networks were trained once, with the ranges of the augmentation', () => {
    expect(text.match(/stochastic gradient descent/g)).toHaveLength(1);
    expect(text).toMatch(/ResNet-18 \([\d,]+ parameters\), ResNet-50 \([\d,]+ parameters\) and VGG16/);
    const changed = runs.map((run) => ({ ...run, config: { ...run.config, augment: true } }));
    expect(textOf(studyPage({ ...input, runs: changed }))).toContain('turned by up to 15°');
  });

  test('says what software and which browser wrote it', () => {
    expect(text).toContain('in Chrome 156');
  });

  test('does not call the highest on test the best', () => {
    expect(text).toContain('picked on test itself, which flatters it');
  });

  test('has a card of all models, which says the weakest datasets of each network', () => {
    expect(rowsOf(page, '7')).toHaveLength(9);
    const [, fails] = page.split('Where they fail</h3>');
    for (const name of ['ResNet-18', 'ResNet-50', 'VGG16']) expect(textOf(fails)).toContain(`${name}: `);
  });

  test('answers a checklist, and leaves to the author what only they know', () => {
    const rows = rowsOf(page, '8');
    expect(rows).toHaveLength(42);
    expect(rows.find(([, item]) => item === 'Funding')).toEqual([
      '42',
      'Funding',
      'for the author',
      'all of it',
    ]);
    expect(rows.find(([, item]) => item === 'Flow of cases')!.slice(2)).toEqual(['Figure 1', '']);
  });
});

describe('the JSON of a report', () => {
  const runs = nineRuns();
  const input = { ...makeStudy(runs), judged: judgedBy(runs, () => 0.2) };
  const record = studyRecord(input);

  test('holds the numbers of the page', () => {
    const page = studyPage(input);
    const row = rowsOf(page, '2')[1];
    const { accuracy } = record.networks[1].overSeeds.test;
    expect(row).toContain(`${(100 * accuracy!.mean).toFixed(1)} % ± ${(100 * accuracy!.sd!).toFixed(1)}`);
    expect(record.networks.map(({ network, runs: own }) => [network, own.map(({ seed }) => seed)])).toEqual(
      NETWORKS.map((network) => [network, SEEDS]),
    );
    expect(record.pairs).toHaveLength(3);
    const [worst] = rowsOf(page, '3');
    const own = record.networks[2].perDataset.find(
      ({ dataset, label }) => dataset === worst[0] && label === worst[2],
    )!;
    expect(worst[10]).toBe(
      `${(100 * own.accuracy.mean).toFixed(1)} %${own.accuracy.sd === null ? '' : ` ± ${(100 * own.accuracy.sd).toFixed(1)}`}`,
    );
  });

  test('is the same as text and back, and has no number that JSON cannot hold', () => {
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
  });
});
