/** The registry of what is tried: a new variant is one line here. */
import type { Noise } from '../../src/core/augment/noise.ts';
import type { Grey } from '../../src/core/augment/normalise.ts';
import type { PlaceRecipe } from '../../src/core/augment/place.ts';
import type { Recipe } from '../../src/core/augment/recipe.ts';
import type { Step } from '../../src/core/augment/steps.ts';
import type { ToneRecipe } from '../../src/core/augment/tone.ts';

import type { Extra } from './extras.ts';

export type InputSize = 64 | 96 | 128 | 160;

export type Variant = {
  name: string;
  /** What differs from the variant it is compared with. */
  about: string;
  network: string;
  size: InputSize;
  grey: Grey;
  framing: 'stored' | 'content';
  /** `app`: the app's own augmentation of 8-bit slices; null: none. */
  recipe: Recipe | 'app' | null;
  /** Made from 8 bits, as projects store slices, instead of 16. */
  eightBits: boolean;
  /** Noise of the kind that each class has; else any kind for any. Needs a recipe. */
  ownNoise: boolean;
  /** Inverted as often as pictures of each class are stored inverted; else any alike. Needs a recipe. */
  ownPolarity: boolean;
  /** Share of the draws that are made-up pictures, for which the network has one output more; null: none. */
  outliers: number | null;
  /** Learned from besides the datasets. */
  extras: readonly Extra[];
  /** Datasets within a class are drawn by this power of their size: 0.5 is the app's, 0 draws each equally often. */
  datasetPower: number;
  /** Share of the draws that are mixed with another: pictures blended, or a rectangle of the other put in. */
  mix: { mixup: number; cutmix: number };
  labelSmoothing: number;
  /** Weights are averaged over about so many steps at the end; null: the last ones count. */
  emaSteps: number | null;
  learningRate: number;
  /** Times the epochs of the plan. */
  longer: number;
};

/** The app's ranges, of before the study. */
const TONE: ToneRecipe = { hounsfieldChance: 0, window: { chance: 0.5, low: 0.2, high: 0.4 }, gamma: 2 };
const PLACE: PlaceRecipe = {
  zoom: { low: 0.7, high: 1.1 },
  aspect: 1.3,
  shift: 0.1,
  rotation: 15,
  quarterChance: 0,
  flipChance: 0.5,
};
const TURNED: PlaceRecipe = { ...PLACE, rotation: 45, quarterChance: 0.5 };
const CROPPED: PlaceRecipe = { ...PLACE, zoom: { low: 0.5, high: 1.2 } };
const WINDOWS: ToneRecipe = { ...TONE, hounsfieldChance: 0.5 };

/** The steps that can be switched, in the order in which a picture comes about. */
const STEPS = {
  bias: { kind: 'bias', chance: 0.3, strength: 0.2 },
  erase: { kind: 'erase', chance: 0.3, most: 0.4 },
  polarity: { kind: 'polarity', chance: 0.1 },
  matrix: { kind: 'matrix', chance: 0.3, least: 22 },
  sharpness: { kind: 'sharpness', chance: 0.4, most: 1.2 },
  noise: { kind: 'noise', chance: 0.3, sigma: 0.05 },
  border: { kind: 'border', chance: 0.2, most: 0.15 },
  text: { kind: 'text', chance: 0.1 },
  blocks: { kind: 'blocks', chance: 0.15, most: 0.08 },
} as const satisfies Record<string, Step>;
type StepName = keyof typeof STEPS;
const STEP_NAMES = Object.keys(STEPS) as StepName[];

const steps = (...names: StepName[]): Step[] => names.map((name) => STEPS[name]);
const allBut = (...left: StepName[]): Step[] => steps(...STEP_NAMES.filter((name) => !left.includes(name)));

/** What the app's augmentation does, made from 16 bits by the new functions. */
const PLAIN: Recipe = {
  tone: TONE,
  place: PLACE,
  steps: [
    { kind: 'matrix', chance: 0.3, least: 26 },
    { kind: 'sharpness', chance: 0.3, most: 0 },
    { kind: 'noise', chance: 0.3, sigma: 0.03, kinds: ['gaussian'] },
  ],
};
/** Everything at once, strongly. */
const FULL: Recipe = { tone: WINDOWS, place: { ...TURNED, zoom: CROPPED.zoom }, steps: allBut('erase') };

/** Each step seldom and gently: what a short training can learn beside the slices as they are. */
const MILD: Recipe = {
  tone: WINDOWS,
  place: { ...PLACE, zoom: { low: 0.6, high: 1.15 }, quarterChance: 0.25 },
  steps: [
    { ...STEPS.bias, chance: 0.15 },
    { ...STEPS.polarity, chance: 0.07 },
    ...PLAIN.steps,
    { ...STEPS.border, chance: 0.1 },
    { ...STEPS.text, chance: 0.05 },
    { ...STEPS.blocks, chance: 0.1 },
  ],
};

const BASE: Variant = {
  name: 'app',
  about: 'the quick preset as it was: 8 bits, min-max, its own augmentation',
  network: 'resnet18',
  size: 64,
  grey: 'minMax',
  framing: 'stored',
  recipe: 'app',
  eightBits: false,
  ownNoise: false,
  ownPolarity: false,
  outliers: null,
  extras: [],
  datasetPower: 0.5,
  mix: { mixup: 0, cutmix: 0 },
  labelSmoothing: 0.1,
  emaSteps: null,
  learningRate: 0.02,
  longer: 1,
};
const variant = (name: string, about: string, given: Partial<Variant>): Variant => ({
  ...BASE,
  name,
  about,
  ...given,
});
const plus = (name: StepName): Variant =>
  variant(`plain+${name}`, `plain, and ${name}`, {
    recipe: { ...PLAIN, steps: [...PLAIN.steps, STEPS[name]] },
  });
const mild = (name: string, about: string, given: Partial<Variant> = {}): Variant =>
  variant(name, about, { recipe: MILD, ...given });

export const VARIANTS: readonly Variant[] = [
  BASE,
  variant('none', 'no augmentation', { recipe: null }),
  variant('plain', 'the app’s augmentation, from 16 bits', { recipe: PLAIN }),
  variant('windows', 'plain, and CT windows', { recipe: { ...PLAIN, tone: WINDOWS } }),
  variant('turned', 'plain, and any angle, quarter turns', { recipe: { ...PLAIN, place: TURNED } }),
  variant('cropped', 'plain, and harder crops and zoom', { recipe: { ...PLAIN, place: CROPPED } }),
  ...STEP_NAMES.map(plus),
  variant('full', 'CT windows, turns, crops and every step but erase, strongly', { recipe: FULL }),
  variant('full-longer', 'full, three times as long', { recipe: FULL, longer: 3 }),
  mild('mild', 'CT windows, turns, crops and every step but erase, each seldom and gently'),
  mild('mild-96', 'mild at 96 pixels', { size: 96 }),
  mild('mild-128', 'mild at 128 pixels', { size: 128 }),
  mild('mild-160', 'mild at 160 pixels', { size: 160 }),
  mild('mild-percentiles', 'mild, grey levels between percentiles', { grey: 'percentiles' }),
  mild('mild-equalised', 'mild, equalised histogram', { grey: 'equalised' }),
  mild('mild-content', 'mild, cropped to the content', { framing: 'content' }),
  mild('mild-datasets', 'mild, each dataset of a class equally often', { datasetPower: 0 }),
  mild('mild-mixup', 'mild, half of the draws blended with another', { mix: { mixup: 0.5, cutmix: 0 } }),
  mild('mild-cutmix', 'mild, half of the draws with a part of another', { mix: { mixup: 0, cutmix: 0.5 } }),
  mild('mild-hard-labels', 'mild without label smoothing', { labelSmoothing: 0 }),
  mild('mild-ema', 'mild, weights averaged over the last steps', { emaSteps: 150 }),
  mild('mild-longer', 'mild, three times as long', { longer: 3 }),
  mild('mild-longer-ema', 'mild, three times as long, weights averaged', { longer: 3, emaSteps: 300 }),
  mild('mild-8-bits', 'mild, from slices of 8 bits', { eightBits: true }),
  mild('mild-own-noise', 'mild, noise of each class’s own kind', { ownNoise: true }),
  mild('mild-practice', 'mild, and the practice project', { extras: ['practice'] }),
  mild('mild-projected', 'mild, and radiographs projected from CT', { extras: ['projected'] }),
  mild('mild-faster', 'mild, a larger learning rate', { learningRate: 0.06 }),
  mild('mild-polarity', 'mild, inverted as often as each class is', { ownPolarity: true }),
  mild('mild-outliers', 'mild, and made-up pictures of no class', { outliers: 0.2 }),
  mild('mild-96-all', 'mild at 96 pixels, own polarity, practice data, made-up pictures of no class', {
    size: 96,
    ownPolarity: true,
    outliers: 0.15,
    extras: ['practice'],
  }),
  mild('mild-96-practice', 'mild at 96 pixels, and the practice project', { size: 96, extras: ['practice'] }),
  mild('mild-96-practices', 'mild at 96 pixels, and eight practice projects of other patients', {
    size: 96,
    extras: ['practices'],
  }),
  mild(
    'starter',
    'mild at 96 pixels, own polarity, eight practice projects, made-up pictures, averaged weights',
    {
      size: 96,
      ownPolarity: true,
      outliers: 0.2,
      extras: ['practices'],
      emaSteps: 500,
    },
  ),
  mild('mild-resnet50', 'mild, ResNet-50', { network: 'resnet50' }),
];

/** What the noise of each class is like, by its id. */
const OWN_NOISES: Readonly<Record<string, readonly Noise[]>> = {
  CT: ['grain'],
  MR: ['rician'],
  PT: ['poisson', 'grain'],
  XR: ['poisson'],
};

/** Share of the pictures that are stored inverted, made larger: PET with dark uptake, radiographs of either kind. */
const OWN_POLARITY: Readonly<Record<string, number>> = { CT: 0.03, MR: 0.03, PT: 0.3, XR: 0.2 };

/** The recipe for slices of a class. */
export function recipeFor({ recipe, ownNoise, ownPolarity }: Variant, label: string): Recipe | null {
  if (recipe === 'app' || recipe === null) return null;
  const own = (step: Step): Step => {
    if (ownNoise && step.kind === 'noise') return { ...step, kinds: OWN_NOISES[label] };
    if (ownPolarity && step.kind === 'polarity') return { ...step, chance: OWN_POLARITY[label] };
    return step;
  };
  return { ...recipe, steps: recipe.steps.map(own) };
}

/** @throws with the names that there are */
export function findVariant(name: string): Variant {
  const found = VARIANTS.find((one) => one.name === name);
  if (!found)
    throw new Error(`There is no variant “${name}”, but ${VARIANTS.map((one) => one.name).join(', ')}.`);
  return found;
}
