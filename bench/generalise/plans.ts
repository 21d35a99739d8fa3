/** The registry of plans: which variants, for how long, with how many folds. */
import { SLIM } from './network.ts';
import { findVariant, VARIANTS } from './variants.ts';

export type Plan = {
  name: string;
  about: string;
  /** In this order; the most promising first. */
  variants: readonly string[];
  folds: number;
  epochs: number;
  /** Images shown in an epoch. */
  draws: number;
  batch: number;
  /** In place of the variants' networks. */
  network?: string;
  /** Slices of one class from a dataset at most. */
  limit: number;
  /**
   * Learned from, and held out by folds, are only datasets whose licence lets weights be shipped. One fold more is learned from
   * all of them and judges the others: the starter.
   */
  shipped?: true;
};

const SCREEN = { folds: 5, epochs: 3, draws: 3072, batch: 16, limit: 200 };
const FIRST = [
  'app',
  'plain',
  'windows',
  'mild',
  'mild-percentiles',
  'mild-ema',
  'mild-8-bits',
  'mild-longer',
  'mild-96',
];
const ORDER = [...FIRST, ...VARIANTS.map(({ name }) => name).filter((name) => !FIRST.includes(name))];
/** Those that differ in their network are left out where a plan has its own. */
const OF_ONE_NETWORK = ORDER.filter((name) => findVariant(name).network === 'resnet18');

export const PLANS: readonly Plan[] = [
  {
    name: 'sketch',
    about: 'every variant with a slim network: about half a minute of a core for each cell at 64 pixels',
    variants: OF_ONE_NETWORK,
    ...SCREEN,
    network: SLIM,
  },
  {
    name: 'long',
    about: 'every variant with the slim network, three times as long as a sketch',
    variants: OF_ONE_NETWORK,
    ...SCREEN,
    epochs: 9,
    network: SLIM,
  },
  {
    name: 'screen',
    about: 'every variant for 3 epochs: about three minutes of a core for each cell at 64 pixels',
    variants: ORDER,
    ...SCREEN,
  },
  {
    name: 'final',
    about: 'the candidates for as long as a starter learns',
    variants: ['app', 'mild-96', 'mild-128'],
    ...SCREEN,
    epochs: 12,
    draws: 6144,
    batch: 32,
  },
  {
    name: 'starter',
    about: 'the model that comes with the app, and the folds that its calibration is fitted to',
    variants: ['starter'],
    ...SCREEN,
    folds: 3,
    epochs: 40,
    network: SLIM,
    shipped: true,
  },
  {
    name: 'starter-trial',
    about: 'a model that is worth nothing, to see that everything runs',
    variants: ['mild-outliers'],
    folds: 2,
    epochs: 2,
    draws: 256,
    batch: 32,
    limit: 20,
    shipped: true,
  },
  {
    name: 'trial',
    about: 'two folds of a few steps, to see that everything runs',
    variants: ['app', 'full'],
    folds: 2,
    epochs: 1,
    draws: 64,
    batch: 16,
    limit: 10,
  },
];

/** What the model that comes with the app is trained by. */
export const STARTER = { variant: 'starter', plan: 'starter' } as const;

/** @throws with the names that there are */
export function findPlan(name: string): Plan {
  const found = PLANS.find((one) => one.name === name);
  if (!found) throw new Error(`There is no plan “${name}”, but ${PLANS.map((one) => one.name).join(', ')}.`);
  return found;
}
