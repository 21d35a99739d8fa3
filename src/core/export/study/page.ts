/**
 * A report as one printable page: what was asked, data, split, tables and figures, limits, methods and the record. Without
 * scripts and requests; names of datasets only as the user has written them.
 */
import { networkLabel } from '../../nn/meta.ts';
import { labelSetOf } from '../../train/labelSetOf.ts';
import { counted, escaped, listed, percent } from '../html.ts';
import { cardsSection } from './cards.ts';
import { checklistSection } from './checklist.ts';
import { pairsOf, pairsTable, runsTable } from './compare.ts';
import { dataSection } from './data.ts';
import { curvesFigure, matrixFigure, reliabilityFigure, splitsFigure, timesFigure } from './figures.ts';
import { limitsOf } from './limits.ts';
import { methodsOf } from './methods.ts';
import { recordSection } from './record.ts';
import { fitBeside, tablesBeside } from './sideBySide.ts';
import { sizeTables } from './sizes.ts';
import {
  figureIn,
  type Group,
  groupsOf,
  mainSplit,
  SPLIT_WORDS,
  type StudyInput,
  spreadOf,
  unseenUnit,
} from './study.ts';
import { STYLE } from './style.ts';
import {
  classesTable,
  datasetLines,
  datasetsTable,
  facetTables,
  metricsTable,
  nameIn,
  networksTable,
  seriesTable,
  spreadText,
} from './tables.ts';

export function studyPage(input: StudyInput): string {
  const { runs, commit, made } = input;
  const groups = groupsOf(runs);
  const title = titleOf(groups);
  const letter = (i: number) => (groups.length > 1 ? String.fromCharCode(97 + i) : '');
  const split = mainSplit(runs);
  const beside = fitBeside(groups, split) ? tablesBeside(groups, split) : null;
  const pairs = pairsOf(groups, input.judged);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p>Report of ${counted(runs.length, 'run')}, written ${escaped(made.slice(0, 10))} by Modality Lab ${escaped(commit)}. <strong>Not a medical device: for research and teaching only.</strong> Tables 2 and 3 and Figures 3 to 7 have the numbers of those that they repeat of MacFadyen, Duraiswamy and Harris-Birtill 2023 (PLOS Digital Health), whose Figure 2 has no counterpart.</p>
</header>
<main>
${asked(groups, input)}
${dataSection(input)}
<section><h2>Methods</h2>
${methodsOf(groups, input, pairs)
  .map((one) => `<p>${escaped(one)}</p>`)
  .join('\n')}
</section>
<section><h2>Results</h2>
${networksTable(groups, split)}
${seriesTable(groups, split)}
${pairsTable(groups, pairs, split)}
${runsTable(groups, split)}
${curvesFigure(groups)}
${timesFigure(groups)}
${splitsFigure(groups)}
${beside ? beside.datasets : groups.map((group, i) => datasetsTable(group, split, `3${letter(i)}`)).join('\n')}
${groups.map((group, i) => matrixFigure(group, split, i, letter(i))).join('\n')}
${groups.map((group, i) => reliabilityFigure(group, split, i, letter(i))).join('\n')}
${beside ? beside.others : groups.map((group, i) => metricsTable(group, split, `4${letter(i)}`) + classesTable(group, split, `5${letter(i)}`)).join('\n')}
${runs.length === 1 ? facetTables(runs[0]) : sizeTables(runs, split)}
</section>
<section><h2>Limits</h2>
<ul>${limitsOf(groups)
    .map((one) => `<li>${escaped(one)}</li>`)
    .join('\n')}</ul>
</section>
${cardsSection(groups)}
${checklistSection(groups)}
${recordSection(input)}
</main>
</body>
</html>
`;
}

function titleOf(groups: readonly Group[]): string {
  const [run] = groups[0].runs;
  const { classes } = labelSetOf(run);
  const names = [...new Set(groups.map(({ runs }) => networkLabel(runs[0].config.network)))];
  const what = classes.length <= 6 ? listed(classes.map(({ name }) => name)) : `${classes.length} classes`;
  return groups.length === 1
    ? `${what}, told apart by ${groups[0].name}`
    : `${what}, told apart by ${listed(names)}`;
}

/** The question, and its answer in two sentences. */
function asked(groups: readonly Group[], { runs }: StudyInput): string {
  const split = mainSplit(runs);
  const score = ({ runs: own }: Group) =>
    spreadOf(own.map(({ evaluation }) => figureIn(evaluation?.[split], 'balancedAccuracy')))?.mean ?? -1;
  const [group] = groups.toSorted((a, b) => score(b) - score(a));
  const set = labelSetOf(runs[0]);
  const lines = datasetLines(group.runs, split);
  const worst = lines[0];
  const spread = (name: 'accuracy' | 'balancedAccuracy') =>
    spreadText(name, spreadOf(group.runs.map(({ evaluation }) => figureIn(evaluation?.[split], name))));
  const unseen =
    split === 'train'
      ? 'datasets that it learned from'
      : `${unseenUnit(runs[0])}s that it has not learned from`;
  return `<section><h2>What was asked</h2>
<p>Does the picture alone tell which of ${escaped(listed(set.classes.map(({ name }) => name)))} a slice is, on ${unseen} (${SPLIT_WORDS[split].toLowerCase()})? The unit is the slice.</p>
<p><b>${escaped(group.name)}</b>${groups.length > 1 ? `, by balanced accuracy the highest of ${groups.length} (picked on ${SPLIT_WORDS[split].toLowerCase()} itself, which flatters it),` : ''} reaches an accuracy of ${escaped(spread('accuracy'))} and a balanced accuracy of ${escaped(spread('balancedAccuracy'))}.${
    worst && lines.length > 1
      ? ` It is weakest on ${escaped(worst.row.dataset)}, ${escaped(nameIn(set, worst.row.modality))}: ${escaped(percent(worst.accuracy.mean))} of ${counted(worst.row.n, 'slice')} right.`
      : ''
  }</p>
${runs.flatMap(({ note, title }) => (note ? [`<p>Note on ${escaped(title)}: ${escaped(note)}</p>`] : [])).join('\n')}
</section>`;
}
