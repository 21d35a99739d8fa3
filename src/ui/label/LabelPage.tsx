/** Labels series and slices, by key, in a grid or one large picture at a time. */
import { useEffect, useRef, useState } from 'react';
import type { Labelling } from '../../app/label/state.ts';
import { useActions, useLab } from '../context.ts';
import { useView } from '../inspect/view.ts';
import { Button } from '../parts/Button.tsx';
import { Empty } from '../parts/Message.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { isEvaluated, newestFirst } from '../runs.ts';
import { ClassBar } from './ClassBar.tsx';
import { FilterBar } from './FilterBar.tsx';
import { ItemFacts } from './ItemFacts.tsx';
import { LabelHeader } from './LabelHeader.tsx';
import styles from './LabelPage.module.css';
import { OneView, useLargePicture } from './OneView.tsx';
import { StackGrid } from './StackGrid.tsx';
import { Tally } from './Tally.tsx';
import { useLabelKeys } from './useLabelKeys.ts';
import { useLabeller } from './useLabeller.ts';

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

const TILE = { least: 88, most: 280, first: 150 };

function Labels({ labelling }: { labelling: Labelling }) {
  const labeller = useLabeller(labelling);
  const search = useRef<HTMLInputElement>(null);
  const one = useLab((state) => state.view.as === 'one');
  const [tile, setTile] = useState(TILE.first);
  const large = useLargePicture(labeller, one);
  const none = () => undefined;
  const view = useView(large.picture, {
    step: labeller.step,
    first: none,
    last: none,
    list: none,
    series: none,
  });
  useLabelKeys(labeller, view, search);
  useAnswers(labelling);

  return (
    <div className={styles.page}>
      <LabelHeader labeller={labeller} />
      <ClassBar labeller={labeller} />
      <FilterBar labeller={labeller} search={search} />
      <div className={styles.columns}>
        {one ? (
          <OneView labeller={labeller} large={large} view={view} />
        ) : (
          <StackGrid labeller={labeller} tile={tile} />
        )}
        <aside className={styles.side} aria-label="Counts, and the current series">
          <Tally labeller={labeller} />
          {!one && (
            <label className={styles.size}>
              Size
              <input
                type="range"
                min={TILE.least}
                max={TILE.most}
                value={tile}
                onChange={({ target }) => setTile(target.valueAsNumber)}
                data-testid="tile-size"
              />
            </label>
          )}
          <ItemFacts labeller={labeller} />
        </aside>
      </div>
    </div>
  );
}

/** Reads what the newest evaluated run says of the series. */
function useAnswers({ answers, list }: Labelling): void {
  const runs = useLab((state) => state.runs);
  const actions = useActions();
  const run = newestFirst(runs).find(isEvaluated)?.id ?? null;
  const known = answers?.run ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list of series needs its answers again
  useEffect(() => {
    if (run !== null && run !== known) void actions.readAnswers(run);
  }, [actions, run, known, list]);
}
