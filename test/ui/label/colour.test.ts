/** Text on a class's colour can be read. */
import { expect, test } from 'vitest';
import { proposedColour } from '../../../src/core/labels/colours.ts';
import { inkOn } from '../../../src/ui/label/colour.ts';

test('is dark on light colours and light on dark ones', () => {
  expect(inkOn('#f0e442')).toBe('#07090c');
  expect(inkOn('#332288')).toBe('#ffffff');
});

test('has the contrast that WCAG asks for, on every proposed colour', () => {
  const taken: string[] = [];
  for (let i = 0; i < 16; i++) taken.push(proposedColour(taken));
  const luminance = (colour: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
      const share = Number.parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16) / 255;
      return sum + weight * (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
    }, 0);
  for (const colour of taken) {
    const [a, b] = [luminance(colour), luminance(inkOn(colour))].sort((x, y) => y - x);
    expect((a + 0.05) / (b + 0.05), colour).toBeGreaterThanOrEqual(4.5);
  }
});
