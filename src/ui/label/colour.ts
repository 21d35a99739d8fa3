/** Text that can be read on a class's colour. */

const DARK = '#07090c';
const LIGHT = '#ffffff';

/** The one with more contrast (WCAG 2.2, "relative luminance"). */
export function inkOn(colour: string): string {
  const channel = (at: number) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return (luminance + 0.05) ** 2 > 1.05 * 0.05 ? DARK : LIGHT;
}
