/** What the Classify page does in each of its views: the queue, the selection, and the commands of its keys. */
import { useEffect, useMemo, useRef } from 'react';
import { only } from '../../app/label/selection.ts';
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { useActions, useLab } from '../context.ts';
import type { LabelCommand } from '../label/keys.ts';
import { type Stacks, useStacks } from '../label/useStacks.ts';
import { type Said, useSaid } from '../parts/Said.tsx';
import { spokenVerdict } from './correctByKey.ts';
import { useVerdictPictures } from './useVerdictPictures.ts';
import { first, keptSeries, type VerdictQueue, verdictQueue } from './verdictQueue.ts';
import { verdictTile } from './verdictTile.ts';

export type VerdictView = 'table' | 'grid' | 'one';

export function viewOf(as: string | undefined): VerdictView {
  return as === 'grid' || as === 'one' ? as : 'table';
}

export type Verdicts = Stacks & {
  queue: VerdictQueue;
  as: VerdictView;
  /** The current series; null if none is shown. */
  current: JudgedSeries | null;
  show: (as: VerdictView) => void;
  said: Said;
  say: (words: string) => void;
  /** Opens the shown slice in the inspector. */
  inspect: () => void;
};

/** @param shown the series of the list, in its order */
export function useVerdicts(shown: readonly JudgedSeries[]): Verdicts {
  const actions = useActions();
  const [said, say] = useSaid();
  const as = viewOf(useLab((state) => state.view.as));
  const reading = useLab((state) => state.job === null);
  const made = useRef<VerdictQueue | null>(null);
  const queue = useMemo(() => {
    made.current = verdictQueue(shown, made.current);
    return made.current;
  }, [shown]);
  /** Until one is chosen or seen large, the current series is the first: the table finds its order while files are read. */
  const chosen = useRef(false);
  const stacks = useStacks(queue, (of, before) =>
    chosen.current || as !== 'table' ? keptSeries(of, before) : first(of),
  );
  const { selection, place } = stacks;
  const select: Stacks['select'] = (next, slice) => {
    chosen.current = true;
    stacks.select(next, slice);
  };
  const pictures = useVerdictPictures(queue, reading);
  useEffect(() => {
    // The large picture reads the files itself.
    if (as !== 'grid') pictures.want([]);
  }, [pictures, as]);

  const show = (next: VerdictView) => actions.look({ as: next === 'table' ? undefined : next });

  const correct = (to: string | null | undefined) => {
    const { queue: of, selection: at } = place();
    actions.correctVerdicts(
      [...at.items].flatMap((item) => of.keys[item] ?? []),
      to,
    );
  };

  const goTo = (keys: readonly string[] | null) => {
    const { queue: of } = place();
    const item = of.keys.findIndex((key) => keys?.includes(key));
    if (item >= 0) select(only(item));
  };

  const inspect = () => {
    const { queue: of, selection: at, slice: shownSlice } = place();
    const series = of.keys[at.at];
    if (series !== undefined) actions.look({ series, slice: String(shownSlice - of.from[at.at]) }, 'open');
  };

  const act = (command: LabelCommand) => {
    if (stacks.move(command)) return;
    switch (command.do) {
      case 'label':
        correct(command.to);
        return stacks.advance();
      case 'clear':
        return correct(null);
      case 'retract':
        return correct(undefined);
      case 'undo':
        return goTo(actions.undoVerdict());
      case 'redo':
        return goTo(actions.redoVerdict());
      case 'view':
        return show(as === 'grid' ? 'one' : 'grid');
      case 'open':
        return as === 'one' ? inspect() : show('one');
      case 'close':
        return show(as === 'one' ? 'grid' : 'table');
      default:
        return;
    }
  };

  const run = (command: LabelCommand) => {
    chosen.current = true;
    const before = place().selection.at;
    const set = shown[before]?.labelSet;
    act(command);
    const { queue: of, selection: at } = place();
    const next = shown[at.at];
    // The table and the grid tell their current series by themselves.
    const moved = as === 'one' && at.at !== before && next;
    const where = moved ? `${verdictTile(next).spoken}, ${at.at + 1} of ${of.length}.` : '';
    say([set ? spokenVerdict(command, set) : '', where].filter(Boolean).join(' '));
  };

  return {
    ...stacks,
    select,
    queue,
    pictures,
    run,
    said,
    say,
    as,
    show,
    inspect,
    current: shown[selection.at] ?? null,
  };
}
