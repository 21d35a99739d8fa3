/** What saving a label set would do to stored labels, in sentences. */
import type { LabelSet } from '../../core/labels/labelSet.ts';
import type { SetEffect, Shift } from '../../core/labels/setEffect.ts';
import { count, plural } from '../format.ts';

const MOST_LINES = 6;
const MOST_NAMES = 4;

/** @param before the stored set; null if there is none yet */
export function effectWords(effect: SetEffect, before: LabelSet | null, after: LabelSet): string[] {
  const lines = [
    ...together(
      effect.shifts.filter(({ from, given }) => from === null && !given),
      after,
      (slices) => `${plural(slices, 'slice gets', 'slices get')} a proposed label`,
    ),
    ...together(
      effect.shifts.filter(({ from, given }) => from === null && given),
      after,
      (slices) => `${plural(slices, 'slice has', 'slices have')} the label again that was given before`,
    ),
    ...effect.shifts.filter(({ from }) => from !== null).map((shift) => line(shift, before, after)),
  ];
  if (lines.length === 0) return ['No stored slice gets another label.'];
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `And ${plural(more, 'more change')} like these.`] : lines;
}

function together(shifts: readonly Shift[], after: LabelSet, words: (slices: number) => string): string[] {
  const slices = shifts.reduce((sum, shift) => sum + shift.slices, 0);
  if (slices === 0) return [];
  const parts = shifts
    .slice(0, MOST_NAMES)
    .map((shift) => `${count(shift.slices)} ${nameOf(after, shift.to)}`);
  return [`${words(slices)}: ${parts.join(', ')}${shifts.length > MOST_NAMES ? ' and others' : ''}.`];
}

function line({ from, to, given, slices }: Shift, before: LabelSet | null, after: LabelSet): string {
  const old = nameOf(before ?? after, from);
  if (to === null) {
    return given
      ? `${plural(slices, 'label', 'labels')} given as ${old} count no longer.`
      : `${plural(slices, 'slice loses', 'slices lose')} the proposed label ${old}.`;
  }
  return given
    ? `${plural(slices, 'label', 'labels')} of ${old} count for ${nameOf(after, to)}.`
    : `${plural(slices, 'slice', 'slices')} proposed as ${old} become ${nameOf(after, to)}.`;
}

function nameOf({ classes }: LabelSet, id: string | null): string {
  return `“${classes.find((one) => one.id === id)?.name.trim() ?? id}”`;
}
