/** The learning curve over data size in a report: its figures, its law and what it forecasts. */
import type { ShareUnit } from '../../dataset/share.ts';
import type { NoLaw } from '../../evaluate/powerLaw.ts';
import { LAW_METHOD, LAW_WORDS, type SizeCurve, sizeCurve, sizeGroups } from '../../train/sizeCurve.ts';
import type { Split } from '../../types.ts';
import { lines } from '../figures/lines.ts';
import { escaped, figure, percent, table, whole } from '../html.ts';
import type { StudyRun } from './study.ts';
import { SPLIT_WORDS } from './study.ts';

/** As in the other figures. */
const SHADES = ['#0072b2', '#d55e00'] as const;

/** Empty without such runs. */
export function sizeTables(runs: readonly StudyRun[], split: Split): string {
  const groups = sizeGroups(runs);
  return groups
    .map(({ by, runs: own }, i) => {
      const letter = groups.length > 1 ? String.fromCharCode(97 + i) : '';
      const curve = sizeCurve(own, split, by === 'series' ? 'slices' : 'datasets');
      return curve ? curveTable(curve, by, split, `6${letter}`) + curveFigure(curve, by, split, letter) : '';
    })
    .join('\n');
}

function curveTable(
  { means, law, forecast }: SizeCurve,
  by: ShareUnit,
  split: Split,
  number: string,
): string {
  const unit = by === 'series' ? 'Slices' : 'Datasets';
  const says = forecast
    ? `With twice the ${unit.toLowerCase()} (${whole(forecast.n)}): ${percent(forecast.value)} ± ${(100 * forecast.half).toFixed(1)}.`
    : LAW_WORDS[law as NoLaw];
  return table(
    `<b>Table ${number}.</b> Balanced accuracy on ${SPLIT_WORDS[split].toLowerCase()} by size of the training data, drawn by whole ${by}, the smaller share within the larger. ${escaped(says)} ${escaped(LAW_METHOD)}`,
    [
      { head: `${unit} in train`, numeric: true },
      { head: 'Runs', numeric: true },
      { head: 'Balanced accuracy', numeric: true },
      { head: '95 % of the mean', numeric: true },
    ],
    means.map(({ n, runs, mean, half }) => [
      whole(n),
      whole(runs),
      percent(mean),
      half === null ? '–' : `± ${(100 * half).toFixed(1)}`,
    ]),
  );
}

/** Along sizes in parts of the smallest: the means, and the law up to twice the largest. */
function curveFigure(
  { means, law, forecast }: SizeCurve,
  by: ShareUnit,
  split: Split,
  letter: string,
): string {
  const [{ n: least }] = means;
  const last = Math.round((forecast?.n ?? 0) / least);
  const drawn =
    typeof law === 'string'
      ? []
      : Array.from({ length: last }, (_, i) => ({ x: i + 1, y: law.at((i + 1) * least).value }));
  const unit = by === 'series' ? 'slices' : 'datasets';
  return figure(
    `<b>Figure 9${letter}.</b> Learning curve: balanced accuracy on ${SPLIT_WORDS[split].toLowerCase()} by size of the training data${drawn.length > 0 ? '; dashed: the fitted law, up to twice the largest size' : ''}.`,
    lines({
      name: `sizes${letter}`,
      title: 'Learning curve over data size',
      unit: 'Balanced accuracy',
      across: `Training data, in times ${whole(least)} ${unit}`,
      series: [
        {
          ...{ name: 'mean over seeds', colour: SHADES[0], dash: 0, mark: 0 },
          points: means.map(({ n, mean }) => ({ x: n / least, y: mean })),
        },
        {
          name: 'law',
          colour: SHADES[1],
          dash: 1,
          mark: 1,
          points: drawn.map(({ x, y }) => ({ x, y: Math.min(1, Math.max(0, y)) })),
        },
      ].filter(({ points }) => points.length > 0),
    }),
  );
}
