/** Bars: one for each series in each group, with their values and, where there is one, their interval. */
import { box, fills, INK, legend, line, scale, shortened, svg, text, WIDTH } from './svg.ts';

export type Bar = { value: number | null; words: string; interval?: { low: number; high: number } | null };
export type BarGroup = { name: string; bars: readonly Bar[] };
export type BarsInput = {
  name: string;
  title: string;
  /** Of the axis. */
  unit: string;
  series: readonly { name: string; colour: string }[];
  groups: readonly BarGroup[];
  /** Text of a tick. */
  tick(value: number): string;
  /** The end of the axis; absent: that of the data. */
  most?: number;
};

const HEIGHT = 210;
const LEFT = 56;

export function bars({ name, title, unit, series, groups, tick, most }: BarsInput): string {
  const { defs, fill } = fills(
    name,
    series.map(({ colour }) => colour),
  );
  const values = groups.flatMap((group) =>
    group.bars.flatMap(({ value, interval }) => [value ?? 0, interval?.high ?? 0]),
  );
  const wide = (WIDTH - LEFT) / Math.max(1, groups.length);
  const each = Math.min(64, (wide * 0.8) / Math.max(1, series.length));
  // Numbers of neighbours would run into each other.
  const turned = each < 44;
  const axis = scale(most ?? Math.max(...values, 0), HEIGHT, turned ? 56 : 28);
  const parts = [defs, text(0, 10, unit, { fill: INK })];
  for (const value of axis.ticks) {
    const y = axis.to(value);
    parts.push(line(LEFT, y, WIDTH, y), text(LEFT - 6, y + 4, tick(value), { anchor: 'end' }));
  }
  groups.forEach((group, g) => {
    const from = LEFT + g * wide + (wide - each * group.bars.length) / 2;
    group.bars.forEach(({ value, words, interval }, i) => {
      const [x, middle] = [from + i * each, from + (i + 0.5) * each];
      if (value === null) {
        parts.push(text(middle, HEIGHT - 4, '–', { anchor: 'middle' }));
        return;
      }
      const y = axis.to(value);
      parts.push(box(x + each * 0.06, y, each * 0.88, HEIGHT - y, fill(i), INK));
      if (interval) {
        const [low, high] = [axis.to(interval.low), axis.to(interval.high)];
        parts.push(line(middle, low, middle, high, INK, 1.4));
        for (const end of [low, high]) parts.push(line(middle - 4, end, middle + 4, end, INK, 1.4));
      }
      const above = Math.min(y, interval ? axis.to(interval.high) : y) - 4;
      parts.push(
        turned
          ? text(middle + 4, above, words, { turned: -90, size: 9 })
          : text(middle, above, words, { anchor: 'middle', size: 10 }),
      );
    });
    parts.push(
      text(LEFT + (g + 0.5) * wide, HEIGHT + 16, shortened(group.name, Math.max(8, Math.floor(wide / 6))), {
        anchor: 'middle',
      }),
    );
  });
  parts.push(line(LEFT, HEIGHT, WIDTH, HEIGHT, INK));
  const shown = series.length > 1 ? series : [];
  const below = legend(
    LEFT,
    HEIGHT + 36,
    shown.map((one, i) => ({ words: one.name, sample: (x, y) => box(x, y - 6, 18, 12, fill(i), INK) })),
  );
  const words = groups
    .map(
      (group) =>
        `${group.name}: ${group.bars.map((bar, i) => `${series[i]?.name ?? ''} ${bar.words}`.trim()).join(', ')}.`,
    )
    .join(' ');
  return svg(name, HEIGHT + 26 + below.height + (below.height > 0 ? 4 : 0), title, words, [
    ...parts,
    ...below.parts,
  ]);
}
