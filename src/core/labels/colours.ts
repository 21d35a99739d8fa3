/** Colours and keys proposed for classes, and the contrast of two colours. */

/**
 * The first seven are Okabe and Ito's ("Color Universal Design", 2008, without black). Each further one is, among colours
 * that stand out from both themes' panels, the farthest from those before it and from the grey of “no class”, for
 * whichever colour vision of `colourVision.ts` sees them nearest.
 */
export const PROPOSED_COLOURS = [
  '#56b4e9',
  '#e69f00',
  '#cc79a7',
  '#009e73',
  '#0072b2',
  '#d55e00',
  '#f0e442',
  '#651911',
  '#352180',
  '#7e4c5c',
  '#9ee1d3',
  '#b71c0e',
  '#2e40b9',
  '#573454',
  '#c4b793',
  '#935edf',
  '#62488c',
  '#a15883',
  '#93c1c9',
  '#c1d582',
  '#6cd3fa',
  '#6b7352',
  '#b473d1',
  '#3b651f',
] as const;

/** A proposed colour that is least used by `taken`. */
export function proposedColour(taken: readonly string[]): string {
  const uses = (colour: string) => taken.filter((one) => one.toLowerCase() === colour).length;
  return PROPOSED_COLOURS.reduce<string>(
    (best, colour) => (uses(colour) < uses(best) ? colour : best),
    PROPOSED_COLOURS[0],
  );
}

/** The first digit, then the first letter, that no class has as its key; '' if all are taken. */
export function proposedKey(taken: readonly string[]): string {
  return LABEL_KEYS.find((key) => !taken.some((one) => one.toLowerCase() === key)) ?? '';
}

/** Digits but 0, which clears a label, and letters that no command of the label page has. */
export const LABEL_KEYS: readonly string[] = [...'123456789', ...'abcdehijklmnopqstvwyz'];

/** Contrast ratio, 1 to 21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** Red, green and blue in linear light, 0 to 1 (IEC 61966-2-1). @param colour #rrggbb */
export function linearRgb(colour: string): [r: number, g: number, b: number] {
  const channel = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function luminance(colour: string): number {
  const [r, g, b] = linearRgb(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
