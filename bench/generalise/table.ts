/** The study's table: a line for each variant whose folds are complete, with the spread over seeds. Pure. */
import { deviation, type Figures, mean } from './measures.ts';
import type { Stranger } from './strangers.ts';

export type Line = {
  variant: string;
  about: string;
  seeds: number;
  figures: readonly Figures[];
  mirrored: readonly Figures[];
  imagesPerSecond: number;
  /** Of each seed and fold; empty if no pictures of no class were judged. */
  strangers: readonly (readonly Stranger[])[];
};

const COLUMNS: readonly { title: string; of(figures: Figures): number }[] = [
  { title: 'cells', of: ({ balanced }) => balanced.cells },
  { title: 'slices', of: ({ balanced }) => balanced.slices },
  { title: 'series', of: ({ balanced }) => balanced.series },
  { title: 'smallest', of: ({ smallest }) => smallest },
  { title: 'poor', of: ({ poor }) => poor },
  { title: 'log loss', of: ({ logLoss }) => logLoss },
];

/** Best first, by balanced accuracy over cells. `+flip`: averaged with the mirrored slice. */
export function tableText(lines: readonly Line[], classes: readonly string[]): string {
  const sorted = lines.toSorted(
    (a, b) =>
      mean(b.figures.map(({ balanced }) => balanced.cells)) -
      mean(a.figures.map(({ balanced }) => balanced.cells)),
  );
  const rows = [
    [
      'variant',
      'seeds',
      ...COLUMNS.map(({ title }) => title),
      ...classes,
      '+flip cells',
      '+flip series',
      'images/s',
    ],
    ...sorted.map(({ variant, seeds, figures, mirrored, imagesPerSecond }) => [
      variant,
      String(seeds),
      ...COLUMNS.map(({ of }) => spread(figures.map(of))),
      ...classes.map((_, c) => spread(figures.map(({ recalls }) => recalls[c] ?? Number.NaN))),
      spread(mirrored.map(({ balanced }) => balanced.cells)),
      spread(mirrored.map(({ balanced }) => balanced.series)),
      imagesPerSecond.toFixed(0),
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column])))
        .join('  '),
    )
    .join('\n');
}

/** For each variant and score: AUROC, and the share falsely called known at 95 % coverage. Null if there is none. */
export function strangersText(lines: readonly Line[]): string | null {
  const rows = lines
    .filter(({ strangers }) => strangers.length > 0)
    .map(({ variant, strangers }) => {
      const scores = strangers[0].map(({ score }, at) => {
        const [areas, shares] = [
          strangers.map((all) => all[at].auroc),
          strangers.map((all) => all[at].falsely),
        ];
        return `${score} ${mean(areas).toFixed(3)} / ${mean(shares).toFixed(3)}`;
      });
      return `  ${variant}: ${scores.join(', ')}`;
    });
  return rows.length > 0 ? rows.join('\n') : null;
}

/** The mean, and ± the standard deviation where there are several. */
function spread(values: readonly number[]): string {
  const deviated = deviation(values);
  return deviated === null ? mean(values).toFixed(3) : `${mean(values).toFixed(3)}±${deviated.toFixed(3)}`;
}

/** The cells of a variant's worst recalls, of all seeds together. */
export function worstText(
  line: Line,
  datasets: readonly { name: string }[],
  classes: readonly string[],
  most: number,
): string {
  const recalls = new Map<string, { slices: number; recalls: number[]; answers: number[] }>();
  for (const { cells } of line.figures)
    for (const { dataset, label, slices, recall, answers } of cells) {
      const key = `${datasets[dataset].name} ${classes[label]}`;
      const entry = recalls.get(key) ?? { slices, recalls: [], answers: answers.map(() => 0) };
      entry.recalls.push(recall);
      answers.forEach((count, c) => {
        entry.answers[c] += count;
      });
      recalls.set(key, entry);
    }
  return [...recalls]
    .sort(([, a], [, b]) => mean(a.recalls) - mean(b.recalls))
    .slice(0, most)
    .map(
      ([key, entry]) =>
        `  ${spread(entry.recalls)}  ${key} (${entry.slices}): ${classes.map((name, c) => `${name} ${entry.answers[c]}`).join(', ')}`,
    )
    .join('\n');
}
