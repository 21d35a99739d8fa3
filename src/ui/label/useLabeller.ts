/** What the Label page does: the queue, the selection, and the commands of its keys and buttons. */
import { useEffect, useMemo, useReducer, useState } from 'react';
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
import { carried, only, type Selection } from '../../app/label/selection.ts';
import type { Labelling } from '../../app/label/state.ts';
import { filterSeries } from '../../core/dataset/seriesFilter.ts';
import type { Span } from '../../core/dataset/seriesLabels.ts';
import { type SeriesList, seriesAt, sliceRef } from '../../core/dataset/seriesList.ts';
import type { Disagreement } from '../../core/labels/exchange/disagreement.ts';
import { useActions, useLab } from '../context.ts';
import { dependsOnLabels, filterOf, orderOf } from './filter.ts';
import type { LabelCommand } from './keys.ts';
import { useRate } from './rate.ts';
import { useRunQueue } from './useRunQueue.ts';
import { useSeriesWords } from './useSeriesWords.ts';
import { inItem, middleOf, type Place, type SlicePictures, useStacks } from './useStacks.ts';

/** `filteredAt`: the version of the labels that it was filtered by. */
type LabelQueue = Queue & { filteredAt: number; list: SeriesList };

export type Labeller = ReturnType<typeof useLabeller>;

export function useLabeller(labelling: Labelling) {
  const actions = useActions();
  const view = useLab((state) => state.view);
  const readOnly = useLab((state) => state.readOnly);
  const { list, labels, by, proposals, answers, doubts, version } = labelling;
  const [text, setText] = useState('');
  const [sliceOnly, setSliceOnly] = useState(false);
  const [filtersShown, setFiltersShown] = useState(false);
  const [again, filterAgain] = useReducer((n: number) => n + 1, 0);
  const rate = useRate();

  const compared = useLab((state) => state.disagreements);
  const readers = compared?.set === labelling.set.id ? compared : null;
  const found = readers?.items;
  const disagreed = useMemo(() => bySeries(list, found ?? []), [list, found]);
  const filter = filterOf(view, labelling, text);
  const order = orderOf(view);
  // Most changes of the address filter nothing.
  const filterKey = JSON.stringify([filter, order]);
  const wordsOf = useSeriesWords(list);
  const ofRun = useRunQueue(labelling);
  /** A label that is given takes nothing out of the queue: it is filtered again when asked. */
  // biome-ignore lint/correctness/useExhaustiveDependencies: labels change in place; `again` asks
  const queue: LabelQueue = useMemo(() => {
    const opened = view.series === undefined ? null : seriesCalled(list, view.series);
    if (opened !== null) return { ...sliceQueue(list, opened), filteredAt: version, list };
    if (ofRun) return { ...ofRun, filteredAt: version, list };
    const open = new Set(readers?.left);
    const left = new Map([...disagreed].filter(([, one]) => open.has(one)));
    const of = { list, labels, splitOf: by.splitOf, proposals, answers, doubts, disagreed: left, wordsOf };
    return { ...seriesQueue(list, filterSeries(of, filter, order)), filteredAt: version, list };
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

  const stacks = useStacks(queue, keptPlace);
  const { selection, slice, select, step, place } = stacks;

  const kept = useMemo(() => createPictures(actions.slicePictures), [actions]);
  // Stored slices change only with the list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pictures are of this list
  useEffect(() => () => kept.forget(), [list, kept]);
  const pictures = useMemo(
    (): SlicePictures => ({
      at: (one) => kept.at(sliceRef(list, one)),
      want: (slices) => kept.want(slices.map((one) => sliceRef(list, one))),
      subscribe: kept.subscribe,
    }),
    [kept, list],
  );
  useEffect(() => {
    if (queue.length === 0 || view.as !== 'one') return;
    pictures.want(aheadOf(queue, selection.at, slice));
  }, [pictures, queue, selection.at, slice, view.as]);

  /** What a label is given to: the selection, or the shown slice. */
  const meant = (alone: boolean): Span[] => {
    const { queue: of, selection: at, slice: shown } = place();
    if (of.length === 0) return [];
    if (alone) return [[shown, shown + 1]];
    return [...at.items].sort((a, b) => a - b).map((item) => spanAt(of, item));
  };

  const goOn = (alone: boolean) => {
    const { queue: of, selection: at, slice: shown } = place();
    if (alone && shown + 1 < of.to[at.at]) return step(1);
    if (alone) select(only(at.at));
    stacks.advance();
  };

  const back = (spans: readonly Span[] | null) => {
    const { queue: of } = place();
    const item = spans && itemOf(of, spans);
    if (item !== null) select(only(item), spans?.[0] && spanSlice(of, item, spans[0]));
    return spans !== null;
  };

  /** @returns false: the store must say what it takes back */
  const run = (command: LabelCommand): unknown => {
    if (stacks.move(command)) return;
    const alone = 'slice' in command && (command.slice || sliceOnly);
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
      case 'reader': {
        const series = new Set(meant(false).map(([from]) => seriesAt(list, from)));
        const own = [...series].flatMap((one) => disagreed.get(one) ?? []);
        if (readOnly || own.length === 0) return;
        for (const one of own) actions.decide(one, { reader: command.which });
        rate.count(own.length);
        return goOn(false);
      }
      case 'undo':
        return back(actions.undoLabel());
      case 'redo':
        return back(actions.redoLabel());
      case 'view':
        return actions.look({ as: view.as === 'one' ? undefined : 'one' }, 'open');
      case 'open':
        return view.as === 'one' ? undefined : actions.look({ as: 'one' }, 'open');
      case 'close':
        if (filtersShown) return setFiltersShown(false);
        if (view.as === 'one') return actions.look({ as: undefined }, 'close');
        if (view.series !== undefined) return actions.look({ series: undefined }, 'close');
        if (view.of !== undefined) return actions.go('results', view.of, resultsView(view));
        return select(only(place().selection.at));
      case 'filters':
        return setFiltersShown((shown) => !shown);
      default:
        return;
    }
  };

  return {
    ...stacks,
    labelling,
    queue,
    run,
    pictures,
    readOnly,
    rate: rate.perMinute,
    readers,
    /** What two readers disagree on, by series. */
    disagreed,
    sliceOnly,
    setSliceOnly,
    filter,
    text,
    setText,
    filtersShown,
    setFiltersShown,
    /** Whether labels were given since the queue was filtered by them. */
    outdated: version !== queue.filteredAt && !queue.bySlice && dependsOnLabels(filter),
    filterAgain,
  };
}

/** Those of series that are still listed. */
function bySeries(
  { count, datasets, dataset, keys }: SeriesList,
  items: readonly Disagreement[],
): Map<number, Disagreement> {
  const wanted = new Map(items.map((one) => [`${one.dataset}\n${one.key}`, one]));
  const found = new Map<number, Disagreement>();
  for (let series = 0; wanted.size > 0 && series < count; series++) {
    const one = wanted.get(`${datasets[dataset[series]]}\n${keys[series]}`);
    if (one) found.set(series, one);
  }
  return found;
}

/** At the slice shown before, or the nearest to it; a queue of the same list keeps what is selected. */
function keptPlace(
  queue: LabelQueue,
  { queue: before, selection, slice }: Place<LabelQueue>,
): { selection: Selection; slice: number } {
  const last = Math.max(0, queue.length - 1);
  const item = before.length > 0 ? itemWith(queue, slice) : Math.min(selection.at, last);
  const kept = before.list === queue.list ? carried(selection, before, queue, item) : only(item);
  if (queue.length === 0) return { selection: kept, slice: 0 };
  const same = !before.bySlice && inItem(queue, item, slice);
  return { selection: kept, slice: same ? slice : middleOf(queue, item) };
}

/** The slice to show after a change of some slices of an item: the changed one, if it was one alone. */
function spanSlice(queue: Queue, item: number, [from, to]: Span): number | undefined {
  return to - from === 1 && inItem(queue, item, from) ? from : undefined;
}
