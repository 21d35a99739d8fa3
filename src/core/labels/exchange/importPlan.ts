/** What an import of labels would change, and the edits that do it. */
import { LABEL_SOURCES } from '../../types.ts';
import type { LabelEdit } from '../event.ts';
import { classAt, type LabelSet, NO_CLASS } from '../labelSet.ts';
import type { Project } from './match.ts';
import type { LabelTable } from './readTable.ts';
import { type Resolved, resolve, UNSAID } from './resolve.ts';
import { targetsOf } from './slices.ts';

export type ImportOptions = {
  /** Also replaces labels that a user gave; the new ones then count as the user's. */
  replaceOwn: boolean;
};

/** Slices that go from one class to another; null: in no class. */
export type Change = { from: string | null; to: string | null; slices: number };

export type ImportPlan = Omit<Resolved, 'label'> & {
  /** The largest first. */
  changes: Change[];
  changed: number;
  /** Slices that have their label already. */
  same: number;
  /** Slices whose label a user gave, which stays. */
  kept: number;
  /** One act; empty if nothing changes. */
  edits: LabelEdit[];
};

export function planImport(
  table: LabelTable,
  set: LabelSet,
  project: Project,
  { replaceOwn }: ImportOptions,
): ImportPlan {
  const { label: wanted, ...resolved } = resolve(table, set, project);
  const { list } = project;
  const user = LABEL_SOURCES.indexOf('user');
  const counts = new Map<number, number>();
  const byClass = new Map<number, number[]>();
  let [changed, same, kept] = [0, 0, 0];
  for (let slice = 0; slice < list.count; slice++) {
    const to = wanted[slice];
    if (to === UNSAID) continue;
    const from = list.label[slice];
    if (from === to) {
      same++;
    } else if (list.source[slice] === user && !replaceOwn) {
      kept++;
    } else {
      changed++;
      counts.set(from * 256 + to, (counts.get(from * 256 + to) ?? 0) + 1);
      const slices = byClass.get(to);
      if (slices) slices.push(slice);
      else byClass.set(to, [slice]);
    }
  }
  const idOf = (label: number) => classAt(set, label)?.id ?? null;
  const changes = [...counts].map(([pair, slices]) => ({
    from: idOf(pair >> 8),
    to: idOf(pair & NO_CLASS),
    slices,
  }));
  const source = replaceOwn ? 'user' : 'import';
  const edits = [...byClass].flatMap(([to, slices]) =>
    targetsOf(list, slices).map(
      (target): LabelEdit => ({ target, change: { kind: 'label', set: set.id, class: idOf(to), source } }),
    ),
  );
  return {
    ...resolved,
    changes: changes.sort((a, b) => b.slices - a.slices),
    ...{ changed, same, kept, edits },
  };
}
