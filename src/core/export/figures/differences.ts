/** The confusion matrix of one run less that of another: better in bold on blue, worse on red, each with its sign. */
import { whole } from '../html.ts';
import { box, INK, LINE, shortened, svg, text } from './svg.ts';

export type DifferencesInput = {
  name: string;
  title: string;
  /** Names of the classes. */
  labels: readonly string[];
  /** Rows: true class; slices more, or fewer. */
  changes: readonly (readonly number[])[];
};

const WORSE = '#f3b9a6';
const BETTER = '#d5e6f3';

export function differences({ name, title, labels, changes }: DifferencesInput): string {
  const k = labels.length;
  const side = Math.min(86, 480 / k);
  const tall = Math.min(40, side);
  const [left, top] = [128, 46];
  const small = side < 46;
  const most = Math.max(4, Math.floor(side / 6));
  const parts = [
    text(left + (k * side) / 2, 12, 'Predicted', { anchor: 'middle', bold: true }),
    text(12, top + (k * tall) / 2, 'True', { anchor: 'middle', bold: true, turned: -90 }),
  ];
  labels.forEach((label, i) => {
    parts.push(text(left + (i + 0.5) * side, top - 8, shortened(label, most), { anchor: 'middle' }));
    parts.push(text(left - 8, top + (i + 0.5) * tall + 4, shortened(label, 16), { anchor: 'end' }));
  });
  changes.forEach((row, i) => {
    row.forEach((change, j) => {
      const isBetter = change > 0 === (i === j);
      const fill = change === 0 ? '#fff' : isBetter ? BETTER : WORSE;
      const [x, y] = [left + j * side, top + i * tall];
      parts.push(box(x, y, side, tall, fill, i === j ? INK : LINE));
      parts.push(
        text(x + side / 2, y + tall / 2 + (small ? 3 : 4), signed(change), {
          anchor: 'middle',
          bold: change !== 0 && isBetter,
          ...(small ? { size: 8 } : {}),
        }),
      );
    });
  });
  const words = changes
    .map(
      (row, i) =>
        `Of true ${labels[i]}: ${row.map((change, j) => `${signed(change)} as ${labels[j]}`).join(', ')}.`,
    )
    .join(' ');
  return svg(name, top + k * tall + 6, title, words, parts);
}

function signed(change: number): string {
  return change === 0 ? '0' : `${change > 0 ? '+' : '−'}${whole(Math.abs(change))}`;
}
