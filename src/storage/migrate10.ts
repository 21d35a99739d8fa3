/**
 * Version 10: labels follow from label sets and label events. Labels of before that a set would not propose become
 * events, so that every slice keeps the label it had.
 */
import type { IDBPTransaction } from 'idb';
import type { LabelColumns } from '../core/labels/apply.ts';
import { unlabelled } from '../core/labels/apply.ts';
import type { EventSource, LabelEdit, RowRange } from '../core/labels/event.ts';
import { type LabelSet, NO_CLASS } from '../core/labels/labelSet.ts';
import { modalityRules, sameRules, withModalityRules } from '../core/labels/modalityRules.ts';
import { propose } from '../core/labels/propose.ts';
import { rangesOf } from '../core/labels/ranges.ts';
import { DEFAULT_SET } from '../core/labels/sets/index.ts';
import { LABEL_SOURCES, type SeriesFacts } from '../core/types.ts';
import { fits, sealOf } from './columns.ts';
import type { Name, Schema, StoredEvent, StoredIndex, StoredProject } from './schema.ts';
import { isBroken9, type Sealed9 } from './seal9.ts';

/** Up to version 9 only the modality of one folder was kept. */
export type FactsOf9 = Omit<SeriesFacts, 'folders'> & { folder: string | null };
export type IndexOf9 = Omit<Sealed9, 'series'> & { series: FactsOf9[] };

/** A project of version 9: which Modality meant which label, if its options said so. */
type ProjectOf9 = Pick<StoredProject, 'id'> & { options?: { labelMap?: Readonly<Record<string, string>> } };

/** Label that version 9 stored for a slice of no modality. */
const OTHER = DEFAULT_SET.classes.length;
const [NONE, FOLDER] = [LABEL_SOURCES.indexOf('none'), LABEL_SOURCES.indexOf('folder')];

export async function withLabelRecord(
  transaction: IDBPTransaction<Schema, Name[], 'versionchange'>,
): Promise<void> {
  const sets = new Map<string, LabelSet>();
  for (const project of await transaction.objectStore('projects').getAll()) {
    const set = setOf(project as ProjectOf9);
    sets.set(project.id, set);
    const { labelMap: _, ...options } = (project as ProjectOf9).options ?? {};
    await transaction.objectStore('projects').put({ ...project, options });
    if (set !== DEFAULT_SET) await transaction.objectStore('labelSets').put(set, [project.id, set.id]);
  }
  const kept = new Map<string, Kept>();
  let cursor = await transaction.objectStore('shards').openCursor();
  while (cursor) {
    const before = cursor.value as unknown as IndexOf9;
    const { index, edits } = withLabelCache(before, sets.get(before.project) ?? DEFAULT_SET);
    await cursor.update(index);
    keep(kept, before, edits);
    cursor = await cursor.continue();
  }
  for (const { project, change, slices } of kept.values()) {
    const target = { kind: 'slices', slices } as const;
    const event = { kind: 'edit', migrated: true, project, reader: '', timeMs: 0, target, change } as const;
    await transaction.objectStore('labelEvents').add(event as unknown as StoredEvent);
  }
}

/** Edits of a project, by label and source. */
type Kept = { project: string; change: LabelEdit['change']; slices: ShardRows[] };
type ShardRows = { shard: number; rows: readonly RowRange[] };
type ShardEdit = { class: string | null; source: EventSource; rows: readonly RowRange[] };

function keep(kept: Map<string, Kept>, { project, shard }: IndexOf9, edits: readonly ShardEdit[]): void {
  for (const { class: to, source, rows } of edits) {
    const key = JSON.stringify([project, to, source]);
    const change = { kind: 'label', set: DEFAULT_SET.id, class: to, source } as const;
    const known: Kept = kept.get(key) ?? { project, change, slices: [] };
    kept.set(key, known);
    known.slices.push({ shard, rows });
  }
}

/** The default set with the project's own rules for DICOM's Modality. */
export function setOf({ options }: ProjectOf9): LabelSet {
  const rules = options?.labelMap;
  if (!rules) return DEFAULT_SET;
  const set = withModalityRules(DEFAULT_SET, rules);
  return sameRules(modalityRules(set), modalityRules(DEFAULT_SET)) ? DEFAULT_SET : set;
}

/** The columns of a shard with its labels as a cache, and the edits without which they would not be what they are. */
export function withLabelCache(before: IndexOf9, set: LabelSet): { index: StoredIndex; edits: ShardEdit[] } {
  const { label, source, series, ...kept } = before;
  const excluded = new Uint8Array(Number.isInteger(kept.count) ? kept.count : 0);
  const asStored = {
    ...kept,
    series: Array.isArray(series) ? series.map(withFolders) : series,
    excluded,
    labels: { [set.id]: { label, source } },
  };
  // Its seal, if it had one, still says that it is damaged.
  if (isBroken9(before) || !fits(asStored)) return { index: asStored, edits: [] };
  const { seal, ...rest } = asStored;
  const labels = unlabelled(rest.count);
  const edits = new Map<string, { class: string | null; source: EventSource; rows: number[] }>();
  for (let row = 0; row < rest.count; row++) {
    if (rest.removed[row] === 2) continue;
    const now = labelOf9(before, row);
    const proposal = propose(rest.series[rest.seriesOf[row]], set);
    const proposed = { label: proposal.label, source: LABEL_SOURCES.indexOf(proposal.source) };
    const same = now.label === proposed.label && isProposal(now.source);
    labels.label[row] = same ? proposed.label : now.label;
    labels.source[row] = same ? proposed.source : now.source === NONE ? FOLDER : now.source;
    if (same) continue;
    const to = set.classes[now.label]?.id ?? null;
    const by = LABEL_SOURCES[labels.source[row]] as EventSource;
    const edit = edits.get(`${to} ${by}`) ?? { class: to, source: by, rows: [] };
    edits.set(`${to} ${by}`, edit);
    edit.rows.push(row);
  }
  const index = { ...rest, labels: { [set.id]: labels } };
  return {
    index: seal === undefined ? index : { ...index, seal: sealOf(index) },
    edits: [...edits.values()].map((edit) => ({ ...edit, rows: rangesOf(edit.rows) })),
  };
}

function withFolders({ folder, ...facts }: FactsOf9): SeriesFacts {
  return { ...facts, folders: folder === null ? [] : [folder] };
}

function isProposal(source: number): boolean {
  return ['tag', 'folder', 'none'].includes(LABEL_SOURCES[source]);
}

/** A slice's label as version 10 has it: of "other" that no folder gave, nobody said anything. */
function labelOf9({ label, source }: LabelColumns, row: number): { label: number; source: number } {
  if (label[row] < OTHER) return { label: label[row], source: source[row] };
  return { label: NO_CLASS, source: source[row] === FOLDER ? NONE : source[row] };
}
