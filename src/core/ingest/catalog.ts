/** The datasets of a project while an ingest adds to them: folders, names and splits. */

import { appendixRow } from '../dataset/appendix/match.ts';
import { cappedCounts } from '../dataset/caps.ts';
import { unsuspiciousFacts } from '../dataset/factLooks.ts';
import { looksIdentifying } from '../dataset/identifying.ts';
import { locationsOf } from '../dataset/locations.ts';
import { addMix, type Mixes, mixesOf } from '../dataset/mix.ts';
import { type FolderName, folderName, freeName, neutralName } from '../dataset/naming.ts';
import type { DatasetRecord } from '../dataset/record.ts';
import type { ShardIndex } from '../dataset/shard.ts';
import { proposeSplits, SPLIT_SEED } from '../dataset/split.ts';
import type { DatasetFolder } from '../files/datasetFolder.ts';
import { LOOSE_FILES, tidyName } from '../files/folderName.ts';
import { hashText } from '../files/identity.ts';
import type { ManifestEntry } from '../files/manifest.ts';
import { countedAs, zeroCounts } from '../labels/counts.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import type { Counts, SeriesFacts } from '../types.ts';
import type { IngestStore } from './ingest.ts';
import { createOverlap } from './overlap.ts';

export type Catalog = {
  /**
   * The dataset of a file. A folder was read before if it has a series or a patient of a stored dataset: its name
   * proves nothing, since every other disk has a folder called DICOM. null if still undecided.
   * @param decide creates a new dataset if no match was found so far
   */
  idOf(folder: DatasetFolder, facts: SeriesFacts, decide?: boolean): Promise<string | null>;
  /** Records to store with a shard: of datasets that may be new. */
  records(ids: readonly string[]): DatasetRecord[];
  /** Adds the slices of a committed shard to the figures. */
  count(shard: ShardIndex): void;
  /** Ids of datasets that received slices. */
  touched(): string[];
  /**
   * Stores the splits of the drop's datasets: the manifest's, else a proposal.
   * @param whole the drop was read to its end: its proposals are final
   */
  finish(whole: boolean): Promise<void>;
};

/** A folder of the drop: its candidate datasets, and the chosen one. */
type FolderState = { id: string | null; earlier: string[]; fresh: string };

/**
 * @param parts.indexes with labels of `set`, whose classes the splits are to balance
 * @param report receives folder names that must not be stored without asking, for the page's memory only
 */
export async function createCatalog(
  store: IngestStore,
  parts: { project: string; key: CryptoKey; indexes: readonly ShardIndex[]; set: LabelSet },
  report: (name: FolderName) => void,
): Promise<Catalog> {
  const { project, key, indexes, set } = parts;
  const records = new Map((await store.datasets(project)).map((record) => [record.id, record]));
  const counts = new Map<string, Counts>();
  const states = new Map<string, Promise<FolderState>>();
  const entries = new Map<string, ManifestEntry>();
  /** Folder paths of this drop, by dataset id. */
  const paths = new Map<string, string>();
  const touched = new Set<string>();
  const overlaps = createOverlap(indexes);
  const mixes: Mixes = new Map();
  const tally = (index: ShardIndex) => {
    countRows(index, counts, set);
    addMix(mixes, index, set);
  };
  for (const index of indexes) tally(index);

  /** Ids are made from the folder's name, so that they stay the same; equal names are numbered. */
  async function look({ path }: DatasetFolder): Promise<FolderState> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const text = path === '' ? LOOSE_FILES : name === LOOSE_FILES ? `./${name}` : name;
    const earlier: string[] = [];
    for (let n = 1; ; n++) {
      const id = await hashText(key, 'dataset', n === 1 ? text : `${text}\n${n}`);
      // Files without a folder always belong to one dataset.
      if (path === '') return { id, earlier, fresh: id };
      if (paths.has(id)) continue;
      if (!records.has(id)) return { id: earlier.length === 0 ? id : null, earlier, fresh: id };
      earlier.push(id);
    }
  }

  function make(id: string, { path, dataset, entry }: DatasetFolder): void {
    const taken = [...records.values()].map(({ name }) => name);
    // Files dropped without a folder get our name; a name from a datasets.json belongs to the dataset.
    const given = path === '' ? dataset : entry && looksIdentifying(nameOf(path)) === null ? dataset : null;
    const name = given === null ? neutralName(taken) : freeName(given, taken);
    const nameFrom = given === null ? 'neutral' : path === '' ? 'user' : 'manifest';
    const row = appendixRow(nameOf(path));
    // The splits of the appendix are taken where the project already has some of them.
    const follows = row !== null && [...records.values()].some(({ splitFrom }) => splitFrom === 'template');
    records.set(id, {
      id,
      project,
      name,
      nameFrom,
      location: '',
      split: follows ? row.split : 'train',
      splitFrom: follows ? 'template' : 'proposed',
      settled: false,
      exclude: [],
      ...(row ? { facts: { source: row.url } } : {}),
    });
  }

  /** Assigns the folder to this dataset from now on. */
  function settle(state: FolderState, id: string, folder: DatasetFolder): string {
    state.id = id;
    paths.set(id, folder.path);
    if (!records.has(id)) make(id, folder);
    if (folder.entry) {
      entries.set(id, folder.entry);
      records.set(id, described(records.get(id)!, folder.entry));
    }
    const { nameFrom } = records.get(id)!;
    if (nameFrom === 'neutral' && tidyName(nameOf(folder.path))) report(folderName(id, nameOf(folder.path)));
    return id;
  }

  return {
    idOf: async (folder, facts, decide = false) => {
      const looking = states.get(folder.path) ?? look(folder);
      states.set(folder.path, looking);
      const state = await looking;
      if (state.id !== null) return paths.has(state.id) ? state.id : settle(state, state.id, folder);
      const same = state.earlier.find((id) => !paths.has(id) && overlaps(id, facts));
      if (same) return settle(state, same, folder);
      return decide ? settle(state, state.fresh, folder) : null;
    },

    records: (wanted) => wanted.map((id) => records.get(id)!),

    count: (shard) => {
      tally(shard);
      for (const id of shard.datasets) touched.add(id);
    },

    touched: () => [...touched],

    finish: async (whole) => {
      // Read again: the user may have changed names and splits meanwhile.
      const current = (await store.datasets(project)).map((record) =>
        entries.has(record.id) ? described(record, entries.get(record.id)!) : record,
      );
      // Proposals of an interrupted drop are made again with this one.
      const isOpen = ({ id, splitFrom, settled }: DatasetRecord) =>
        paths.has(id) && splitFrom === 'proposed' && !settled;
      const mix = mixesOf(mixes);
      const proposals = proposeSplits(
        current.map((record) => ({
          id: record.id,
          name: paths.get(record.id) ?? record.id,
          counts: cappedCounts(record.caps ?? null, counts.get(record.id) ?? zeroCounts(set)),
          split: isOpen(record) ? null : record.split,
          locations: locationsOf(record.location, mix.get(record.id) ?? [], set),
        })),
        SPLIT_SEED,
      );
      const changed = current
        .filter(({ id }) => proposals.has(id) || entries.has(id))
        .map((record) => ({
          ...record,
          split: proposals.get(record.id) ?? record.split,
          settled: record.settled || whole,
        }));
      if (changed.length > 0) await store.putDatasets(changed);
    },
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A manifest overrides a proposal, never the user. */
function described(record: DatasetRecord, { split, location, facts = {} }: ManifestEntry): DatasetRecord {
  const allowed = looksIdentifying(location, true) ? '' : location;
  const said = { ...unsuspiciousFacts(facts), ...record.facts };
  const located = {
    ...record,
    location: record.location || allowed,
    ...(Object.keys(said).length > 0 ? { facts: said } : {}),
  };
  return record.splitFrom === 'proposed' ? { ...located, split, splitFrom: 'manifest' } : located;
}

function countRows(index: ShardIndex, counts: Map<string, Counts>, set: LabelSet): void {
  const own = index.datasets.map((id) => {
    const known = counts.get(id) ?? zeroCounts(set);
    counts.set(id, known);
    return known;
  });
  for (let row = 0; row < index.count; row++) {
    if (!index.removed[row]) own[index.dataset[row]][countedAs(set, index.label[row])]++;
  }
}
