/** What was changed of the labels that a run's figures are about, in words. */
import { useEffect, useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import type { LabelChanges, SplitChanges } from '../../core/labels/labelChanges.ts';
import type { LabelSource, Split } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { SPLIT_TITLES } from '../runs.ts';

/** null until it is known, and where nothing can be said. */
export function useLabelChanges(run: RunRow): LabelChanges | null {
  const actions = useActions();
  const datasets = useLab((state) => state.datasets);
  const [changes, setChanges] = useState<LabelChanges | null>(null);
  const evaluatedMs = run.evaluated?.atMs;
  // biome-ignore lint/correctness/useExhaustiveDependencies: changed datasets may mean changed labels
  useEffect(() => {
    let wanted = true;
    void actions.labelChanges(run.id).then((found) => {
      if (wanted) setChanges(found);
    });
    return () => {
      wanted = false;
    };
  }, [actions, run.id, evaluatedMs, datasets]);
  return changes;
}

const BY: Readonly<Record<LabelSource, string>> = {
  user: 'by you',
  import: 'by an import',
  model: 'by a model',
  tag: 'by the DICOM tag',
  folder: 'by a folder',
  none: 'without a label now',
};

/** One sentence each; empty if nothing was changed. */
export function sinceSentences({ relabelled, excluded, by }: SplitChanges['after']): string[] {
  const sentences: string[] = [];
  if (relabelled > 0) {
    const labels =
      relabelled === 1 ? '1 label of this split was' : `${count(relabelled)} labels of this split were`;
    sentences.push(`${labels} changed after this run saw it: ${sourceWords(by)}.`);
  }
  if (excluded > 0) {
    const slices =
      excluded === 1 ? '1 slice of this split is' : `${count(excluded)} slices of this split are`;
    sentences.push(`${slices} excluded now, and counted here.`);
  }
  return sentences;
}

/** null if no label was corrected before. */
export function beforeSentence(split: Split, before: SplitChanges['before']): string | null {
  const total = sumOf(before);
  if (total === 0) return null;
  const title = SPLIT_TITLES[split].toLowerCase();
  const labels =
    total === 1 ? `1 label of the ${title} split was` : `${count(total)} labels of the ${title} split were`;
  return `${labels} corrected ${whoWords(before)} before this run.`;
}

/** For a row of a table; '' if nothing was changed. */
export function changedShortly(changes: SplitChanges | null | undefined): string {
  if (!changes) return '';
  const { relabelled, excluded } = changes.after;
  const before = sumOf(changes.before);
  return [
    relabelled + excluded > 0 ? `${plural(relabelled + excluded, 'test label')} changed since` : '',
    before > 0 ? `${count(before)} corrected before` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

type Sources = Readonly<Partial<Record<LabelSource, number>>>;

function entries(by: Sources): [LabelSource, number][] {
  return Object.entries(by) as [LabelSource, number][];
}

function sumOf(by: Sources): number {
  return entries(by).reduce((sum, [, n]) => sum + n, 0);
}

/** "3 by you, 1 by an import"; "by you" alone if all are. */
function sourceWords(by: Sources): string {
  const all = entries(by);
  return all.length === 1 ? BY[all[0][0]] : all.map(([source, n]) => `${count(n)} ${BY[source]}`).join(', ');
}

function whoWords(by: Sources): string {
  return entries(by)
    .map(([source]) => BY[source])
    .join(' and ');
}
