/** How colours look to people of each colour vision, and hints where classes of a set are hard to tell apart. */
import { contrast, linearRgb } from './colours.ts';
import type { LabelSet } from './labelSet.ts';

type Rgb = readonly [number, number, number];

/**
 * The rows of the matrices for linear RGB, at full severity: Machado, Oliveira and Fernandes, "A Physiologically-based
 * Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009.
 */
export const COLOUR_VISIONS = {
  usual: {
    who: 'for everybody',
    rows: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  },
  deuteranopia: {
    who: 'with red-green colour blindness (deuteranopia)',
    rows: [
      [0.367322, 0.860646, -0.227968],
      [0.280085, 0.672501, 0.047413],
      [-0.01182, 0.04294, 0.968881],
    ],
  },
  protanopia: {
    who: 'with red-green colour blindness (protanopia)',
    rows: [
      [0.152286, 1.052583, -0.204868],
      [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
  },
  tritanopia: {
    who: 'with blue-yellow colour blindness (tritanopia)',
    rows: [
      [1.255528, -0.076749, -0.178779],
      [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.3039],
    ],
  },
} as const satisfies Record<string, { who: string; rows: readonly [Rgb, Rgb, Rgb] }>;

export type ColourVision = keyof typeof COLOUR_VISIONS;

export const VISION_NAMES = Object.keys(COLOUR_VISIONS) as ColourVision[];

/**
 * Euclidean distance in OKLab. Okabe and Ito's seven are at least 0.076 apart in all four; below this, small swatches are
 * taken for each other.
 */
export const LEAST_DISTANCE = 0.06;

/** Against the panels of both themes; a swatch of less is lost on them. Yellow on white has 1.3. */
export const LEAST_CONTRAST = 1.25;

/** `--panel` of the light and of the dark theme. */
const PANELS = { light: '#ffffff', dark: '#12151a' } as const;

/** What somebody of this colour vision sees, in linear light, within 0 to 1. */
export function seenBy(colour: string, vision: ColourVision): Rgb {
  const [r, g, b] = linearRgb(colour);
  const seen = COLOUR_VISIONS[vision].rows.map((row) => row[0] * r + row[1] * g + row[2] * b);
  const [x, y, z] = seen.map((value) => Math.min(1, Math.max(0, value)));
  return [x, y, z];
}

export function colourDistance(a: string, b: string, vision: ColourVision): number {
  const [x, y] = [okLab(seenBy(a, vision)), okLab(seenBy(b, vision))];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

/** About class `at` of the set: `like`, another class that looks the same to some; or the theme it is lost in. */
export type ColourHint =
  | { kind: 'alike'; at: number; like: number; vision: ColourVision }
  | { kind: 'faint'; at: number; theme: keyof typeof PANELS };

/** Hints, no faults: a class's name always stands beside its colour. One for each pair, by the vision that is worst off. */
export function colourHints({ classes }: Pick<LabelSet, 'classes'>): ColourHint[] {
  return classes.flatMap(({ colour }, at) => {
    const hints: ColourHint[] = [];
    for (let like = 0; like < at; like++) {
      const vision = worstVision(colour, classes[like].colour);
      if (colourDistance(colour, classes[like].colour, vision) < LEAST_DISTANCE)
        hints.push({ kind: 'alike', at, like, vision });
    }
    for (const theme of ['light', 'dark'] as const) {
      if (contrast(colour, PANELS[theme]) < LEAST_CONTRAST) hints.push({ kind: 'faint', at, theme });
    }
    return hints;
  });
}

/** The usual one if that sees them alike, too. */
function worstVision(a: string, b: string): ColourVision {
  if (colourDistance(a, b, 'usual') < LEAST_DISTANCE) return 'usual';
  return VISION_NAMES.reduce((worst, vision) =>
    colourDistance(a, b, vision) < colourDistance(a, b, worst) ? vision : worst,
  );
}

/** Lightness and the two axes of colour: Ottosson, "A perceptual color space for image processing", 2020. */
function okLab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
