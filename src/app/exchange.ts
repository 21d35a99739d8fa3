/** Commands that bring labels out and in, and compare two readers. */
import { LabError } from '../core/errors.ts';
import { hashText } from '../core/files/identity.ts';
import { type ImportOptions, type ImportPlan, planImport } from '../core/labels/exchange/importPlan.ts';
import { needsContent, type Project } from '../core/labels/exchange/match.ts';
import {
  isFault,
  type LabelTable,
  readLabelTable,
  type TableFault,
} from '../core/labels/exchange/readTable.ts';
import {
  type LabelExportOptions,
  labelRows,
  labelsCsv,
  labelsRecord,
} from '../core/labels/exchange/record.ts';
import type { Resolved } from '../core/labels/exchange/resolve.ts';
import { listSlices } from '../core/labels/exchange/slices.ts';
import { historyOf } from '../core/labels/history.ts';
import { NO_CLASS } from '../core/labels/labelSet.ts';
import { BUILD } from './build.ts';
import { attempt, type Context, refusedWhileBusy } from './context.ts';
import { filesOf } from './exchange/atHand.ts';
import { createContentReader } from './exchange/contents.ts';
import type { ExchangeParts } from './exchange/parts.ts';
import { createReaderCommands, type ReaderActions } from './exchange/readers.ts';
import { createSortCommands, type SortActions } from './exchange/sort.ts';

/** What the stored labels of the set amount to, and how many slices have their file at hand. */
export type ExchangeFacts = { series: number; slices: number; labelled: number; atHand: number };

/** How much of a file of labels was found in this project. */
export type FoundLabels = Omit<Resolved, 'label'>;

export type ExchangeActions = SortActions &
  ReaderActions & {
    exchangeFacts(): Promise<ExchangeFacts | null>;
    /** @param onProgress told the share of the pictures that were read, where `contents` asks for them */
    exportLabels(
      format: 'csv' | 'json',
      options: LabelExportOptions,
      onProgress?: (share: number) => void,
    ): Promise<void>;
    /** null if the file could not be read; a notice then says why. */
    readLabelFile(file: File): Promise<LabelTable | TableFault | null>;
    planLabelImport(table: LabelTable, options: ImportOptions): Promise<ImportPlan | null>;
    /** One act, which Undo takes back. Resolves to whether the labels were stored. */
    importLabels(plan: ImportPlan): Promise<boolean>;
  };

const LARGEST_BYTES = 256 * 2 ** 20;

export function createExchangeCommands(context: Context, parts: ExchangeParts): ExchangeActions {
  const { get, notify } = context;
  const { store, originals } = parts;
  const readContents = createContentReader(store.slicePixels);

  const shards = () => store.shardIndexes(get().project.id, get().labelSet.id);

  /** With the contents of the slices if a row of these tables can be told by them alone. */
  async function project(...tables: readonly LabelTable[]): Promise<Project> {
    const list = listSlices(await shards());
    const needs = needsContent(list);
    const contents = tables.some(({ rows }) => rows.some(needs)) ? await readContents(list) : null;
    return { list, datasets: get().datasets, files: filesOf(list, originals.atHand()), contents };
  }

  return {
    ...createSortCommands(context, parts),
    ...createReaderCommands(context, parts, project),

    exchangeFacts: () =>
      attempt(context, 'The labels could not be read.', async () => {
        const list = listSlices(await shards());
        return {
          series: list.series.length,
          slices: list.count,
          labelled: list.label.filter((label) => label !== NO_CLASS).length,
          atHand: filesOf(list, originals.atHand()).reduce((sum, { slices }) => sum + slices.length, 0),
        };
      }),

    exportLabels: async (format, options, onProgress) => {
      await attempt(context, 'The file was not made.', async () => {
        const set = get().labelSet;
        const events = await store.labelEvents(get().project.id);
        const { pathOf } = originals.atHand();
        const names = new Map(get().datasets.map(({ id, name }) => [id, name]));
        const stored = await shards();
        const input = {
          shards: stored,
          contents: options.contents ? await readContents(listSlices(stored), onProgress) : null,
          set,
          edits: historyOf(events).edits,
          pathOf: (key: string) => pathOf.get(key) ?? null,
          nameOf: (id: string) => names.get(id) ?? '',
          timeText: (ms: number) => new Date(ms).toISOString(),
        };
        const rows = labelRows(input, options);
        if (format === 'csv') {
          const text = labelsCsv(rows, set, options);
          parts.save('modality-lab-labels.csv', new Blob([text], { type: 'text/csv;charset=utf-8' }));
          return;
        }
        const record = labelsRecord(rows, set, options, { commit: BUILD.commit });
        const text = `${JSON.stringify(record, null, 2)}\n`;
        parts.save('modality-lab-labels.json', new Blob([text], { type: 'application/json' }));
      });
    },

    readLabelFile: (file) =>
      attempt(context, 'The file of labels was not read.', async () => {
        if (file.size > LARGEST_BYTES) throw tooLarge();
        const read = readLabelTable(decoded(new Uint8Array(await file.arrayBuffer())));
        return isFault(read) ? read : withSeriesIds(read, context);
      }),

    planLabelImport: (table, options) =>
      attempt(context, 'The labels were not looked through.', async () =>
        planImport(table, get().labelSet, await project(table), options),
      ),

    importLabels: async ({ edits, changed }) => {
      if (refusedWhileBusy(context, 'The labels were not imported.')) return false;
      const stored = await attempt(context, 'The labels were not imported.', async () => {
        await store.editLabels(get().project.id, edits, parts.reader(), Date.now());
        await parts.refresh();
        notify({
          tone: 'success',
          title: `Labels of ${slicesWords(changed)} imported.`,
          detail: '',
          next: 'Undo on the Label page takes all of them back at once.',
          action: null,
        });
        return true;
      });
      return stored ?? false;
    },
  };
}

/** Hashes the series instance UIDs of another program's table, by which series are known here. */
async function withSeriesIds(table: LabelTable, { get, store }: Context): Promise<LabelTable> {
  if (!table.found.some(({ column }) => column === 'seriesUid')) return table;
  const record = (await store.projects()).find(({ id }) => id === get().project.id);
  if (!record) return table;
  const ids = new Map<string, string>();
  for (const { seriesUid } of table.rows) {
    if (seriesUid !== '' && !ids.has(seriesUid))
      ids.set(seriesUid, await hashText(record.key, 'series', seriesUid));
  }
  const rows = table.rows.map((row) =>
    row.seriesId === '' ? { ...row, seriesId: ids.get(row.seriesUid) ?? '' } : row,
  );
  return { ...table, rows };
}

/** Spreadsheets also save UTF-16, with a byte order mark. */
function decoded(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(bytes);
}

function slicesWords(slices: number): string {
  return slices === 1 ? '1 slice' : `${slices.toLocaleString('en')} slices`;
}

function tooLarge(): LabError {
  return new LabError(
    'file-too-large',
    'This file is larger than any table of labels.',
    'No label was changed.',
    'Choose the CSV or JSON file that holds the labels.',
  );
}
