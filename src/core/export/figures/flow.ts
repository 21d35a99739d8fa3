/** A flow of counts, as in CONSORT: boxes from above, what leaves to the side, and branches at the end. */
import { box, INK, line, svg, text, WIDTH } from './svg.ts';

export type FlowStep = {
  lines: readonly string[];
  /** What leaves before the next step; empty: nothing. */
  out: readonly string[];
};
export type FlowInput = {
  name: string;
  title: string;
  steps: readonly FlowStep[];
  ends: readonly (readonly string[])[];
};

const ROW = 15;
const GAP = 26;
const MAIN = 320;

export function flow({ name, title, steps, ends }: FlowInput): string {
  const parts: string[] = [];
  const middle = MAIN / 2;
  let y = 2;
  const heightOf = (rows: readonly string[]) => rows.length * ROW + 12;
  steps.forEach(({ lines, out }, i) => {
    parts.push(...rowsIn(0, y, MAIN, lines));
    const bottom = y + heightOf(lines);
    const gap = Math.max(GAP, out.length > 0 ? heightOf(out) + 14 : 0);
    const isLast = i === steps.length - 1;
    if (out.length > 0) {
      const at = bottom + 7;
      parts.push(line(middle, at + heightOf(out) / 2, MAIN + 20, at + heightOf(out) / 2, INK));
      parts.push(...rowsIn(MAIN + 20, at, WIDTH - MAIN - 22, out));
    }
    const next = bottom + gap;
    parts.push(isLast ? line(middle, bottom, middle, next, INK) : arrow(middle, bottom, next));
    y = next;
  });
  const wide = (WIDTH - (ends.length - 1) * 12) / ends.length;
  const centres = ends.map((_, i) => i * (wide + 12) + wide / 2);
  if (ends.length > 0) {
    parts.push(line(Math.min(middle, centres[0]), y, centres.at(-1)!, y, INK));
    ends.forEach((rows, i) => {
      parts.push(arrow(centres[i], y, y + 18), ...rowsIn(centres[i] - wide / 2, y + 18, wide - 1, rows));
    });
    y += 18 + Math.max(...ends.map(heightOf));
  }
  const words = [
    ...steps.flatMap(({ lines, out }) => [lines.join(', '), out.join(', ')]),
    ...ends.map((rows) => rows.join(', ')),
  ];
  return svg(
    name,
    y + 4,
    title,
    words
      .filter(Boolean)
      .map((one) => `${one}.`)
      .join(' '),
    parts,
  );
}

function rowsIn(x: number, y: number, width: number, rows: readonly string[]): string[] {
  return [
    box(x + 0.5, y, width, rows.length * ROW + 12, '#fff', INK),
    ...rows.map((words, i) => text(x + 9, y + 17 + i * ROW, words, i === 0 ? { bold: true } : {})),
  ];
}

function arrow(x: number, from: number, to: number): string {
  return `${line(x, from, x, to - 5, INK)}<path d="M${x} ${to}l-4 -7h8z" fill="${INK}"/>`;
}
