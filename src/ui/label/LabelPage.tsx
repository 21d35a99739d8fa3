/** Labels series and slices, by key, in a grid or one large picture at a time. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { keyOf } from '../../app/label/readAhead.ts';
import type { Labelling } from '../../app/label/state.ts';
import { doubtsBySeries } from '../../core/audit/bySeries.ts';
import { sliceRef } from '../../core/dataset/seriesList.ts';
import { classAt } from '../../core/labels/labelSet.ts';
import { labelSetOf } from '../../core/train/labelSetOf.ts';
import type { SliceRef } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';
import { useView } from '../inspect/view.ts';
import { Button } from '../parts/Button.tsx';
import { Empty } from '../parts/Message.tsx';
import { SaidAloud } from '../parts/Said.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { isEvaluated, newestFirst } from '../runs.ts';
import { ClassBar, SliceOnly } from './ClassBar.tsx';
import { Doubts } from './Doubts.tsx';
import { FilterBar } from './FilterBar.tsx';
import { ItemFacts } from './ItemFacts.tsx';
import { LabelHeader } from './LabelHeader.tsx';
import styles from './LabelPage.module.css';
import { type LargeSource, OneView, useLargePicture } from './OneView.tsx';
import { Readers } from './Readers.tsx';
import type { Strip } from './SliceStrip.tsx';
import { StackGrid } from './StackGrid.tsx';
import { Tally } from './Tally.tsx';
import { FIRST_TILE, TileSize } from './TileSize.tsx';
import { labelTile } from './tile.ts';
import { useLabelKeys } from './useLabelKeys.ts';
import { useLabeller } from './useLabeller.ts';
import { useSpoken } from './useSpoken.ts';

export function LabelPage() {
  const ready = useLab((state) => state.ready);
  const labelling = useLab((state) => state.labelling);
  const project = useLab((state) => state.project.id);
  const reading = useLab((state) => state.job?.kind === 'ingest');
  const actions = useActions();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project has other series
  useEffect(() => (ready ? actions.watchSeries() : undefined), [actions, ready, project]);

  if (labelling?.project !== project) return <Skeleton />;
  if (labelling.list.count === 0) {
    return (
      <Empty icon="label" title="Nothing to label yet" testId="label-empty">
        <p>
          {reading
            ? 'Files are being read. Their series appear here when that is done.'
            : 'Add a folder of images, or open the practice project. Then label its series here, by key.'}
        </p>
        <Button tone="accent" onClick={() => actions.go('data')}>
          Go to Data
        </Button>
      </Empty>
    );
  }
  return <Labels labelling={labelling} />;
}

const NONE = 'No series matches.';
const EXCLUDE = [{ command: { do: 'exclude', slice: false }, hint: 'X', name: 'Exclude' }] as const;

function Labels({ labelling: known }: { labelling: Labelling }) {
  const labelling = { ...known, doubts: useDoubts(known) };
  const labeller = useSpoken(useLabeller(labelling));
  const search = useRef<HTMLInputElement>(null);
  const one = useLab((state) => state.view.as === 'one');
  const as = useLab((state) => state.view.as);
  const listed = as === 'doubts' || as === 'readers';
  const actions = useActions();
  const [tile, setTile] = useState(FIRST_TILE);
  const large = useLargePicture(labeller, useStoredOriginals(labelling), one);
  const strip = useLabelStrip(labelling);
  const none = () => undefined;
  const view = useView(large.picture, {
    step: labeller.step,
    first: none,
    last: none,
    list: none,
    series: none,
  });
  const { set } = labelling;
  useLabelKeys({ classes: () => set.classes, run: labeller.run, view, search }, !listed);
  useAnswers(labelling);

  if (listed) {
    const openSeries = (dataset: string, key: string) =>
      actions.look({ as: undefined, series: `${dataset} ${key}` }, 'open');
    return (
      <div className={styles.page}>
        <LabelHeader labeller={labeller} />
        <div className={styles.columns}>
          {as === 'doubts' ? (
            <Doubts onShow={({ dataset, series }) => openSeries(dataset, series)} />
          ) : (
            <Readers
              queue={labeller.readers}
              set={set}
              onShow={({ dataset, key }) => openSeries(dataset, key)}
            />
          )}
          <aside className={styles.side} aria-label="Counts">
            <Tally labeller={labeller} />
          </aside>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <LabelHeader labeller={labeller} />
      <ClassBar
        set={set}
        off={labeller.queue.length === 0}
        readOnly={labeller.readOnly}
        selected={labeller.selection.items.size}
        run={labeller.run}
        none="No label"
        more={EXCLUDE}
      >
        <SliceOnly
          on={labeller.sliceOnly}
          off={labeller.readOnly || labeller.queue.length === 0}
          onChange={labeller.setSliceOnly}
        />
      </ClassBar>
      <FilterBar labeller={labeller} search={search} />
      <div className={styles.columns}>
        {one ? (
          <OneView stacks={labeller} large={large} view={view} none={NONE} strip={strip} />
        ) : (
          <StackGrid
            stacks={labeller}
            tile={tile}
            name={labeller.queue.bySlice ? 'Slices of the series' : 'Series'}
            none={NONE}
            tileOf={(item) => labelTile(labelling, labeller.queue, item)}
          />
        )}
        <aside className={styles.side} aria-label="Counts, and the current series">
          <Tally labeller={labeller} />
          {!one && <TileSize value={tile} onChange={setTile} />}
          <ItemFacts labeller={labeller} />
        </aside>
      </div>
      <SaidAloud said={labeller.said} />
    </div>
  );
}

/** Originals of stored slices. */
function useStoredOriginals({ list }: Labelling): LargeSource<SliceRef> {
  return useMemo(
    () => ({
      refOf: (slice) => sliceRef(list, slice),
      keyOf,
      targetOf: (ref) => ({ kind: 'stored', ...ref }),
      instead: 'stored slice',
    }),
    [list],
  );
}

function useLabelStrip({ set, labels, version }: Labelling): Strip {
  // biome-ignore lint/correctness/useExhaustiveDependencies: labels change in place, with the version
  return useMemo(
    () => ({
      colourOf: (slice) => classAt(set, labels.label[slice])?.colour ?? null,
      isFaint: (slice) => labels.excluded[slice] !== 0,
    }),
    [set, labels, version],
  );
}

/** The strongest doubt about each series, once labels were looked through. */
function useDoubts({ list, set }: Labelling): Labelling['doubts'] {
  const audit = useLab((state) => state.audit);
  const found = audit?.set === set.id ? audit.found : null;
  return useMemo(() => found && doubtsBySeries(list, found.items), [list, found]);
}

/** Reads what the run of the address, or the newest evaluated one on this label set, says of the series. */
function useAnswers({ answers, list, set }: Labelling): void {
  const runs = useLab((state) => state.runs);
  const actions = useActions();
  const of = useLab((state) => state.view.of);
  const newest = newestFirst(runs).filter((one) => isEvaluated(one) && labelSetOf(one).id === set.id);
  const run = (newest.find(({ id }) => id === of) ?? newest[0])?.id ?? null;
  const known = answers?.run ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list of series needs its answers again
  useEffect(() => {
    if (run !== null && run !== known) void actions.readAnswers(run);
  }, [actions, run, known, list]);
}
