/** Networks against each other in a report: every run by itself, and tests of each pair that count how many were made. */
import { intervalOf } from '../../evaluate/evaluation.ts';
import { type GroupDifference, type GroupPair, groupPairs, PERMUTATIONS } from '../../evaluate/groupTests.ts';
import type { Split } from '../../types.ts';
import { type CellText, counted, percent, seconds, table, whole } from '../html.ts';
import { methodSentences, present } from './intervals.ts';
import { figureIn, type Group, type Judged, SPLIT_WORDS, shortName, trainingSeconds } from './study.ts';
import { intervalText } from './tables.ts';

const numeric = true;

/** Pairs of groups whose runs all judged the same slices; empty if some did not, or there is one group. */
export function pairsOf(groups: readonly Group[], judged: Judged | null | undefined): GroupPair[] {
  if (!judged || groups.length < 2) return [];
  const answers = groups.map(({ runs }) => runs.flatMap(({ id }) => judged.answers.get(id) ?? []));
  if (answers.some((own, g) => own.length < groups[g].runs.length)) return [];
  return groupPairs({ ...judged, answers }, judged.subjects);
}

export function pairsTable(groups: readonly Group[], pairs: readonly GroupPair[], split: Split): string {
  if (pairs.length === 0) return '';
  const [{ by, clusters }] = pairs;
  const cells = ({ difference, interval, p, adjusted }: GroupDifference): CellText[] => [
    `${signed(difference)} points`,
    interval ? `${signed(interval.low)} to ${signed(interval.high)}` : '–',
    pText(p),
    pText(adjusted),
  ];
  const rows = pairs.map(({ first, second, accuracy, balancedAccuracy }): CellText[] => [
    `${shortName(groups[second], groups)} less ${shortName(groups[first], groups)}`,
    ...cells(accuracy),
    ...cells(balancedAccuracy),
  ]);
  const seeds = groups.some(({ runs }) => runs.length > 1) ? ', mean over the seeds of each' : '';
  const four = (name: string) => [
    { head: name, numeric },
    { head: '95 %', numeric },
    { head: 'p', numeric },
    { head: 'p, Holm', numeric },
  ];
  return table(
    `<b>Table 2c.</b> Differences of networks on the same ${SPLIT_WORDS[split].toLowerCase()} slices${seeds}. Intervals: paired bootstrap; p: paired permutation test of ${whole(PERMUTATIONS)} draws; both move whole ${by === 'series' ? by : `${by}s`} (${whole(clusters)}). Holm: corrected for ${counted(pairs.length, 'pair')}.`,
    [{ head: 'Pair' }, ...four('Accuracy'), ...four('Balanced')],
    rows,
  );
}

/** Each run with its own figures: what a mean over seeds leaves out. Empty of a single run. */
export function runsTable(groups: readonly Group[], split: Split): string {
  const runs = groups.flatMap((group) => group.runs.map((run) => ({ group, run })));
  if (runs.length < 2) return '';
  const used = runs.flatMap(({ run: { evaluation } }) => {
    const of = evaluation?.[split];
    return of ? present([intervalOf(of, 'accuracy'), intervalOf(of, 'balancedAccuracy')]) : [];
  });
  const rows = runs.map(({ group, run }): CellText[] => {
    const { evaluation, evaluated, config } = run;
    const of = evaluation?.[split] ?? null;
    return [
      shortName(group, groups),
      String(config.seed),
      config.epochs > 0 ? `${evaluated?.epoch ?? '–'} of ${config.epochs}` : '–',
      whole(of?.n),
      percent(figureIn(of, 'accuracy')),
      intervalText(of && intervalOf(of, 'accuracy')),
      percent(figureIn(of, 'balancedAccuracy')),
      intervalText(of && intervalOf(of, 'balancedAccuracy')),
      percent(figureIn(evaluation?.validate, 'balancedAccuracy')),
      seconds(trainingSeconds(run)),
    ];
  });
  return table(
    `<b>Table 2d.</b> Every run on ${SPLIT_WORDS[split].toLowerCase()}, with its own intervals. ${methodSentences(used).join(' ')}`,
    [
      { head: 'Run' },
      { head: 'Seed', numeric },
      { head: 'Epoch kept', numeric },
      { head: 'n slices', numeric },
      { head: 'Accuracy', numeric },
      { head: '95 %', numeric },
      { head: 'Balanced', numeric },
      { head: '95 %', numeric },
      { head: 'Balanced, validate', numeric },
      { head: 'Training', numeric },
    ],
    rows,
  );
}

/** In points of a hundred, with its sign. */
function signed(share: number): string {
  const points = (100 * share).toFixed(1);
  return Number(points) === 0 ? '0.0' : points.startsWith('-') ? `−${points.slice(1)}` : `+${points}`;
}

function pText(p: number | null): string {
  if (p === null) return '–';
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}
