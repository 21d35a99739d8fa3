/** The model card: what the starter learned from, by which recipe, what it is worth, and where it fails. */
import type { Metadata } from '../../src/core/export/safetensors.ts';
import type { Row } from './fit.ts';
import type { Source } from './ship.ts';

export type CardRow = Omit<Row, 'dataset' | 'label'> & {
  dataset: string;
  location: string;
  label: string;
  /** `held-out fold`: of the datasets that it learned from, by trainings without them. `never learned`: by the starter itself. */
  by: 'held-out fold' | 'never learned';
};

export type Card = {
  version: 1;
  title: string;
  /** As in the header of the weights. */
  facts: Pick<Metadata, 'network' | 'size' | 'weights' | 'started' | 'epochs' | 'seed'>;
  bytes: number;
  recipe: { variant: string; about: string; plan: string; folds: number; images: number };
  /** Balanced accuracy: of held-out folds, and on datasets that it may not learn from. */
  heldOut: { slices: number; series: number };
  neverLearned: { slices: number; series: number } | null;
  /** The same datasets by the weights before they were rounded to 8 bits, and the slices whose answer that changes. */
  eightBits: { before: number; after: number; changed: number; slices: number } | null;
  calibration: { temperature: number; correlation: number } | null;
  /** Those learned from. */
  datasets: (Pick<Source, 'name' | 'location' | 'source'> & { slices: number })[];
  rows: CardRow[];
};

/** Answers are called poor below this recall. */
const POOR = 0.8;

export function cardText(card: Card): string {
  const { facts, recipe, heldOut, neverLearned, eightBits, rows } = card;
  const poor = rows.filter(({ recall }) => recall < POOR);
  return [
    `# ${card.title}`,
    'A model that tells CT, MR, PT and XR apart, shipped with Modality Lab. **Not a medical device**: for research and teaching only; never base a diagnosis or a treatment on what it says.',
    `${facts.network}, input ${facts.size}×${facts.size}, weights of 8 bits (${(card.bytes / 1e6).toFixed(1)} MB, hash ${facts.weights}), trained until ${facts.started.slice(0, 10)}.`,
    '## What it is worth',
    `Balanced accuracy on whole datasets held out of the same training (${recipe.folds} folds): ${percent(heldOut.slices)} over slices, ${percent(heldOut.series)} over series.${
      neverLearned
        ? ` The starter itself on datasets that it may not learn from: ${percent(neverLearned.slices)} over slices, ${percent(neverLearned.series)} over series.`
        : ''
    }`,
    eightBits
      ? `8 bits cost: balanced accuracy ${percent(eightBits.before)} before and ${percent(eightBits.after)} after rounding; the answer of ${eightBits.changed} of ${eightBits.slices} slices changes.`
      : '',
    '## Where it fails',
    poor.length === 0
      ? `No class of a dataset has a recall below ${percent(POOR)}.`
      : poor
          .map(
            (row) =>
              `- ${row.dataset} (${row.location}), ${row.label}: ${percent(row.recall)} of ${row.slices} slices`,
          )
          .join('\n'),
    'It knows nothing but these four: ultrasound, photographs and the like are unknown to it only as far as its threshold goes, which keeps 95 % of the series that it was asked about and had not learned from. Pictures of kinds that no dataset below holds may be called anything.',
    '## Recipe',
    `Variant \`${recipe.variant}\` (${recipe.about}), plan \`${recipe.plan}\`: ${recipe.images.toLocaleString('en-US')} images shown in ${facts.epochs} epochs, seed ${facts.seed}. Repeat it with \`npm run train-starter -- --data DIR\`.`,
    '## Accuracy by dataset',
    table(
      ['dataset', 'location', 'modality', 'judged by', 'slices', 'right', 'series', 'right'],
      rows.map((row) => [
        row.dataset,
        row.location,
        row.label,
        row.by,
        String(row.slices),
        percent(row.recall),
        String(row.series),
        percent(row.seriesRecall),
      ]),
    ),
    '## Learned from',
    'The licences of these datasets allow weights learned from them to be shipped, with their attribution. Sources and licences are as the list of datasets has them; “from memory”: the copy that was learned from does not state its licence itself.',
    table(
      ['dataset', 'location', 'slices', 'source and licence'],
      card.datasets.map(({ name, location, slices, source }) => [name, location, String(slices), source]),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
