/** Parts of figures as SVG for print: a title for screen readers, text, axes, and fills that are told apart without colour. */
import { escaped } from '../html.ts';

/** Width of every figure in its own units; it is scaled to the column of the page. */
export const WIDTH = 680;
export const INK = '#14181e';
export const GREY = '#5d6776';
export const LINE = '#c3c9d2';

/**
 * @param name unique in its page
 * @param words what is to be seen, in words
 */
export function svg(
  name: string,
  height: number,
  title: string,
  words: string,
  parts: readonly string[],
): string {
  return `<svg role="img" aria-labelledby="${name}-t ${name}-d" viewBox="0 0 ${WIDTH} ${round(height)}" width="${WIDTH}" height="${round(height)}" font-family="system-ui, sans-serif" font-size="11" fill="${INK}">
<title id="${name}-t">${escaped(title)}</title><desc id="${name}-d">${escaped(words)}</desc>
${parts.join('\n')}
</svg>`;
}

export type TextOptions = {
  anchor?: 'start' | 'middle' | 'end';
  fill?: string;
  size?: number;
  bold?: boolean;
  /** Degrees. */
  turned?: number;
};

export function text(x: number, y: number, words: string, options: TextOptions = {}): string {
  const { anchor = 'start', fill, size, bold, turned } = options;
  const more = [
    anchor === 'start' ? '' : ` text-anchor="${anchor}"`,
    fill ? ` fill="${fill}"` : '',
    size ? ` font-size="${size}"` : '',
    bold ? ' font-weight="600"' : '',
    turned ? ` transform="rotate(${turned} ${round(x)} ${round(y)})"` : '',
  ];
  return `<text x="${round(x)}" y="${round(y)}"${more.join('')}>${escaped(words)}</text>`;
}

export function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke = LINE,
  width = 1,
  dash = '',
): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${stroke}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`;
}

export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  stroke = 'none',
): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(Math.max(0, height))}" fill="${fill}" stroke="${stroke}"/>`;
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Cuts in the middle: names of datasets differ at both ends. */
export function shortened(words: string, most: number): string {
  if (words.length <= most) return words;
  const half = Math.floor((most - 1) / 2);
  return `${words.slice(0, most - 1 - half)}…${words.slice(-half)}`;
}

/** Dashes of lines, and marks on them, in the order of their series. */
export const DASHES = ['', '6 3', '2 3', '8 3 2 3', '12 4', '4 2 1 2'] as const;

export function mark(kind: number, x: number, y: number, fill: string): string {
  const at = `${round(x)} ${round(y)}`;
  switch (kind % 4) {
    case 0:
      return `<circle cx="${round(x)}" cy="${round(y)}" r="3" fill="${fill}"/>`;
    case 1:
      return `<rect x="${round(x - 2.8)}" y="${round(y - 2.8)}" width="5.6" height="5.6" fill="${fill}"/>`;
    case 2:
      return `<path d="M${at}m0 -3.8l3.5 6.4h-7z" fill="${fill}"/>`;
    default:
      return `<path d="M${at}m0 -4l4 4l-4 4l-4 -4z" fill="#fff" stroke="${fill}" stroke-width="1.4"/>`;
  }
}

/** Hatches, so that a fill is known in black and white, too; the first is plain. */
const HATCHES = [
  '',
  '<path d="M0 6L6 0" stroke="#000" stroke-width="1.1"/>',
  '<path d="M0 3H6" stroke="#000" stroke-width="1.1"/>',
  '<circle cx="3" cy="3" r="1.3" fill="#000"/>',
  '<path d="M0 0L6 6" stroke="#000" stroke-width="1.1"/>',
  '<path d="M3 0V6" stroke="#000" stroke-width="1.1"/>',
  '<path d="M0 3H6M3 0V6" stroke="#000" stroke-width="1"/>',
  '<path d="M0 0L6 6M0 6L6 0" stroke="#000" stroke-width=".9"/>',
] as const;

/** The fills of a figure: definitions, and a fill for each colour. */
export function fills(name: string, colours: readonly string[]): { defs: string; fill(i: number): string } {
  const patterns = colours.map(
    (colour, i) =>
      `<pattern id="${name}-f${i}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="${colour}"/>${HATCHES[i % HATCHES.length]}</pattern>`,
  );
  return { defs: `<defs>${patterns.join('')}</defs>`, fill: (i) => `url(#${name}-f${i})` };
}

export type Scale = { to(value: number): number; ticks: readonly number[] };

/** From 0 to at least `most`, with round ticks. */
export function scale(most: number, from: number, to: number, parts = 4): Scale {
  const raw = (most || 1) / parts;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((one) => one >= raw * 0.999)!;
  const last = Math.ceil((most || 1) / step - 1e-9);
  const ticks = Array.from({ length: last + 1 }, (_, i) => i * step);
  return { to: (value) => from + (value / (last * step)) * (to - from), ticks };
}

/** A legend in rows; returns its parts and its height. */
export function legend(
  x: number,
  y: number,
  entries: readonly { words: string; sample(x: number, y: number): string }[],
): { parts: string[]; height: number } {
  const parts: string[] = [];
  let [at, row] = [x, 0];
  for (const { words, sample } of entries) {
    const width = 44 + words.length * 6.2;
    if (at > x && at + width > WIDTH) [at, row] = [x, row + 1];
    parts.push(sample(at, y + row * 17), text(at + 26, y + row * 17 + 4, words));
    at += width;
  }
  return { parts, height: entries.length === 0 ? 0 : (row + 1) * 17 };
}
