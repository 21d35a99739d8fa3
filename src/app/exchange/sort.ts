/** Commands that sort the files at hand into folders by label: a plan, then copies into a folder or a zip. */

import { type ErrorRecord, LabError, toErrorRecord } from '../../core/errors.ts';
import { createEta } from '../../core/files/eta.ts';
import { listSlices } from '../../core/labels/exchange/slices.ts';
import { planSort, type SortOptions, type SortPlan } from '../../core/labels/exchange/sortPlan.ts';
import { attempt, type Context } from '../context.ts';
import type { WalkResult } from '../drop.ts';
import type { FilesAtHand } from '../originals.ts';
import { zipBatches } from '../zip.ts';
import { filesOf, headerOf } from './atHand.ts';
import { createFolderWriter } from './folderWriter.ts';
import { createOriginalReader } from './originalReader.ts';
import type { ExchangeParts } from './parts.ts';

export type SortProgress = { done: number; total: number; rate: number | null; secondsLeft: number | null };

export type SortOutcome = {
  state: 'done' | 'cancelled' | 'failed';
  /** Files in the folder, or in the saved zip. */
  written: number;
  total: number;
  /** Files that got a number since the folder had their name. */
  renamed: number;
  /** Files that could not be read any more. */
  unreadable: number;
  error: ErrorRecord | null;
};

export type SortActions = {
  planSort(options: SortOptions): Promise<SortPlan | null>;
  /** @param folder null: a zip in the browser's downloads */
  sortFiles(
    plan: SortPlan,
    folder: FileSystemDirectoryHandle | null,
    options: { signal: AbortSignal; onProgress: (progress: SortProgress) => void },
  ): Promise<SortOutcome>;
};

/** A zip without the extensions for large archives, which our writer lacks (APPNOTE 4.4.1.4). */
const MOST_ZIP_BYTES = 2 ** 32 - 2 ** 24;
const MOST_ZIP_FILES = 65_535;

export function createSortCommands(context: Context, parts: ExchangeParts): SortActions {
  const { get } = context;

  async function plan(options: SortOptions): Promise<SortPlan> {
    const set = get().labelSet;
    const list = listSlices(await parts.store.shardIndexes(get().project.id, set.id));
    const atHand = parts.originals.atHand();
    const reader = createOriginalReader();
    const files = [];
    for (const file of filesOf(list, atHand))
      files.push({ ...file, header: await headerOf(file.path, atHand.at, reader) });
    return planSort(list, set, { datasets: get().datasets, files }, options);
  }

  return {
    planSort: (options) => attempt(context, 'The files were not looked through.', () => plan(options)),

    sortFiles: async ({ copies }, folder, { signal, onProgress }) => {
      const total = copies.length;
      const outcome: SortOutcome = {
        ...{ state: 'done', written: 0, total, renamed: 0, unreadable: 0, error: null },
      };
      const eta = createEta();
      const step = () => {
        const files = outcome.written + outcome.unreadable;
        const figures = { files, filesTotal: total, bytes: 0, bytesTotal: 0 };
        onProgress({ done: files, total, ...eta(performance.now(), figures) });
      };
      step();
      try {
        const contents = originals(copies, parts.originals.atHand(), signal, () => {
          outcome.unreadable++;
          step();
        });
        if (folder) {
          const writer = createFolderWriter(folder);
          for await (const { to, file } of contents) {
            const { renamed } = await writer.write(to, file, signal);
            outcome.written++;
            outcome.renamed += Number(renamed);
            step();
          }
        } else {
          if (total > MOST_ZIP_FILES) throw tooLarge();
          const zip = await zipBatches(batches(contents), signal, (done) => {
            outcome.written = done;
            step();
          });
          parts.save('modality-lab-sorted.zip', zip);
        }
      } catch (error) {
        outcome.error = toErrorRecord(error);
        outcome.state = signal.aborted ? 'cancelled' : 'failed';
        // An unfinished zip is not saved.
        if (!folder) outcome.written = 0;
      }
      return outcome;
    },
  };
}

type Content = { to: readonly string[]; file: Blob };

/** Files that can't be read are left out: one bad file never stops the rest. */
async function* originals(
  copies: SortPlan['copies'],
  atHand: FilesAtHand,
  signal: AbortSignal,
  onUnreadable: () => void,
): AsyncGenerator<Content> {
  const reader = createOriginalReader();
  for (const { from, to } of copies) {
    signal.throwIfAborted();
    const original = atHand.at(from);
    const file = original && (await reader.read(original));
    if (file) yield { to, file };
    else onUnreadable();
  }
}

async function* batches(contents: AsyncIterable<Content>): AsyncGenerator<WalkResult> {
  let bytes = 0;
  for await (const { to, file } of contents) {
    bytes += file.size;
    if (bytes > MOST_ZIP_BYTES) throw tooLarge();
    yield { items: [{ path: to.join('/'), file }], unreadable: [] };
  }
}

function tooLarge(): LabError {
  return new LabError(
    'zip-too-large',
    'A zip holds 4 GB and 65,535 files at most, and these are more.',
    'Nothing was saved.',
    'Use a browser that can write into a folder, such as Chrome or Edge.',
  );
}
