/**
 * The starter's training in Node: its settings as JSON in the first argument. Held-out folds first, then the starter itself, then
 * its files. What is finished is kept, and so is the state of a training in progress: a killed run goes on where it was.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors, writeSafetensors } from '../../src/core/export/safetensors.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import type { ModelState } from '../../src/core/nn/state.ts';
import { weightsHash } from '../../src/core/train/checkpoint.ts';
import { classIds } from '../../src/core/train/labelSetOf.ts';
import { type CellOptions, judgeState, judgeUnseen, runCell, Unfinished } from '../generalise/cell.ts';
import { studySlices } from '../generalise/corpus.ts';
import { withExtras } from '../generalise/extras.ts';
import { drawFolds } from '../generalise/folds.ts';
import { studyNetwork } from '../generalise/network.ts';
import { findPlan, STARTER } from '../generalise/plans.ts';
import { createResults, fingerprintOf, type StoredCell } from '../generalise/results.ts';
import { findVariant } from '../generalise/variants.ts';
import { type Card, type CardRow, cardText } from './card.ts';
import { balanced, type HeldOut, type Row, rowsOf, shippedCalibration } from './fit.ts';
import { keepIn } from './keep.ts';
import { readSources, shippable } from './ship.ts';

export type Settings = {
  data: string;
  /** Cells, states and originals. */
  out: string;
  /** Where the weights and the card go. */
  ship: string;
  /** One JSON object a line: what happened when. */
  log: string;
  /** Names; null: those of STARTER. */
  variant: string | null;
  plan: string | null;
  seed: number;
  threads: number;
  /** Ends after so many minutes, for the same command to go on later; null: only when it is done. */
  minutes: number | null;
};

/** Made-up pictures that the starter is asked about. */
const UNSEEN_ASKED = 512;

const settings: Settings = JSON.parse(process.argv[2]);
const { seed, threads } = settings;
const plan = findPlan(settings.plan ?? STARTER.plan);
const variant = findVariant(settings.variant ?? STARTER.variant);
if (variant.grey !== 'minMax' || variant.framing !== 'stored')
  throw new Error(`The app makes slices by min-max of the whole picture, and ${variant.name} does not.`);

const endMs = performance.now() + (settings.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
const classes = classIds(DEFAULT_SET);
const networkKey = studyNetwork(plan.network ?? variant.network, classes.length).meta.key;
const sources = readSources(settings.data);
const study = await studySlices(settings.data, join(settings.out, `corpus-${plan.limit}`), plan.limit);
const whole = await withExtras(study, variant.extras, { out: settings.out, limit: plan.limit });
const ships = shippable(study.datasets, sources);
/** Practice data come after the datasets, and are our own. */
const mayLearn = (i: number) => whole.dataset[i] >= ships.length || ships[whole.dataset[i]];
const all = Uint32Array.from({ length: whole.count }, (_, i) => i);
const learned = all.filter(mayLearn);
const others = all.filter((i) => !mayLearn(i) && whole.extra[i] === null);
const results = createResults(settings.out);
const own = learned.filter((i) => whole.dataset[i] < ships.length && whole.extra[i] === null);

try {
  tell({
    event: 'began',
    variant: variant.name,
    plan: plan.name,
    seed,
    slices: learned.length,
    checked: others.length,
  });
  const foldOf = ownFolds();
  const folds: StoredCell[] = [];
  for (let fold = 0; fold < plan.folds; fold++) {
    const isHeldOut = (i: number) => foldOf[whole.dataset[i]] === fold;
    folds.push(
      await trained(
        fold,
        learned.filter((i) => !isHeldOut(i)),
        own.filter(isHeldOut),
      ),
    );
  }
  const shipped = await trained(plan.folds, learned, others);
  await write(folds, shipped);
} catch (error) {
  if (!(error instanceof Unfinished)) throw error;
  console.error('The time is up. The same command goes on.');
}
process.exit(0);

/** As the study draws them: the datasets that are never learned from are in a fold of their own, the last. */
function ownFolds(): Uint8Array {
  const foldOf = drawFolds(
    {
      count: own.length,
      label: Uint8Array.from(own, (i) => whole.label[i]),
      dataset: Uint16Array.from(own, (i) => whole.dataset[i]),
      patient: Uint32Array.from(own, (i) => whole.patient[i]),
    },
    { datasets: study.datasets.length, classes: classes.length, k: plan.folds, seed },
  );
  return foldOf.map((fold, at) => (ships[at] ? fold : plan.folds));
}

/** A finished training; `fold` plan.folds is the starter itself. */
async function trained(fold: number, train: Uint32Array, judge: Uint32Array): Promise<StoredCell> {
  const key = { variant, plan, fold, seed };
  const known = results.read(key);
  if (known) return known;
  const keep = keepIn(
    join(settings.out, plan.name, variant.name, `seed${seed}-fold${fold}.kept`),
    identity(fold, train),
  );
  tell({ event: 'training', fold: nameOf(fold), learns: train.length, judges: judge.length });
  const options: CellOptions = {
    ...{ variant, plan, seed, threads, keep, unknown: null },
    tell: (record) => tell({ event: 'epoch', fold: nameOf(fold), ...record }),
    isOver: () => performance.now() > endMs,
  };
  const judged = await runCell(whole, { train, judge }, options);
  const heldOut = study.datasets.filter((_, at) => judge.some((i) => whole.dataset[i] === at));
  const facts = { heldOut: heldOut.map(({ name }) => name), slicesLearned: train.length };
  results.write(key, { classes, ...facts, slices: [...judge] }, judged);
  keep.remove();
  const cell = results.read(key)!;
  const rows = rowsOf(heldOutOf([cell]), null);
  tell({
    event: 'trained',
    fold: nameOf(fold),
    seconds: Math.round(judged.secondsTrained),
    balanced: balanced(rows),
  });
  return cell;
}

async function write(folds: readonly StoredCell[], shipped: StoredCell): Promise<void> {
  const held = heldOutOf(folds);
  const checked = heldOutOf([shipped]);
  const { model } = readSafetensors(readFileSync(statePath()));
  const written = statSync(statePath()).mtime.toISOString();
  const rounded = readSafetensors(writeSafetensors({ model, metadata: {} }, 8)).model;
  const unseen =
    variant.outliers === null
      ? null
      : await judgeUnseen(rounded, UNSEEN_ASKED, { variant, plan, threads, seed });
  const calibration = shippedCalibration(held, checked, unseen && { ...unseen, classes: classes.length });
  const heldRows = rowsOf(held, calibration);
  const checkedRows = rowsOf(checked, calibration);
  const epochs = plan.epochs * variant.longer;
  const metadata = {
    format: 'pt',
    title: 'Modality Lab starter',
    network: networkKey,
    size: String(variant.size),
    labels: JSON.stringify(classes),
    labelSet: JSON.stringify(DEFAULT_SET),
    ...(variant.outliers === null ? {} : { outliers: String(variant.outliers) }),
    ...(calibration ? { calibration: JSON.stringify(calibration) } : {}),
    heldOut: JSON.stringify(balanced(heldRows)),
    preprocessing: JSON.stringify({
      side: 224,
      resize: 'aspect ratio not kept',
      scale: 'min-max per slice to uint8, then divided by 255',
      reduce: `area average to ${variant.size}`,
    }),
    recipe: JSON.stringify({ variant: variant.name, about: variant.about, plan: plan.name }),
    datasets: JSON.stringify(
      sources.filter(({ mayShip }) => mayShip).map(({ name, source }) => ({ name, source })),
    ),
    started: written,
    epochs: String(epochs),
    seed: String(seed),
    weights: weightsHash(rounded),
  };
  const file = writeSafetensors({ model, metadata }, 8);
  const card: Card = {
    version: 1,
    title: metadata.title,
    facts: {
      ...{ network: networkKey, size: metadata.size, weights: metadata.weights },
      ...{ started: written, epochs: metadata.epochs, seed: metadata.seed },
    },
    bytes: file.length,
    recipe: {
      ...{ variant: variant.name, about: variant.about, plan: plan.name, folds: plan.folds },
      images: Math.ceil(plan.draws / plan.batch) * plan.batch * epochs,
    },
    heldOut: balanced(heldRows),
    neverLearned: checkedRows.length > 0 ? balanced(checkedRows) : null,
    eightBits: await roundingCost(checked, rounded),
    calibration: calibration && {
      temperature: calibration.temperature,
      correlation: calibration.correlation,
    },
    datasets: study.datasets.flatMap(({ name, location }, at) => {
      const slices = own.filter((i) => whole.dataset[i] === at).length;
      const source = sources.find((one) => one.name === name)?.source ?? '';
      return slices > 0 ? [{ name, location, source, slices }] : [];
    }),
    rows: [
      ...heldRows.map((row) => named(row, 'held-out fold')),
      ...checkedRows.map((row) => named(row, 'never learned')),
    ],
  };
  mkdirSync(settings.ship, { recursive: true });
  writeFileSync(join(settings.ship, 'starter.safetensors'), file);
  writeFileSync(join(settings.ship, 'card.json'), `${JSON.stringify(card, null, 1)}\n`);
  writeFileSync(join(settings.ship, 'card.md'), cardText(card));
  const { heldOut, neverLearned, eightBits, bytes } = card;
  tell({ event: 'written', bytes, weights: metadata.weights, heldOut, neverLearned, eightBits });
}

/** How the rounded weights answer the slices that the unrounded ones were asked about. */
async function roundingCost(checked: HeldOut, rounded: ModelState): Promise<Card['eightBits']> {
  if (others.length === 0) return null;
  const { logits, none } = await judgeState(whole, rounded, others, { variant, plan, threads });
  const after: HeldOut = { ...checked, logits, none };
  let changed = 0;
  for (let i = 0; i < others.length; i++) if (answer(logits, i) !== answer(checked.logits, i)) changed++;
  return {
    before: balanced(rowsOf(checked, null)).slices,
    after: balanced(rowsOf(after, null)).slices,
    changed,
    slices: others.length,
  };
}

function answer(logits: Float32Array, i: number): number {
  const row = [...logits.subarray(i * classes.length, (i + 1) * classes.length)];
  return row.indexOf(Math.max(...row));
}

function heldOutOf(cells: readonly StoredCell[]): HeldOut {
  const slices = cells.flatMap(({ record }) => record.slices);
  const together = (parts: readonly Float32Array[]) => Float32Array.from(parts.flatMap((part) => [...part]));
  return {
    classes: classes.length,
    logits: together(cells.map(({ logits }) => logits)),
    none: together(cells.map(({ none }) => none)),
    label: Uint8Array.from(slices, (i) => whole.label[i]),
    dataset: slices.map((i) => whole.dataset[i]),
    series: slices.map((i) => whole.series[i]),
  };
}

function named(row: Row, by: CardRow['by']): CardRow {
  const { name, location } = study.datasets[row.dataset];
  return { ...row, dataset: name, location, label: classes[row.label], by };
}

function nameOf(fold: number): string {
  return fold === plan.folds ? 'starter' : String(fold);
}

/** Of all that decides the bits of a training, besides its slices' pixels. */
function identity(fold: number, train: Uint32Array): string {
  const slices = createHash('sha1').update(new Uint8Array(train.slice().buffer)).digest('hex');
  return `${fingerprintOf({ variant, plan, fold, seed })} ${slices}`;
}

/** The starter's weights as they were learned, which the study keeps beside its figures. */
function statePath(): string {
  return join(settings.out, plan.name, variant.name, `seed${seed}-fold${plan.folds}.safetensors`);
}

function tell(record: Record<string, unknown>): void {
  const line = JSON.stringify({ at: new Date().toISOString(), ...record });
  console.error(line);
  mkdirSync(join(settings.log, '..'), { recursive: true });
  appendFileSync(settings.log, `${line}\n`);
}
