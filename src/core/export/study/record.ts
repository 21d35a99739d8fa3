/** The record at the end of a report: settings, devices, fingerprints of the data, and how to repeat the runs. */
import { settingsOf } from '../../train/differences.ts';
import { SPLITS } from '../../types.ts';
import { type CellText, counted, definitions, escaped, jsonBlock, table } from '../html.ts';
import { runManifest } from '../manifest.ts';
import { RECORD_ID } from '../runFile.ts';
import { deviceWords } from './methods.ts';
import { datasetName, datasetsOf, groupsOf, SPLIT_WORDS, type StudyInput, type StudyRun } from './study.ts';

export function recordSection(input: StudyInput): string {
  const runs = groupsOf(input.runs).flatMap((group) => group.runs);
  const settings = runs.map(settingsOf);
  const names = Object.keys(settings[0]);
  const differs = (name: string) => new Set(settings.map((of) => of[name])).size > 1;
  const rows = runs.map((run, i): CellText[] => [
    run.title,
    ...names.filter(differs).map((name) => settings[i][name]),
    run.started.slice(0, 16).replace('T', ' '),
    run.device ? deviceWords(run.device) : '–',
    run.frozen?.app.commit ?? '–',
    run.evaluated?.weights ?? '–',
  ]);
  return `<section><h2>Record</h2>
<h3>${runs.length > 1 ? 'Settings that all runs share' : 'Settings'}</h3>
${definitions(names.filter((name) => !differs(name)).map((name) => [name, settings[0][name]] as const))}
${table(
  `<b>Table 9.</b> ${runs.length > 1 ? 'What differs, and w' : 'W'}here and when each run was made (UTC). Weights: the checksum of those that were evaluated.`,
  [
    { head: 'Run' },
    ...names.filter(differs).map((head) => ({ head })),
    { head: 'Started' },
    { head: 'Device' },
    { head: 'App' },
    { head: 'Weights' },
  ],
  rows,
)}
${fingerprints(input.runs[0])}
<h3>To repeat it</h3>
<p>This page holds the record of ${runs.length > 1 ? 'each run' : 'the run'} as JSON, in ${runs.length > 1 ? `${runs.length} data blocks` : 'a data block'} that no program runs. The download “Manifest” is the same. With the files of the datasets in a folder,</p>
<pre>npm run demo -- --manifest ${runs.length > 1 ? 'MANIFEST' : 'THIS-PAGE'} --data FOLDER</pre>
<p>trains it again and compares every figure, bit for bit on the same device; data that differ are named before. “Repeat a run” on the Train page does the same.</p>
${runs.map((run, i) => jsonBlock(i === 0 ? RECORD_ID : `${RECORD_ID}-${i + 1}`, runManifest(run))).join('\n')}
</section>`;
}

function fingerprints(run: StudyRun): string {
  const contents = run.evaluated?.contents;
  if (!contents) return '<p>Fingerprints of the data were not recorded: evaluate the run again.</p>';
  const found = datasetsOf(run).flatMap((dataset, i) =>
    SPLITS.flatMap((split) => {
      const print = contents.datasets[split][dataset.id];
      return print ? [{ name: datasetName(dataset, i), split, print }] : [];
    }),
  );
  const rows = found
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .map(({ name, split, print }): CellText[] => [
      name,
      SPLIT_WORDS[split],
      { html: `<code>${escaped(print)}</code>` },
    ]);
  return table(
    `<b>Table 10.</b> Fingerprints of the used slices and their labels, ${counted(new Set(found.map(({ name }) => name)).size, 'dataset')}: the same pictures have the same in any project.`,
    [{ head: 'Dataset' }, { head: 'Split' }, { head: 'Fingerprint' }],
    rows,
    'small',
  );
}
