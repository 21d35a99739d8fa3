/** The reliability diagram: how often answers of a probability are right, as points whose size is their number. */
import type { ReliabilityBin } from '../../evaluate/reliability.ts';
import { percent, whole } from '../html.ts';
import { INK, LINE, legend, line, mark, round, svg, text } from './svg.ts';

export type DiagramInput = {
  name: string;
  title: string;
  curves: readonly { name: string; colour: string; bins: readonly ReliabilityBin[] }[];
};

const [LEFT, TOP, SIDE] = [60, 8, 250];

export function diagram({ name, title, curves }: DiagramInput): string {
  const toX = (share: number) => LEFT + share * SIDE;
  const toY = (share: number) => TOP + SIDE - share * SIDE;
  const parts: string[] = [];
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    parts.push(
      line(LEFT, toY(share), LEFT + SIDE, toY(share)),
      line(toX(share), TOP, toX(share), TOP + SIDE),
    );
    parts.push(text(LEFT - 6, toY(share) + 4, `${100 * share} %`, { anchor: 'end' }));
    parts.push(text(toX(share), TOP + SIDE + 15, `${100 * share} %`, { anchor: 'middle' }));
  }
  parts.push(line(toX(0), toY(0), toX(1), toY(1), INK, 1, '2 3'));
  parts.push(text(LEFT + SIDE / 2, TOP + SIDE + 32, 'Probability of the answer', { anchor: 'middle' }));
  parts.push(text(14, TOP + SIDE / 2, 'Share that is right', { anchor: 'middle', turned: -90 }));
  curves.forEach(({ colour, bins }, i) => {
    const used = bins.filter(({ n }) => n > 0);
    const path = used.map(
      (bin, at) => `${at ? 'L' : 'M'}${round(toX(bin.confidence))} ${round(toY(bin.accuracy))}`,
    );
    parts.push(
      `<path d="${path.join('')}" fill="none" stroke="${colour}" stroke-width="1.6"${i ? ' stroke-dasharray="6 3"' : ''}/>`,
    );
    for (const bin of used) parts.push(mark(i, toX(bin.confidence), toY(bin.accuracy), colour));
  });
  const counts = curves[0]?.bins.filter(({ n }) => n > 0) ?? [];
  const most = Math.max(1, ...counts.map(({ n }) => n));
  const beside = LEFT + SIDE + 50;
  parts.push(text(beside, TOP + 8, 'Slices by probability'));
  counts.forEach((bin, i) => {
    const y = TOP + 24 + i * 16;
    const words = `${Math.round(100 * bin.from)}–${Math.round(100 * bin.to)} %`;
    const wide = (bin.n / most) * 150;
    parts.push(text(beside + 58, y, words, { anchor: 'end', size: 10 }));
    parts.push(
      `<rect x="${beside + 64}" y="${y - 9}" width="${round(wide)}" height="10" fill="${LINE}" stroke="${INK}"/>`,
    );
    parts.push(text(beside + 70 + wide, y, whole(bin.n), { size: 10 }));
  });
  const below = legend(
    LEFT,
    TOP + SIDE + 50,
    curves.map((one, i) => ({
      words: one.name,
      sample: (x, y) =>
        line(x, y, x + 22, y, one.colour, 1.6, i ? '6 3' : '') + mark(i, x + 11, y, one.colour),
    })),
  );
  const words = curves
    .map(({ name: called, bins }) => {
      const used = bins.filter(({ n }) => n > 0);
      return `${called}: ${used.map((bin) => `at ${percent(bin.confidence)} ${percent(bin.accuracy)} of ${whole(bin.n)} right`).join(', ')}.`;
    })
    .join(' ');
  return svg(name, TOP + SIDE + 44 + below.height, title, words, [...parts, ...below.parts]);
}
