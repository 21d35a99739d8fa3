/**
 * The items of a reviewer's checklist (CLAIM: Mongan, Moy and Kahn 2020, Radiology: Artificial Intelligence 2:e200029), in
 * our words: where the report answers one, and what its author has to add.
 */
import { type CellText, table } from '../html.ts';
import { datasetsOf, type Group, unseenUnit } from './study.ts';

const AUTHOR = 'for the author';

type Item = { item: string; where: string; open?: string };

export function checklistSection(groups: readonly Group[]): string {
  const items = itemsOf(groups);
  const rows = items.map(({ item, where, open }, i): CellText[] => [
    String(i + 1),
    item,
    where,
    open ?? (where === AUTHOR ? 'all of it' : ''),
  ]);
  return `<section><h2>Checklist</h2>
${table(
  '<b>Table 8.</b> The 42 items of CLAIM (Mongan, Moy and Kahn 2020), in short words: where this report answers them, and what its author adds.',
  [{ head: 'Item', tight: true }, { head: 'About' }, { head: 'Where' }, { head: 'Open' }],
  rows,
)}
</section>`;
}

function itemsOf(groups: readonly Group[]): Item[] {
  const runs = groups.flatMap((group) => group.runs);
  const [run] = runs;
  const datasets = datasetsOf(run);
  const has = (field: 'source' | 'licence') =>
    datasets.length > 0 && datasets.every(({ facts }) => facts?.[field]);
  const guard = run.frozen?.guard;
  const calibrated = runs.some(({ reliability }) => reliability);
  const test = runs.some(({ evaluation }) => evaluation?.test);
  const author = (item: string): Item => ({ item, where: AUTHOR });
  return [
    { item: 'Title names the technique', where: 'Title', open: 'title of the paper' },
    author('Structured abstract'),
    author('Background and intended use'),
    { item: 'Aims', where: 'What was asked', open: 'hypotheses' },
    author('Prospective or retrospective'),
    { item: 'Goal of the study', where: 'What was asked' },
    {
      item: 'Sources of data',
      where: 'Table 1',
      ...(has('source') ? {} : { open: 'source of each dataset, with dates and places' }),
    },
    { item: 'What was included and what not', where: 'Figure 1', open: 'how the datasets were found' },
    { item: 'Preprocessing', where: 'Methods' },
    { item: 'Subsets of the data', where: 'Figure 1, Table 1', open: 'why, if a subset was drawn before' },
    { item: 'Definitions of data elements', where: 'Methods' },
    {
      item: 'De-identification',
      where: 'Methods',
      open: 'how the sources were de-identified; approval by an ethics board',
    },
    { item: 'Missing data', where: 'Figure 1' },
    { item: 'Reference standard', where: 'Methods' },
    author('Why that standard'),
    { item: 'Who annotated', where: 'Methods', open: 'readers and their qualification, if there were any' },
    { item: 'Tools of annotation', where: 'Methods' },
    author('Agreement between readers'),
    { item: 'Sample size', where: 'Table 1', open: 'how it was planned' },
    { item: 'Assignment to splits', where: 'Split' },
    {
      item: 'Level at which splits are disjoint',
      where: 'Split',
      ...(guard ? {} : { open: 'copies across splits were not looked for' }),
    },
    { item: 'Model', where: 'Methods', open: 'a citation of each architecture' },
    { item: 'Software', where: 'Methods, Table 9' },
    { item: 'First weights', where: 'Methods' },
    { item: 'Training: augmentation, hyperparameters, number of models', where: 'Methods, Record' },
    { item: 'How the final model was chosen', where: 'Methods, Record' },
    { item: 'Ensembles', where: 'none: each run is judged by itself' },
    { item: 'Metrics', where: 'Tables 2, 4 and 5' },
    { item: 'Significance and uncertainty', where: 'Methods, Table 2' },
    {
      item: 'Robustness',
      where: groups.some((group) => group.runs.length > 1) ? 'Tables 2d and 3' : 'Table 3',
      open: 'sensitivity to choices that were not varied',
    },
    author('Explainability'),
    {
      item: 'External data',
      where: test && unseenUnit(run) === 'dataset' ? 'Table 3: each test dataset is one' : AUTHOR,
    },
    { item: 'Flow of cases', where: 'Figure 1' },
    author('Age, sex and illness by split: not kept, since they can name a patient'),
    { item: 'Performance on every split', where: `Table 4, Figure 6${calibrated ? ', Figure 8' : ''}` },
    { item: 'Estimates with their precision', where: 'Tables 2 and 3' },
    { item: 'Failures', where: 'Table 3, Figure 7', open: 'examples, by eye' },
    { item: 'Limits', where: 'Limits', open: 'those that only the author knows' },
    author('What follows for practice'),
    author('Registration'),
    {
      item: 'Protocol, code, model and data',
      where: 'Record',
      ...(has('licence') ? {} : { open: 'where the data can be had, and their licence' }),
    },
    author('Funding'),
  ];
}
