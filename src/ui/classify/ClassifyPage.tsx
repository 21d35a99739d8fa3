/** Classifies unknown images: one verdict per series, or without a model one line per series. Stores nothing. */
import {
  type ComponentProps,
  type RefObject,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { only } from '../../app/label/selection.ts';
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { useActions, useLab } from '../context.ts';
import type { LabelCommand } from '../label/keys.ts';
import { useLabelKeys } from '../label/useLabelKeys.ts';
import { Button } from '../parts/Button.tsx';
import { Callout } from '../parts/Message.tsx';
import { SaidAloud } from '../parts/Said.tsx';
import { SkippedDownload } from '../parts/SkippedDownload.tsx';
import { SkippedList } from '../parts/SkippedList.tsx';
import { ClassifyDrop } from './ClassifyDrop.tsx';
import { ClassifyHeader } from './ClassifyHeader.tsx';
import styles from './ClassifyPage.module.css';
import { ClassifyTable, emptyWords } from './ClassifyTable.tsx';
import { Filters } from './Filters.tsx';
import { FIRST_VIEW, type SeriesView, shownSeries } from './filters.ts';
import { JudgedBy } from './JudgedBy.tsx';
import { chosenJudging } from './model.ts';
import { OpenedSeries } from './OpenedSeries.tsx';
import { TakeCorrected } from './TakeCorrected.tsx';
import { useVerdicts } from './useVerdicts.ts';
import { VerdictViews } from './VerdictViews.tsx';

export function ClassifyPage() {
  const runs = useLab((state) => state.runs);
  const starter = useLab((state) => state.starter);
  const otherModels = useLab((state) => state.otherModels);
  const project = useLab((state) => state.project.id);
  const detail = useLab((state) => state.detail);
  const classify = useLab((state) => state.classify);
  const job = useLab((state) => state.job);
  const lost = useLab((state) => state.view.series);
  const actions = useActions();
  const [view, setView] = useState<SeriesView>(FIRST_VIEW);
  // Typing stays fast with any number of series.
  const wanted = useDeferredValue(view);

  // biome-ignore lint/correctness/useExhaustiveDependencies: of another project, others are the others
  useEffect(() => void actions.readOtherModels(), [actions, project]);

  const { series, skipped } = classify;
  const rule = useDeferredValue(useLab((state) => state.verdictRule));
  const shown = useMemo(() => shownSeries(series, wanted, rule), [series, wanted, rule]);
  const model = chosenJudging({ runs, starter, otherModels, detail, classify });
  const running = job?.kind === 'classify';
  const classifyFiles = (files: File[]) => void actions.classifyFiles(files, model?.choice ?? null);
  const unknown = lost !== undefined && !running && !series.some(({ key }) => key === lost) && (
    <UnknownSeries onClose={() => actions.look({ series: undefined, slice: undefined })} />
  );
  const search = useRef<HTMLInputElement>(null);
  const change = (part: Partial<SeriesView>) => setView((known) => ({ ...known, ...part }));

  if (series.length === 0 && skipped.length === 0 && !running) {
    return (
      <div className={styles.page}>
        <ClassifyHeader model={model} onPick={null} shown={[]} />
        {unknown}
        <ClassifyDrop model={model} onPick={classifyFiles} busy={job !== null} />
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <ClassifyHeader model={model} onPick={classifyFiles} shown={shown} />
      {unknown}
      {model && <JudgedBy model={model} series={series} />}
      <TakeCorrected />
      <Filters view={view} onView={change} shown={shown.length} search={search} />
      {view.filter === 'skipped' ? (
        <div className={styles.skipped}>
          {skipped.length > 0 && (
            <div className={styles.save}>
              <SkippedDownload kind="classify-skipped" />
            </div>
          )}
          <SkippedList files={skipped} />
        </div>
      ) : (
        <Series
          shown={shown}
          all={series}
          running={running}
          model={model}
          sort={view.sort}
          onSort={(sort) => change({ sort })}
          search={search}
        />
      )}
      <OpenedSeries shown={shown} all={series} model={model} />
    </div>
  );
}

type SeriesProps = Omit<ComponentProps<typeof ClassifyTable>, 'series' | 'at' | 'onAt' | 'onSay'> & {
  shown: JudgedSeries[];
  search: RefObject<HTMLInputElement | null>;
};

/** In the table, the keys of the rows are the table's own. */
const IN_TABLE: readonly LabelCommand['do'][] = ['view', 'undo', 'redo', 'search'];

function Series({ shown, search, ...props }: SeriesProps) {
  const verdicts = useVerdicts(shown);
  const table = verdicts.as === 'table';
  useLabelKeys(
    { classes: () => [], run: verdicts.run, search, means: (command) => IN_TABLE.includes(command.do) },
    table,
  );
  if (table) {
    const { selection, select, said, say } = verdicts;
    return (
      <>
        <SaidAloud said={said} />
        <ClassifyTable
          {...props}
          series={shown}
          at={selection.at}
          onAt={(at) => select(only(at))}
          onSay={say}
        />
      </>
    );
  }
  return (
    <>
      <SaidAloud said={verdicts.said} />
      <VerdictViews
        verdicts={verdicts}
        shown={shown}
        all={props.all}
        search={search}
        none={emptyWords(props.all, props.running)}
      />
    </>
  );
}

/** The address names an unknown series: usually the page was reloaded since. */
function UnknownSeries({ onClose }: { onClose: () => void }) {
  return (
    <div className={styles.unknown}>
      <Callout tone="warn" title="The series at this address is not here." testId="unknown-series">
        A classification is forgotten when its tab is reloaded or closed. Drop the same files again: the
        series then opens.{' '}
        <Button size="small" onClick={onClose}>
          Close
        </Button>
      </Callout>
    </div>
  );
}
