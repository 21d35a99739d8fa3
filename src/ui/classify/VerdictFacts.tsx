/** What is known of the current classified series: the verdict with its probability, its tag, where it was found. */

import type { Missing } from '../../app/state.ts';
import { assess } from '../../core/classify/assess.ts';
import { type JudgedSeries, seriesId } from '../../core/classify/judge.ts';
import { useLab } from '../context.ts';
import { count, plural, roughPercent } from '../format.ts';
import { ClassChip } from '../label/ClassChip.tsx';
import styles from '../label/ItemFacts.module.css';
import { ModelSays } from '../label/ModelSays.tsx';
import { Button } from '../parts/Button.tsx';
import { classOfSet } from '../parts/classes.ts';
import { KeyHint } from '../parts/KeyHint.tsx';
import { LabelChip } from '../parts/LabelChip.tsx';
import { PixelAnswer, Together } from './Answers.tsx';
import { Tag } from './Tag.tsx';
import { noneOf, shownClass } from './verdictTile.ts';
import { aboutWords } from './words.ts';

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
  const { labelSet, verdict, probabilities, agreement, voters, correction, judge } = series;
  const { tagWrong } = assess(
    series,
    useLab((state) => state.verdictRule),
  );
  const about = aboutWords(series);
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
        <dt>Both</dt>
        <dd>
          <Together series={series} />
        </dd>
        <dt>Image</dt>
        <dd>
          <PixelAnswer series={series} />
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
            <dd>
              {roughPercent(agreement)} of {plural(voters, 'slice')} that count
            </dd>
          </>
        )}
        <dt>DICOM tag</dt>
        <dd>
          <Tag series={series} />
        </dd>
        {tagWrong !== null && (
          <>
            <dt>Tag wrong</dt>
            <dd data-testid="tag-wrong">{roughPercent(tagWrong)}</dd>
          </>
        )}
        <dt>Series</dt>
        <dd>
          {series.number !== null && `#${count(series.number)}, `}
          {plural(series.slices.length, 'slice')}
        </dd>
        {series.description !== null && (
          <>
            <dt>Says</dt>
            <dd>{series.description}</dd>
          </>
        )}
        {about && (
          <>
            <dt>Kind</dt>
            <dd>{about}</dd>
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
