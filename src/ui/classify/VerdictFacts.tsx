/** What is known of the current classified series: the verdict with its probability, its tag, where it was found. */

import type { Missing } from '../../app/state.ts';
import { type JudgedSeries, seriesId } from '../../core/classify/judge.ts';
import { count, percent, plural, roughPercent } from '../format.ts';
import { KIND_WORDS } from '../inspect/words.ts';
import { ClassChip } from '../label/ClassChip.tsx';
import styles from '../label/ItemFacts.module.css';
import { ModelSays } from '../label/ModelSays.tsx';
import { Button } from '../parts/Button.tsx';
import { classOfSet } from '../parts/classes.ts';
import { KeyHint } from '../parts/KeyHint.tsx';
import { LabelChip } from '../parts/LabelChip.tsx';
import { Tag } from './Tag.tsx';
import { noneOf, shownClass } from './verdictTile.ts';

type Props = {
  series: JudgedSeries;
  /** Place of the shown slice in it. */
  at: number;
  /** Common folders of all series. */
  common: string;
  /** Why the original is not shown. */
  missing: Missing | null;
  onInspect: () => void;
};

export function VerdictFacts({ series, at, common, missing, onInspect }: Props) {
  const { labelSet, verdict, probability, probabilities, agreement, correction, judge } = series;
  const slice = series.slices[at];
  return (
    <div className={styles.side}>
      <dl className={styles.facts} data-testid="verdict-facts">
        {correction && (
          <>
            <dt>You</dt>
            <dd data-testid="series-correction">
              <ClassChip set={labelSet} label={shownClass(series)} none={noneOf(series)} />{' '}
              {correction.stored && 'in the project'}
            </dd>
          </>
        )}
        <dt>Looks like</dt>
        <dd>
          {verdict === null || probability === null ? (
            'not judged'
          ) : (
            <>
              <LabelChip of={classOfSet(labelSet, verdict)} /> {percent(probability)}
            </>
          )}
        </dd>
        {slice?.predicted && slice.predicted !== verdict && (
          <>
            <dt>This slice</dt>
            <dd>
              <LabelChip of={classOfSet(labelSet, slice.predicted)} />
            </dd>
          </>
        )}
        {agreement !== null && (
          <>
            <dt>Agree</dt>
            <dd>{roughPercent(agreement)} of its slices</dd>
          </>
        )}
        <dt>DICOM tag</dt>
        <dd>
          <Tag series={series} />
        </dd>
        {series.tagWrong !== null && (
          <>
            <dt>Tag wrong</dt>
            <dd data-testid="tag-wrong">{roughPercent(series.tagWrong)}</dd>
          </>
        )}
        <dt>Series</dt>
        <dd>
          {series.number !== null && `#${count(series.number)}, `}
          {plural(series.slices.length, 'slice')}
        </dd>
        {series.imageType && (
          <>
            <dt>Kind</dt>
            <dd>{KIND_WORDS[series.imageType]}</dd>
          </>
        )}
        <dt>Found in</dt>
        <dd title={series.sourcePath}>{series.sourcePath.slice(common.length)}</dd>
        <dt>Id</dt>
        <dd>{seriesId(series)}</dd>
      </dl>
      {missing && (
        <p className={styles.doubt} data-testid="no-original">
          {missing.reason} {missing.next}
        </p>
      )}
      {probabilities && (
        <ModelSays set={labelSet} model={judge?.title ?? 'Model'} probabilities={probabilities} />
      )}
      <Button size="small" aria-keyshortcuts="Enter" onClick={onInspect} data-testid="inspect-series">
        Inspect <KeyHint>Enter</KeyHint>
      </Button>
    </div>
  );
}
