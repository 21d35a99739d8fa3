/** How colours look to people of each colour vision, and the hints that follow. */
import { describe, expect, test } from 'vitest';
import { contrast, PROPOSED_COLOURS, proposedColour, proposedKey } from '../../../src/core/labels/colours.ts';
import {
  COLOUR_VISIONS,
  colourDistance,
  colourHints,
  LEAST_DISTANCE,
  seenBy,
  VISION_NAMES,
} from '../../../src/core/labels/colourVision.ts';
import { DEFAULT_SET, EXAMPLE_SETS } from '../../../src/core/labels/sets/index.ts';

const hintsOf = (...colours: string[]) =>
  colourHints({ classes: colours.map((colour) => ({ ...DEFAULT_SET.classes[0], colour })) });

test('grey is grey to everybody', () => {
  for (const vision of VISION_NAMES) {
    for (const row of COLOUR_VISIONS[vision].rows) expect(row[0] + row[1] + row[2]).toBeCloseTo(1, 5);
    const [r, g, b] = seenBy('#808080', vision);
    expect(r).toBeCloseTo(g, 5);
    expect(g).toBeCloseTo(b, 5);
  }
});

describe('proposed colours', () => {
  test('are told apart with any colour vision, on both themes', () => {
    expect(hintsOf(...PROPOSED_COLOURS)).toEqual([]);
  });

  test('are each proposed once before one is proposed twice', () => {
    const taken: string[] = [];
    for (const _ of PROPOSED_COLOURS) taken.push(proposedColour(taken));
    expect(new Set(taken).size).toBe(PROPOSED_COLOURS.length);
    expect(proposedColour(taken)).toBe(PROPOSED_COLOURS[0]);
    expect(proposedColour(['#56B4E9'])).toBe(PROPOSED_COLOURS[1]);
  });

  test.each([DEFAULT_SET, ...EXAMPLE_SETS].map((set) => [set.name, set] as const))(
    'of %s give no hint',
    (_, set) => {
      expect(colourHints(set)).toEqual([]);
    },
  );
});

describe('hints', () => {
  test.each([
    ['red and olive', '#d55e00', '#999933', 'deuteranopia'],
    ['red and green of one brightness', '#d55e00', '#117733', 'protanopia'],
    ['two greens, one bluish', '#009e73', '#44aa99', 'tritanopia'],
    ['nearly the same', '#56b4e9', '#57b4e9', 'usual'],
  ])('name who takes %s for each other', (_, a, b, vision) => {
    expect(hintsOf(a, b)).toEqual([{ kind: 'alike', at: 1, like: 0, vision }]);
  });

  test('name the theme on which a colour is lost', () => {
    expect(hintsOf('#ffffff', '#15181d')).toEqual([
      { kind: 'faint', at: 0, theme: 'light' },
      { kind: 'faint', at: 1, theme: 'dark' },
    ]);
  });
});

test('black and white are as far apart as contrast goes', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
});

test('a distance is the same both ways, and none from itself', () => {
  expect(colourDistance('#d55e00', '#d55e00', 'protanopia')).toBe(0);
  expect(colourDistance('#d55e00', '#117733', 'tritanopia')).toBe(
    colourDistance('#117733', '#d55e00', 'tritanopia'),
  );
  expect(colourDistance('#000000', '#ffffff', 'usual')).toBeCloseTo(1, 3);
  expect(LEAST_DISTANCE).toBeLessThan(0.076);
});

test('keys are proposed once each, then none', () => {
  const taken: string[] = [];
  for (let key = proposedKey(taken); key !== ''; key = proposedKey(taken)) taken.push(key);
  expect(new Set(taken).size).toBe(taken.length);
  expect(taken.slice(0, 10)).toEqual([...'123456789', 'a']);
  expect(taken).not.toContain('u');
  expect(proposedKey(['1', 'A'])).toBe('2');
});
