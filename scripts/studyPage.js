/** The tables of docs/study.md, made of a study that `npm run study -- --save` has kept in bench/results. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './setup.js';

/** MacFadyen, Duraiswamy and Harris-Birtill 2023: its sizes, and its Table 2. */
export const PAPER = {
  slices: { train: 2_954_097, validate: 704_685, test: 867_231 },
  datasets: { train: 73, validate: 13, test: 16 },
  networks: /** @type {Record<string, { accuracy: string, balanced: string }>} */ ({
    resnet18: { accuracy: '96.00 %', balanced: '86.17 %' },
    resnet50: { accuracy: '95.60 %', balanced: '85.65 %' },
    vgg16: { accuracy: '94.58 %', balanced: '81.08 %' },
  }),
};

/**
 * @typedef {{ mean: number, sd: number | null, low: number, high: number, n: number }} Spread
 * @typedef {{ low: number, high: number, method: string, by: string, clusters: number }} Range
 * @typedef {{ difference: number, interval: Range | null, p: number | null, adjusted: number | null }} Difference
 * @typedef {{
 *   network: string, parameters: number, settings: Record<string, string>, trainingSeconds: Spread,
 *   overSeeds: Record<string, Record<string, Spread | null>>,
 *   perDataset: { dataset: string, label: string, n: number, accuracy: Spread }[],
 *   runs: { seed: number, trainingSeconds: number, evaluation: Record<string, { n: number,
 *     metrics: Record<string, number>, intervals: Record<string, Range | null> }> }[],
 * }} Network
 * @typedef {{ totals: Record<string, { datasets: number, slices: number, series: number, patients: number }>,
 *   guard: { slices: number, open: number } | null, warnings: string[] }} Data
 * @typedef {{ data: Data, networks: Network[], chance?: { label: string, accuracy: number, balancedAccuracy: number } | null,
 *   pairs: { first: string, second: string, by: string, clusters: number, accuracy: Difference, balancedAccuracy: Difference }[] }} Study
 * @typedef {{ date: string, machine: { processor: string, cores: number }, command: string, study: Study }} Kept
 */

/** The newest one; null if none was kept. @returns {Kept | null} */
export function readStudy(folder = join(ROOT, 'bench/results')) {
  if (!existsSync(folder)) return null;
  const name = readdirSync(folder)
    .filter((one) => one.endsWith('-study.json'))
    .sort()
    .at(-1);
  if (!name) return null;
  const { date, machine, results } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const [{ command, study }] = results;
  return { date, machine, command, study };
}

/** @param {Kept} kept @param {(network: string) => string} label */
export function studyTables({ date, machine, command, study }, label) {
  const { data, networks, pairs } = study;
  const name = (/** @type {string} */ group) => group.split(' · ')[0];
  return [
    `Made on ${date} on ${machine.cores} cores of ${machine.processor} (load and cores shared) by`,
    `\`\`\`sh\n${command}\n\`\`\``,
    shownWords(networks[0], data),
    dataTable(data),
    networkTable(networks, label),
    chanceWords(study.chance),
    runTable(networks, label),
    pairTable(pairs, name),
    datasetTable(networks, label),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** How much a network was shown, beside the paper's. @param {Network} network @param {Data} data */
function shownWords({ settings }, { totals }) {
  const epochs = Number(settings.Epochs);
  const batch = Number(settings.Batch);
  const each = Math.ceil(Math.max(totals.train.slices, Number(settings['Least images an epoch'])) / batch);
  const pictures = whole(epochs * each * batch);
  return `Each network was shown ${pictures} pictures of ${settings['Image size']} × ${settings['Image size']} in ${whole(epochs * each)} steps of ${batch} (${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}); those of the paper ${whole(10 * PAPER.slices.train)} of 224 × 224.`;
}

/** @param {Data} data */
function dataTable({ totals, guard }) {
  const rows = /** @type {const} */ (['train', 'validate', 'test']).map((split) => {
    const { datasets, slices, series, patients } = totals[split];
    return [
      split,
      `${whole(PAPER.slices[split])} of ${PAPER.datasets[split]} datasets`,
      `${whole(slices)} of ${datasets} datasets`,
      whole(series),
      whole(patients),
    ];
  });
  const copies = guard
    ? `Copies of pictures across splits were looked for among ${whole(guard.slices)} slices: ${guard.open} pairs of datasets.`
    : 'Copies of pictures across splits were not looked for.';
  return `${grid(['Slices (its Fig. 3)', 'paper', 'here', 'series', 'patients'], rows)}\n\n${copies}`;
}

/** @param {Network[]} networks @param {(network: string) => string} label */
function networkTable(networks, label) {
  const rows = networks.map(({ network, parameters, overSeeds, trainingSeconds, runs }) => [
    label(network),
    whole(parameters),
    PAPER.networks[network]?.accuracy ?? '–',
    spread(overSeeds.test.accuracy),
    PAPER.networks[network]?.balanced ?? '–',
    spread(overSeeds.test.balancedAccuracy),
    spread(overSeeds.validate.balancedAccuracy),
    spread(overSeeds.train.balancedAccuracy),
    `${Math.round(trainingSeconds.mean / 6) / 10} min`,
    String(runs.length),
  ]);
  const head = [
    ...['Test (its Table 2)', 'parameters', 'accuracy, paper', 'here', 'balanced, paper', 'here'],
    ...['balanced, validate', 'balanced, train', 'training', 'seeds'],
  ];
  return grid(head, rows);
}

/** @param {Study['chance']} chance */
function chanceWords(chance) {
  return chance
    ? `“${chance.label}” for every slice reaches ${percent(chance.accuracy)} and, balanced, ${percent(chance.balancedAccuracy)}.`
    : '';
}

/** @param {Network[]} networks @param {(network: string) => string} label */
function runTable(networks, label) {
  const rows = networks.flatMap(({ network, runs }) =>
    runs.map(({ seed, evaluation: { test } }) => [
      label(network),
      String(seed),
      whole(test.n),
      `${percent(test.metrics.accuracy)} (${range(test.intervals.accuracy)})`,
      `${percent(test.metrics.balancedAccuracy)} (${range(test.intervals.balancedAccuracy)})`,
    ]),
  );
  return grid(['Each run', 'seed', 'n slices', 'accuracy (95 %)', 'balanced (95 %)'], rows);
}

/** @param {Study['pairs']} pairs @param {(group: string) => string} name */
function pairTable(pairs, name) {
  if (pairs.length === 0) return '';
  const cells = (/** @type {Difference} */ { difference, interval, adjusted }) => [
    `${points(difference)}${interval ? ` (${points(interval.low)} to ${points(interval.high)})` : ''}`,
    adjusted === null ? '–' : adjusted < 0.001 ? '<0.001' : adjusted.toFixed(3),
  ];
  const rows = pairs.map(({ first, second, accuracy, balancedAccuracy }) => [
    `${name(second)} less ${name(first)}`,
    ...cells(accuracy),
    ...cells(balancedAccuracy),
  ]);
  const [{ by, clusters }] = pairs;
  return `${grid(['Points (95 %)', 'accuracy', 'p, Holm', 'balanced', 'p, Holm'], rows)}\n\nPaired permutation tests that move whole ${by === 'series' ? by : `${by}s`} (${whole(clusters)}), corrected for ${pairs.length} pairs.`;
}

/** Worst first by the mean of the networks. @param {Network[]} networks @param {(network: string) => string} label */
function datasetTable(networks, label) {
  const mean = (/** @type {number[]} */ values) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const rows = networks[0].perDataset
    .map((row) => {
      const own = networks.map(
        ({ perDataset }) =>
          perDataset.find((one) => one.dataset === row.dataset && one.label === row.label)?.accuracy ?? null,
      );
      return { row, own, mean: mean(own.flatMap((one) => one?.mean ?? [])) };
    })
    .sort((a, b) => a.mean - b.mean);
  return grid(
    ['Test dataset (its Table 3)', 'class', 'n', ...networks.map(({ network }) => label(network))],
    rows.map(({ row, own }) => [row.dataset, row.label, whole(row.n), ...own.map(spread)]),
  );
}

/** @param {string[]} head @param {string[][]} rows */
function grid(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** @param {number} value */
function whole(value) {
  return value.toLocaleString('en-US');
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

/** @param {Spread | null} of */
function spread(of) {
  if (!of) return '–';
  return of.sd === null ? percent(of.mean) : `${percent(of.mean)} ± ${(100 * of.sd).toFixed(1)}`;
}

/** @param {Range | null} of */
function range(of) {
  return of ? `${(100 * of.low).toFixed(1)}–${(100 * of.high).toFixed(1)}` : '–';
}

/** @param {number} share */
function points(share) {
  const text = (100 * share).toFixed(1);
  return Number(text) === 0 ? '0.0' : text.startsWith('-') ? `−${text.slice(1)}` : `+${text}`;
}
