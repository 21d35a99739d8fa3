/** Commands on what is said of datasets: facts, the table as a file, and the rows of the paper's appendix. */
import { appendixState } from '../core/dataset/appendix/match.ts';
import { factLooks } from '../core/dataset/factLooks.ts';
import { LOOKS_WORDS, type Looks, looksIdentifying } from '../core/dataset/identifying.ts';
import { type ReadTable, readDatasetsTable, type TableChange } from '../core/dataset/table.ts';
import { LabError } from '../core/errors.ts';
import { FACT_KEYS, FACTS, type FactKey, tidyFact, withFact } from '../core/files/datasetFacts.ts';
import { tidyName } from '../core/files/folderName.ts';
import { attempt, type Context } from './context.ts';
import type { Change } from './edits.ts';

export type DatasetFactActions = {
  /** A text that may identify somebody is asked about first. */
  setFact(dataset: string, fact: FactKey, text: string): Promise<void>;
  /** null if the file can't be read at all. */
  readDatasetsFile(file: File): Promise<ReadTable | null>;
  /** One act, which Undo takes back. */
  importDatasets(changes: readonly TableChange[]): Promise<void>;
  /** Gives datasets named after rows of the appendix the split and the source of these; one act. */
  takeAppendix(): Promise<void>;
};

const LARGEST_BYTES = 5_000_000;

export function createDatasetFactCommands(context: Context, change: Change): DatasetFactActions {
  const { get, ask } = context;

  function mayStore(what: string, looks: readonly Looks[]): Promise<boolean> {
    return ask({
      title: `Store ${what}?`,
      lines: [
        `It ${LOOKS_WORDS[looks[0]]}. Stored, it stands in exported tables, too.`,
        'So far it is only on this screen.',
      ],
      yes: 'Store it all the same',
      no: 'Don’t store it',
      danger: true,
    });
  }

  return {
    setFact: async (dataset, fact, text) => {
      const row = get().datasets.find(({ id }) => id === dataset);
      const tidied = tidyFact(fact, text);
      if (!row || tidied === (row.facts[fact] ?? '')) return;
      const looks = factLooks(fact, tidied);
      const label = FACTS[fact].label.toLowerCase();
      if (looks && !(await mayStore(`this ${label}`, [looks]))) return;
      await attempt(context, 'It was not stored.', () =>
        change(
          `${FACTS[fact].label} changed.`,
          `“${row.name}”: ${tidied === '' ? `no ${label}` : 'stored'}.`,
          new Map([[dataset, { facts: withFact(row.facts, fact, tidied) }]]),
        ),
      );
    },

    readDatasetsFile: async (file) =>
      (await attempt(context, 'The table was not read.', async () => {
        if (file.size > LARGEST_BYTES) throw tooLarge();
        return readDatasetsTable(await file.text());
      })) ?? null,

    importDatasets: async (changes) => {
      const looks = changes.flatMap(({ patch: { location, facts } }) => [
        ...(location ? [looksIdentifying(location, true)] : []),
        ...FACT_KEYS.map((key) => factLooks(key, facts?.[key] ?? '')),
      ]);
      const suspicious = looks.filter((one) => one !== null);
      if (suspicious.length > 0 && !(await mayStore('the texts of this table', suspicious))) return;
      await attempt(context, 'The table was not taken over.', () =>
        change(
          'Table of datasets taken over.',
          changes.length === 1 ? '1 dataset changed.' : `${changes.length} datasets changed.`,
          new Map(
            changes.map(({ id, patch: { split, location, facts } }) => [
              id,
              {
                ...(split ? { split, splitFrom: 'manifest' as const } : {}),
                ...(location ? { location: tidyName(location) } : {}),
                ...(facts ? { facts } : {}),
              },
            ]),
          ),
        ),
      );
    },

    takeAppendix: async () => {
      await attempt(context, 'The paper’s rows were not taken.', async () => {
        const { datasets, folderNames } = get();
        const { here } = appendixState(
          datasets.map((row) => ({
            ...row,
            name: folderNames.find(({ dataset }) => dataset === row.id)?.name ?? row.name,
            source: row.facts.source ?? '',
          })),
        );
        await change(
          'Rows of the paper taken.',
          here.length === 1 ? '1 dataset has its split.' : `${here.length} datasets have their splits.`,
          new Map(
            here.map(({ row, dataset }) => [
              dataset.id,
              {
                split: row.split,
                splitFrom: 'template' as const,
                facts: withFact(dataset.facts, 'source', row.url),
              },
            ]),
          ),
        );
      });
    },
  };
}

function tooLarge(): LabError {
  return new LabError(
    'manifest',
    'The file is larger than 5 MB.',
    'Nothing was changed.',
    'Choose a table of datasets, such as this app exports.',
  );
}
