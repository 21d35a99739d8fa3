/** Lines over epochs: one for each series, told apart by dash and mark as well as by colour. */
import { DASHES, INK, legend, line, mark, round, svg, text, WIDTH } from './svg.ts';

export type LineSeries = {
  name: string;
  colour: string;
  /** Which dash and which mark. */
  dash: number;
  mark: number;
  points: readonly { x: number; y: number }[];
};
export type LinesInput = {
  name: string;
  title: string;
  unit: string;
  across: string;
  series: readonly LineSeries[];
  /** Where the axis begins; absent: at 1, with whole numbers. */
  from?: number;
};

const [LEFT, TOP, HEIGHT] = [44, 22, 230];

/** Shares from 0 to 1 over whole numbers from 1, or over parts of the first few. */
export function lines({ name, title, unit, across, series, from = 1 }: LinesInput): string {
  const last = Math.max(1, ...series.flatMap(({ points }) => points.map(({ x }) => x)));
  const toX = (x: number) =>
    LEFT + 8 + (last === from ? 0.5 : (x - from) / (last - from)) * (WIDTH - LEFT - 20);
  const toY = (y: number) => HEIGHT - y * (HEIGHT - TOP);
  const parts = [text(0, 10, unit)];
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    parts.push(line(LEFT, toY(share), WIDTH, toY(share)));
    parts.push(text(LEFT - 6, toY(share) + 4, `${100 * share} %`, { anchor: 'end' }));
  }
  const step = from < 1 ? (last - from) / 4 : Math.max(1, Math.ceil(last / 12));
  for (let x = from; x <= last; x += step)
    parts.push(text(toX(x), HEIGHT + 15, String(x), { anchor: 'middle' }));
  parts.push(line(LEFT, HEIGHT, WIDTH, HEIGHT, INK), text(WIDTH, HEIGHT + 30, across, { anchor: 'end' }));
  const every = Math.max(1, Math.ceil(last / 25));
  for (const one of series) {
    const path = one.points
      .map(({ x, y }, i) => `${i ? 'L' : 'M'}${round(toX(x))} ${round(toY(y))}`)
      .join('');
    const dash = DASHES[one.dash % DASHES.length];
    if (one.points.length > 1)
      parts.push(
        `<path d="${path}" fill="none" stroke="${one.colour}" stroke-width="1.8"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`,
      );
    for (const [i, { x, y }] of one.points.entries())
      if (i % every === 0 || i === one.points.length - 1)
        parts.push(mark(one.mark, toX(x), toY(y), one.colour));
  }
  const below = legend(
    LEFT,
    HEIGHT + 46,
    series.map((one) => ({
      words: one.name,
      sample: (x, y) =>
        line(x, y, x + 22, y, one.colour, 1.8, DASHES[one.dash % DASHES.length]) +
        mark(one.mark, x + 11, y, one.colour),
    })),
  );
  const words = series
    .filter(({ points }) => points.length > 0)
    .map(
      (one) =>
        `${one.name}: ${(100 * one.points[0].y).toFixed(1)} % first, ${(100 * one.points.at(-1)!.y).toFixed(1)} % last.`,
    )
    .join(' ');
  return svg(name, HEIGHT + 40 + below.height, title, words, [...parts, ...below.parts]);
}
