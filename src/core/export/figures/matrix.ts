/** A confusion matrix: counts, with the share of their row as number and as shade. */
import { percent, whole } from '../html.ts';
import { box, INK, LINE, shortened, svg, text } from './svg.ts';

export type MatrixInput = {
  name: string;
  title: string;
  /** Names of the classes. */
  labels: readonly string[];
  /** Rows: true class. */
  counts: readonly (readonly number[])[];
};

export function matrix({ name, title, labels, counts }: MatrixInput): string {
  const k = labels.length;
  const side = Math.min(86, 480 / k);
  const tall = Math.min(46, side);
  const [left, top] = [128, 46];
  const parts = [
    text(left + (k * side) / 2, 12, 'Predicted', { anchor: 'middle', bold: true }),
    text(12, top + (k * tall) / 2, 'True', { anchor: 'middle', bold: true, turned: -90 }),
  ];
  const small = side < 46;
  const most = Math.max(4, Math.floor(side / 6));
  labels.forEach((label, i) => {
    parts.push(text(left + (i + 0.5) * side, top - 8, shortened(label, most), { anchor: 'middle' }));
    parts.push(text(left - 8, top + (i + 0.5) * tall + 4, shortened(label, 16), { anchor: 'end' }));
  });
  counts.forEach((row, i) => {
    const n = row.reduce((sum, one) => sum + one, 0);
    row.forEach((count, j) => {
      const share = n > 0 ? count / n : 0;
      const [x, y] = [left + j * side, top + i * tall];
      // From white to a blue that prints as a middle grey.
      const shade = [255 - 185 * share, 255 - 130 * share, 255 - 70 * share].map(Math.round);
      parts.push(box(x, y, side, tall, `rgb(${shade.join(',')})`, i === j ? INK : LINE));
      const words = { anchor: 'middle', ...(small ? { size: 8 } : {}) } as const;
      parts.push(
        text(x + side / 2, y + tall / 2 + (small ? 3 : -2), whole(count), { ...words, bold: i === j }),
      );
      if (!small)
        parts.push(
          text(x + side / 2, y + tall / 2 + 13, n > 0 ? percent(share) : '–', { anchor: 'middle', size: 9 }),
        );
    });
  });
  const words = counts
    .map(
      (row, i) =>
        `Of true ${labels[i]}: ${row.map((count, j) => `${whole(count)} as ${labels[j]}`).join(', ')}.`,
    )
    .join(' ');
  return svg(name, top + k * tall + 6, title, words, parts);
}
