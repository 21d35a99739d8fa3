/** Datasets of the project: their contents, splits and slices. */
import type { Split } from '../../core/types.ts';
import { SplitChart } from '../charts/SplitChart.tsx';
import { useActions, useLab } from '../context.ts';
import { plural } from '../format.ts';
import { SaidAloud, useSaid } from '../parts/Said.tsx';
import { PracticeDialog } from '../practice/PracticeDialog.tsx';
import { CapsDialog } from './CapsDialog.tsx';
import { DataHeader } from './DataHeader.tsx';
import styles from './DataPage.module.css';
import { DatasetPanel } from './DatasetPanel.tsx';
import { DatasetsTable } from './DatasetsTable.tsx';
import { EmptyData } from './EmptyData.tsx';
import { FirstIngest } from './FirstIngest.tsx';
import { LeakGuard } from './LeakGuard.tsx';
import { NamingCard } from './NamingCard.tsx';
import { ProposeDialog } from './ProposeDialog.tsx';
import { SplitHeat } from './SplitHeat.tsx';
import { SplitNote } from './SplitNote.tsx';
import { FIRST_SORT, sortDatasets } from './sort.ts';
import { TableDialog } from './TableDialog.tsx';
import { useSplitDrag } from './useSplitDrag.ts';

export function DataPage() {
  const datasets = useLab((state) => state.datasets);
  // Not the job itself: its figures change several times a second, and the page has a row for every dataset.
  const reading = useLab((state) => state.job?.kind === 'ingest');
  const readOnly = useLab((state) => state.readOnly);
  const practice = useLab((state) => state.view.practice !== undefined);
  const propose = useLab((state) => state.view.propose !== undefined);
  const table = useLab((state) => state.view.table !== undefined);
  const caps = useLab((state) => state.view.caps !== undefined);
  const heat = useLab((state) => state.view.heat !== undefined);
  const chosen = useLab((state) => state.view.dataset);
  const actions = useActions();
  const [said, say] = useSaid();
  const nameOf = (ids: readonly string[]) =>
    ids.length === 1
      ? `“${datasets.find(({ id }) => id === ids[0])?.name ?? ''}”`
      : plural(ids.length, 'dataset');
  const drag = useSplitDrag((ids, split) => {
    const moved = datasets.filter((one) => ids.includes(one.id) && one.split !== split).map(({ id }) => id);
    if (split !== null && moved.length > 0) void move(moved, split);
    say(movedWords(nameOf(moved.length > 0 ? moved : ids), split, moved.length > 0));
  });
  const move = (ids: readonly string[], split: Split) =>
    ids.length === 1 ? actions.setSplit(ids[0], split) : actions.setSplits(ids, split);
  const selected = datasets.find(({ id }) => id === chosen) ?? sortDatasets(datasets, FIRST_SORT)[0];

  if (!selected) {
    return (
      <>
        {reading ? <FirstIngest /> : <EmptyData readOnly={readOnly} />}
        {practice && <PracticeDialog />}
      </>
    );
  }
  const select = (dataset: string) => {
    if (dataset !== selected.id) actions.look({ dataset, only: undefined, slice: undefined });
  };
  return (
    <div className={styles.page} data-dragging={drag.dragged ? '' : undefined}>
      <SaidAloud said={said} />
      {practice && <PracticeDialog />}
      {propose && <ProposeDialog />}
      {caps && <CapsDialog />}
      {heat && <SplitHeat />}
      {table && <TableDialog />}
      <DataHeader />
      <NamingCard />
      <SplitChart datasets={datasets} dragged={drag.dragged} beside={<SplitNote />} />
      <LeakGuard />
      <div className={styles.columns}>
        <DatasetsTable
          datasets={datasets}
          selected={selected.id}
          onSelect={select}
          readOnly={readOnly}
          onPress={drag.press}
        />
        <DatasetPanel key={selected.id} dataset={selected} />
      </div>
      {drag.dragged && (
        <div ref={drag.ghost} className={styles.ghost} aria-hidden="true" data-testid="dragged">
          {nameOf(drag.dragged.ids)}
          {drag.dragged.over && ` to ${drag.dragged.over}`}
        </div>
      )}
    </div>
  );
}

function movedWords(what: string, split: Split | null, isMoved: boolean): string {
  if (split === null) return `${what} not moved.`;
  return isMoved ? `${what} moved to ${split}.` : `${what} already in ${split}.`;
}
