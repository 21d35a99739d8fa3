/** Two or three networks in one table each: datasets (the paper's Table 3), every metric, and every class. */
import {
  CLASS_METRICS,
  classFiguresOf,
  type DatasetScore,
  OVERALL_METRICS,
  type SplitEvaluation,
} from '../../evaluate/evaluation.ts';
import { METRICS } from '../../evaluate/metrics/index.ts';
import { labelSetOf } from '../../train/labelSetOf.ts';
import { SPLITS, type Split } from '../../types.ts';
import { type CellText, table, whole } from '../html.ts';
import { methodSentences, present } from './intervals.ts';
import { figureIn, type Group, SPLIT_WORDS, shortName, spreadOf } from './study.ts';
import { datasetLines, intervalText, nameIn, spreadText } from './tables.ts';

/** More do not fit on a page. */
const MOST_BESIDE = 3;
const numeric = true;

/** A row has one n: all must have judged the same slices. */
export function fitBeside(groups: readonly Group[], split: Split): boolean {
  const judged = groups.flatMap(({ runs }) =>
    runs.map(({ evaluation }) =>
      JSON.stringify((evaluation?.[split]?.perDataset ?? []).map((row) => [keyOf(row), row.n]).sort()),
    ),
  );
  return groups.length > 1 && groups.length <= MOST_BESIDE && new Set(judged).size === 1;
}

export function tablesBeside(groups: readonly Group[], split: Split): { datasets: string; others: string } {
  return {
    datasets: datasetsBeside(groups, split),
    others: metricsBeside(groups) + classesBeside(groups, split),
  };
}

/** One row for each dataset and class, worst first by the mean over networks. */
function datasetsBeside(groups: readonly Group[], split: Split): string {
  const set = labelSetOf(groups[0].runs[0]);
  const several = groups.some(({ runs }) => runs.length > 1);
  const lines = groups.map(
    ({ runs }) => new Map(datasetLines(runs, split).map((one) => [keyOf(one.row), one])),
  );
  const keys = [...new Set(lines.flatMap((own) => [...own.keys()]))];
  const rows = keys
    .map((key) => {
      const own = lines.map((one) => one.get(key) ?? null);
      return { own, mean: spreadOf(own.map((one) => one?.accuracy.mean ?? null))!.mean };
    })
    .sort((a, b) => a.mean - b.mean);
  const used = lines.flatMap((own) => [...own.values()].map(({ interval }) => interval));
  const cells = rows.map(({ own }): CellText[] => {
    const { row } = own.find((one) => one !== null)!;
    return [
      row.dataset,
      row.location || '–',
      nameIn(set, row.modality),
      whole(row.n),
      whole(row.series),
      whole(row.patients),
      ...own.flatMap((one) => [
        one ? spreadText('accuracy', one.accuracy) : '–',
        intervalText(one?.interval ?? null),
      ]),
    ];
  });
  return table(
    `<b>Table 3.</b> Accuracy per ${SPLIT_WORDS[split].toLowerCase()} dataset and class, worst first by the mean of the networks${several ? '; of several seeds mean ± standard deviation, and the mean of their intervals' : ''}. ${methodSentences(present(used)).join(' ')}`,
    [
      { head: 'Dataset' },
      { head: 'Location' },
      { head: 'Class' },
      { head: 'n slices', numeric },
      { head: 'Series', numeric },
      { head: 'Patients', numeric },
      ...groups.flatMap((group) => [
        { head: shortName(group, groups), numeric },
        { head: '95 %', numeric },
      ]),
    ],
    cells,
  );
}

function keyOf({ id, dataset, modality }: DatasetScore): string {
  return `${id || dataset} ${modality}`;
}

function metricsBeside(groups: readonly Group[]): string {
  const rows = OVERALL_METRICS.map((metric): CellText[] => [
    METRICS[metric].label,
    ...groups.flatMap(({ runs }) =>
      SPLITS.map((one) =>
        spreadText(metric, spreadOf(runs.map(({ evaluation }) => figureIn(evaluation?.[one], metric)))),
      ),
    ),
  ]);
  const several = groups.some(({ runs }) => runs.length > 1);
  return table(
    `<b>Table 4.</b> Every metric of each network on every split${several ? ', mean ± standard deviation over seeds; without ± it is defined for one seed only' : ''}.`,
    [
      { head: 'Metric' },
      ...groups.flatMap((group) =>
        SPLITS.map((one) => ({
          head: `${shortName(group, groups)}, ${SPLIT_WORDS[one].toLowerCase()}`,
          numeric,
        })),
      ),
    ],
    rows,
  );
}

function classesBeside(groups: readonly Group[], split: Split): string {
  const set = labelSetOf(groups[0].runs[0]);
  const rows = set.classes.flatMap(({ id, name }) =>
    groups.map((group): CellText[] => {
      const of = group.runs.map(({ evaluation }) => evaluation?.[split] ?? null);
      const at = (one: SplitEvaluation) => one.labels.indexOf(id);
      return [
        name,
        shortName(group, groups),
        whole(of[0] ? of[0].confusion[at(of[0])]?.reduce((sum, n) => sum + n, 0) : null),
        ...CLASS_METRICS.map((metric) => {
          const spread = spreadOf(
            of.map((one) => (one ? (classFiguresOf(one, metric)[at(one)] ?? null) : null)),
          );
          return spreadText(metric, spread);
        }),
      ];
    }),
  );
  return table(
    `<b>Table 5.</b> Metrics of each class on ${SPLIT_WORDS[split].toLowerCase()}${groups.some(({ runs }) => runs.length > 1) ? ', mean ± standard deviation over seeds' : ''}.`,
    [
      { head: 'Class' },
      { head: 'Network' },
      { head: 'n slices', numeric },
      ...CLASS_METRICS.map((metric) => ({ head: METRICS[metric].label, numeric })),
    ],
    rows,
  );
}
