/** A colour in words, for those who can't see it: "light blue", "dark red". */

/** The first whose end is above the hue. */
const HUES: readonly [untilDegrees: number, word: string][] = [
  [16, 'red'],
  [45, 'orange'],
  [70, 'yellow'],
  [170, 'green'],
  [195, 'turquoise'],
  [255, 'blue'],
  [290, 'violet'],
  [345, 'pink'],
  [361, 'red'],
];

/** @param colour "#rrggbb" */
export function colourWords(colour: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  const [lightness, spread] = [(most + least) / 2, most - least];
  if (lightness < 0.08) return 'black';
  if (lightness > 0.95) return 'white';
  const tone = lightness < 0.35 ? 'dark ' : lightness > 0.6 ? 'light ' : '';
  if (spread < 0.08) return `${tone}grey`;
  const sixth =
    most === r ? ((g - b) / spread + 6) % 6 : most === g ? (b - r) / spread + 2 : (r - g) / spread + 4;
  const hue = HUES.find(([until]) => sixth * 60 < until)![1];
  return `${tone}${spread < 0.25 ? 'greyish ' : ''}${hue}`;
}
