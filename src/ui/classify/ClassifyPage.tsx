/** Unknown images in, one verdict a series out. Nothing of it is stored. */
import { useMemo, useState } from 'react';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Empty } from '../parts/Message.tsx';
import { SkippedDownload } from '../parts/SkippedDownload.tsx';
import { SkippedList } from '../parts/SkippedList.tsx';
import { LoadModel } from '../train/LoadModel.tsx';
import { ClassifyDrop } from './ClassifyDrop.tsx';
import { ClassifyHeader } from './ClassifyHeader.tsx';
import styles from './ClassifyPage.module.css';
import { ClassifyTable } from './ClassifyTable.tsx';
import { Filters } from './Filters.tsx';
import { type Filter, filterSeries } from './filters.ts';
import { chosenModel } from './model.ts';

export function ClassifyPage() {
  const runs = useLab((state) => state.runs);
  const asked = useLab((state) => state.detail);
  const classify = useLab((state) => state.classify);
  const job = useLab((state) => state.job);
  const actions = useActions();
  const [filter, setFilter] = useState<Filter>('all');

  const { series, skipped } = classify;
  const shown = useMemo(() => filterSeries(series, filter), [series, filter]);
  const model = chosenModel(runs, asked, classify.run);
  const running = job?.kind === 'classify';

  if (!model) {
    return (
      <>
        <h1 className="spoken">Classify</h1>
        <Empty icon="classify" title="There is no model yet" testId="classify-no-model">
          <p>
            Train one first: the demo project and the Quick preset give you a model within minutes. Or load
            weights that this app saved.
          </p>
          <div className={styles.ways}>
            <Button tone="accent" onClick={() => actions.go('train')}>
              Go to Train
            </Button>
            <LoadModel />
          </div>
        </Empty>
      </>
    );
  }

  const classifyFiles = (files: File[]) => void actions.classifyFiles(files, model.id);
  const empty = series.length === 0 && skipped.length === 0;
  if (empty && !running) {
    return (
      <div className={styles.page}>
        <ClassifyHeader model={model} onPick={null} />
        <ClassifyDrop model={model} onPick={classifyFiles} busy={job !== null} />
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <ClassifyHeader model={model} onPick={classifyFiles} />
      <Filters value={filter} onChange={setFilter} />
      {filter === 'skipped' ? (
        <div className={styles.skipped}>
          {skipped.length > 0 && (
            <div className={styles.save}>
              <SkippedDownload kind="classify-skipped" />
            </div>
          )}
          <SkippedList files={skipped} />
        </div>
      ) : (
        <ClassifyTable
          series={shown}
          running={running}
          filtered={filter !== 'all'}
          size={model.config.size}
        />
      )}
    </div>
  );
}
