/** The datasets of a project while an ingest adds to them: who is new, how many slices each has, which split fits. */
import type { DatasetRecord } from '../dataset/dataset.ts';
import type { ManifestEntry } from '../dataset/manifest.ts';
import type { Place } from '../dataset/naming.ts';
import type { ShardIndex } from '../dataset/shard.ts';
import { proposeSplits } from '../dataset/split.ts';
import { type Counts, LABELS, zeroCounts } from '../types.ts';
import { hashText } from './identity.ts';
import type { IngestStore } from './ingest.ts';

/** The same datasets always get the same proposal. */
const SPLIT_SEED = 1;

export type Catalog = {
  /** Id of the dataset of a file, which is made when it is new. */
  idOf(place: Place): Promise<string>;
  /** Records to store beside a shard: those of datasets that may be new. */
  records(ids: readonly string[]): DatasetRecord[];
  /** Adds the slices of a committed shard to the figures. */
  count(shard: Omit<ShardIndex, 'shard'>): void;
  /** Ids of the datasets that got slices. */
  touched(): string[];
  /** Stores the splits of the new datasets: the manifest's, else a proposal. */
  finish(): Promise<void>;
};

export async function createCatalog(
  store: IngestStore,
  { project, key, indexes }: { project: string; key: CryptoKey; indexes: readonly ShardIndex[] },
): Promise<Catalog> {
  const records = new Map((await store.datasets(project)).map((record) => [record.id, record]));
  const counts = new Map<string, Counts>();
  const ids = new Map<string, Promise<string>>();
  const entries = new Map<string, ManifestEntry>();
  const made = new Set<string>();
  const touched = new Set<string>();
  for (const index of indexes) countRows(index, counts);

  async function find({ dataset: name }: Place): Promise<string> {
    // An id made from the folder's name finds the dataset again after it was renamed.
    const id = await hashText(key, 'dataset', name);
    if (records.has(id)) return id;
    for (const record of records.values()) if (record.name === name) return record.id;
    made.add(id);
    records.set(id, {
      id,
      project,
      name,
      nameFrom: 'folder',
      location: '',
      split: 'train',
      splitFrom: 'proposed',
      settled: false,
      leaveOut: [],
    });
    return id;
  }

  return {
    idOf: async (place) => {
      const known = ids.get(place.dataset) ?? find(place);
      ids.set(place.dataset, known);
      const id = await known;
      if (place.entry && !entries.has(id)) {
        entries.set(id, place.entry);
        records.set(id, described(records.get(id)!, place.entry));
      }
      return id;
    },

    records: (wanted) => wanted.map((id) => records.get(id)!),

    count: (shard) => {
      countRows(shard, counts);
      for (const id of shard.datasets) touched.add(id);
    },

    touched: () => [...touched],

    finish: async () => {
      // Read again: names and splits may have been changed by the person meanwhile.
      const current = (await store.datasets(project)).map((record) =>
        entries.has(record.id) ? described(record, entries.get(record.id)!) : record,
      );
      const isOpen = ({ id, splitFrom }: DatasetRecord) => made.has(id) && splitFrom === 'proposed';
      const proposals = proposeSplits(
        current.map((record) => ({
          id: record.id,
          name: record.name,
          counts: counts.get(record.id) ?? zeroCounts(),
          split: isOpen(record) ? null : record.split,
        })),
        SPLIT_SEED,
      );
      const changed = current
        .filter(({ id }) => touched.has(id) && (proposals.has(id) || entries.has(id)))
        .map((record) => ({ ...record, split: proposals.get(record.id) ?? record.split }));
      if (changed.length > 0) await store.putDatasets(changed);
    },
  };
}

/** A manifest decides over a proposal, never over the person. */
function described(record: DatasetRecord, { split, location }: ManifestEntry): DatasetRecord {
  const located = { ...record, location: record.location || location };
  return record.splitFrom === 'proposed' ? { ...located, split, splitFrom: 'manifest' } : located;
}

function countRows(index: Omit<ShardIndex, 'shard'>, counts: Map<string, Counts>): void {
  const own = index.datasets.map((id) => {
    const known = counts.get(id) ?? zeroCounts();
    counts.set(id, known);
    return known;
  });
  for (let row = 0; row < index.count; row++) {
    if (!index.removed[row]) own[index.dataset[row]][LABELS[index.label[row]]]++;
  }
}
