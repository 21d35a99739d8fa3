/** What a key did on the Label page, and what is current now, in words for screen readers. */
import type { Queue } from '../../app/label/queue.ts';
import type { Labelling } from '../../app/label/state.ts';
import { NO_CLASS } from '../../core/labels/labelSet.ts';
import { count } from '../format.ts';
import type { LabelCommand } from './keys.ts';
import { itemName, labelTile } from './tile.ts';
import { labelWords } from './words.ts';

/** Where the page is: before and after a key. */
export type Stand = { queue: Queue; at: number; items: number; slice: number };

type Told = {
  labelling: Labelling;
  /** false: it is not known yet what was undone. */
  known: boolean;
  before: Stand;
  after: Stand;
  /** Whether only the shown slice was meant. */
  alone: boolean;
  /** Whether the stack was playing. */
  playing: boolean;
  /** Whether the list tells its current item by itself. */
  listed: boolean;
};

/** What a key did, and what is current now; '' for nothing to tell. */
export function spokenAct(command: LabelCommand, told: Told): string {
  const { labelling, before, after, alone, listed } = told;
  if (before.queue.length === 0) return '';
  const { set, labels } = labelling;
  const name = itemName(labelling, before.queue, before.at);
  const [from, to] = [before.queue.from[before.at], before.queue.to[before.at]];
  const what =
    alone && to - from > 1
      ? `Slice ${count(before.slice - from + 1)} of ${name.toLowerCase()}`
      : before.items > 1 && !alone
        ? `${count(before.items)} selected`
        : name;
  const moved = before.at !== after.at;
  const next = listed ? '' : place(labelling, after);
  switch (command.do) {
    case 'label': {
      const given = set.classes.find(({ id }) => id === command.to)?.name ?? command.to;
      const stays = alone && after.slice !== before.slice;
      return `${what}: ${given}. ${moved ? next : stays ? sliceWords(labelling, after) : 'This is the last one.'}`;
    }
    case 'clear':
      return `${what}: ${labelWords(set, NO_CLASS)}.`;
    case 'exclude': {
      const out = labels.excluded[alone ? before.slice : before.queue.from[before.at]];
      return `${what}: ${out ? 'excluded' : 'not excluded any more'}.`;
    }
    case 'undo':
    case 'redo':
      if (!told.known) return 'Undo and redo of an earlier visit show when they are stored.';
      return `${command.do === 'undo' ? 'Undone' : 'Done again'}. ${moved && listed ? '' : place(labelling, after)}`;
    case 'move':
    case 'row':
    case 'end':
      return moved ? next : '';
    case 'slice':
      return sliceWords(labelling, after);
    case 'play':
      return told.playing ? `Stopped. ${sliceWords(labelling, after)}` : 'Playing.';
    default:
      return '';
  }
}

function place(labelling: Labelling, { queue, at }: Stand): string {
  return `${labelTile(labelling, queue, at).spoken}, ${count(at + 1)} of ${count(queue.length)}.`;
}

function sliceWords({ labels, set }: Labelling, { queue, at, slice }: Stand): string {
  const [from, to] = [queue.from[at], queue.to[at]];
  const label = labelWords(set, labels.label[slice]);
  return `Slice ${count(slice - from + 1)} of ${count(to - from)}, ${label}${labels.excluded[slice] ? ', excluded' : ''}.`;
}
