/** What the Label page does: the queue, the selection, and the commands of its keys and buttons. */
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import {
  aheadOf,
  itemOf,
  itemWith,
  type Queue,
  seriesCalled,
  seriesQueue,
  sliceQueue,
  spanAt,
} from '../../app/label/queue.ts';
import { createPictures } from '../../app/label/readAhead.ts';
import { resultsView } from '../../app/label/runQueue.ts';
import {
  advanced,
  carried,
  everything,
  extended,
  moved,
  only,
  type Selection,
} from '../../app/label/selection.ts';
import type { Labelling } from '../../app/label/state.ts';
import { placeIn } from '../../app/route.ts';
import { filterSeries } from '../../core/dataset/seriesFilter.ts';
import type { Span } from '../../core/dataset/seriesLabels.ts';
import { type SeriesList, sliceRef } from '../../core/dataset/seriesList.ts';
import type { SeriesRef } from '../../core/labels/event.ts';
import { useActions, useLab } from '../context.ts';
import { dependsOnLabels, filterOf, orderOf } from './filter.ts';
import type { LabelCommand } from './keys.ts';
import { useRate } from './rate.ts';
import { useRunQueue } from './useRunQueue.ts';
import { wordsOfSeries } from './words.ts';

/** Pictures a second while a stack plays. */
const PLAY_MS = 100;

export type Labeller = ReturnType<typeof useLabeller>;

export function useLabeller(labelling: Labelling) {
  const actions = useActions();
  const view = useLab((state) => state.view);
  const datasets = useLab((state) => state.datasets);
  const readOnly = useLab((state) => state.readOnly);
  const { list, labels, by, proposals, answers, doubts, version } = labelling;
  const [text, setText] = useState('');
  const [sliceOnly, setSliceOnly] = useState(false);
  const [playing, setPlaying] = useState(false);
  const [filtersShown, setFiltersShown] = useState(false);
  const [again, filterAgain] = useReducer((n: number) => n + 1, 0);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const rate = useRate();

  const disagreements = useLab((state) => state.disagreements);
  const disagreed = useMemo(() => seriesOfRefs(list, disagreements ?? []), [list, disagreements]);
  const filter = filterOf(view, labelling, text);
  const order = orderOf(view);
  // Most changes of the address filter nothing.
  const filterKey = JSON.stringify([filter, order]);
  const wordsOf = useMemo(() => wordsOfSeries(list, datasets), [list, datasets]);
  const ofRun = useRunQueue(labelling);
  /** A label that is given takes nothing out of the queue: it is filtered again when asked. */
  // biome-ignore lint/correctness/useExhaustiveDependencies: labels change in place; `again` asks
  const queue: Queue & { filteredAt: number } = useMemo(() => {
    const opened = view.series === undefined ? null : seriesCalled(list, view.series);
    if (opened !== null) return { ...sliceQueue(list, opened), filteredAt: version };
    if (ofRun) return { ...ofRun, filteredAt: version };
    const of = { list, labels, splitOf: by.splitOf, proposals, answers, doubts, disagreed, wordsOf };
    return { ...seriesQueue(list, filterSeries(of, filter, order)), filteredAt: version };
  }, [
    list,
    labels,
    by,
    proposals,
    answers,
    doubts,
    disagreed,
    wordsOf,
    filterKey,
    view.series,
    ofRun,
    again,
  ]);

  /** The truth of the moment: keys may come faster than the page is drawn. */
  const now = useRef({
    list,
    queue,
    selection: only(Math.min(placeIn(view.item) ?? 0, Math.max(0, queue.length - 1))),
    slice: -1,
    columns: 1,
  });
  const middle = (item: number) => queue.from[item] + ((queue.to[item] - queue.from[item]) >> 1);
  if (now.current.queue !== queue) {
    const { slice, list: listed, queue: before, selection } = now.current;
    const item =
      before.length > 0 ? itemWith(queue, slice) : Math.min(selection.at, Math.max(0, queue.length - 1));
    now.current = {
      ...now.current,
      list,
      queue,
      selection: listed === list ? carried(selection, before, queue, item) : only(item),
      slice: before.bySlice ? middle(item) : keptSlice(queue, item, slice),
    };
  } else if (queue.length > 0 && !inItem(queue, now.current.selection.at, now.current.slice)) {
    now.current.slice = middle(now.current.selection.at);
  }
  const { selection, slice } = now.current;

  const select = useCallback(
    (next: Selection, atSlice?: number) => {
      const { queue: of, selection: before, slice: shown } = now.current;
      const kept =
        next.at === before.at ? shown : of.from[next.at] + ((of.to[next.at] - of.from[next.at]) >> 1);
      now.current = { ...now.current, selection: next, slice: atSlice ?? kept };
      if (next.at !== before.at) {
        actions.look({ item: String(next.at) });
        setPlaying(false);
      }
      redraw();
    },
    [actions],
  );

  const step = useCallback((by: number) => {
    const { queue: of, selection: at, slice: shown } = now.current;
    if (of.length === 0) return;
    const to = Math.min(of.to[at.at] - 1, Math.max(of.from[at.at], shown + by));
    now.current = { ...now.current, slice: to };
    redraw();
  }, []);

  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const { queue: of, selection: at, slice: shown } = now.current;
      const end = shown + 1 >= of.to[at.at];
      now.current = { ...now.current, slice: end ? of.from[at.at] : shown + 1 };
      redraw();
    }, PLAY_MS);
    return () => clearInterval(timer);
  }, [playing]);

  const pictures = useMemo(() => createPictures(actions.slicePictures), [actions]);
  // Stored slices change only with the list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pictures are of this list
  useEffect(() => () => pictures.forget(), [list, pictures]);
  useEffect(() => {
    if (queue.length === 0 || view.as !== 'one') return;
    pictures.want(aheadOf(queue, selection.at, slice).map((one) => sliceRef(list, one)));
  }, [pictures, list, queue, selection.at, slice, view.as]);

  /** What a label is given to: the selection, or the shown slice. */
  const meant = (alone: boolean): Span[] => {
    const { queue: of, selection: at, slice: shown } = now.current;
    if (of.length === 0) return [];
    if (alone) return [[shown, shown + 1]];
    return [...at.items].sort((a, b) => a - b).map((item) => spanAt(of, item));
  };

  const goOn = (alone: boolean) => {
    const { queue: of, selection: at, slice: shown } = now.current;
    if (alone && shown + 1 < of.to[at.at]) step(1);
    else select(advanced(alone ? only(at.at) : at, of.length));
  };

  const back = (spans: readonly Span[] | null) => {
    const item = spans && itemOf(now.current.queue, spans);
    if (item !== null) select(only(item), spans?.[0] && spanSlice(now.current.queue, item, spans[0]));
  };

  const run = (command: LabelCommand) => {
    const { queue: of, selection: at, columns } = now.current;
    const alone = 'slice' in command && (command.slice || sliceOnly);
    const to = (item: number, extend: boolean) =>
      select(extend ? extended(at, moved(only(item), 0, of.length).at) : moved(only(item), 0, of.length));
    switch (command.do) {
      case 'label': {
        const spans = meant(alone);
        if (readOnly || spans.length === 0) return;
        actions.labelSpans(spans, command.to);
        rate.count(spans.length);
        return goOn(alone);
      }
      case 'clear':
        return readOnly ? undefined : actions.labelSpans(meant(alone), null);
      case 'exclude': {
        const spans = meant(alone);
        const all = spans.every(([from, until]) => labels.excluded.subarray(from, until).every(Boolean));
        return readOnly ? undefined : actions.excludeSpans(spans, !all);
      }
      case 'undo':
        return back(actions.undoLabel());
      case 'redo':
        return back(actions.redoLabel());
      case 'move':
        return to(at.at + command.by, command.extend);
      case 'row':
        return to(at.at + command.by * (view.as === 'one' ? 1 : columns), command.extend);
      case 'end':
        return to(command.to === 'first' ? 0 : of.length - 1, command.extend);
      case 'slice':
        return step(command.by);
      case 'play':
        return setPlaying((on) => !on);
      case 'view':
        return actions.look({ as: view.as === 'one' ? undefined : 'one' }, 'open');
      case 'all':
        return select(everything(at, of.length));
      case 'open':
        return view.as === 'one' ? undefined : actions.look({ as: 'one' }, 'open');
      case 'close':
        if (filtersShown) return setFiltersShown(false);
        if (view.as === 'one') return actions.look({ as: undefined }, 'close');
        if (view.series !== undefined) return actions.look({ series: undefined }, 'close');
        if (view.of !== undefined) return actions.go('results', view.of, resultsView(view));
        return select(only(at.at));
      case 'filters':
        return setFiltersShown((shown) => !shown);
      default:
        return;
    }
  };

  return {
    labelling,
    queue,
    selection,
    slice,
    select,
    step,
    goTo: (to: number) => step(to - now.current.slice),
    run,
    pictures,
    readOnly,
    rate: rate.perMinute,
    sliceOnly,
    setSliceOnly,
    playing,
    filter,
    text,
    setText,
    filtersShown,
    setFiltersShown,
    /** Whether labels were given since the queue was filtered by them. */
    outdated: version !== queue.filteredAt && !queue.bySlice && dependsOnLabels(filter),
    filterAgain,
    setColumns: (columns: number) => {
      now.current.columns = columns;
    },
  };
}

/** Numbers of series that are still listed. */
function seriesOfRefs(
  { count, datasets, dataset, keys }: SeriesList,
  refs: readonly SeriesRef[],
): Set<number> {
  const wanted = new Set(refs.map((ref) => `${ref.dataset}\n${ref.key}`));
  const all = Array.from({ length: count }, (_, series) => series);
  return new Set(all.filter((series) => wanted.has(`${datasets[dataset[series]]}\n${keys[series]}`)));
}

function inItem(queue: Queue, item: number, slice: number): boolean {
  return queue.from[item] <= slice && slice < queue.to[item];
}

function keptSlice(queue: Queue, item: number, slice: number): number {
  if (queue.length === 0) return 0;
  return inItem(queue, item, slice) ? slice : queue.from[item] + ((queue.to[item] - queue.from[item]) >> 1);
}

/** The slice to show after a change of some slices of an item: the changed one, if it was one alone. */
function spanSlice(queue: Queue, item: number, [from, to]: Span): number | undefined {
  return to - from === 1 && inItem(queue, item, from) ? from : undefined;
}
