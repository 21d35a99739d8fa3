/** What a series is by its pixels, and by pixels and tag together. */
import { assess } from '../../core/classify/assess.ts';
import { isUnknown, type JudgedSeries, SURE } from '../../core/classify/judge.ts';
import { useLab } from '../context.ts';
import { percent, roughPercent } from '../format.ts';
import { classOfSet, NO_SHOWN_CLASS, type ShownClass } from '../parts/classes.ts';
import { LabelChip } from '../parts/LabelChip.tsx';
import styles from './ClassifyTable.module.css';
import { doubtWords, foreignWords, looksWords, noneWords } from './words.ts';

const UNKNOWN: ShownClass = { ...NO_SHOWN_CLASS, id: 'unknown', name: 'unknown' };

/** The model's own answer; what it does not know, and what a header says is no class, is only said to look like one. */
export function PixelAnswer({ series }: { series: JudgedSeries }) {
  const { coverage } = useLab((state) => state.verdictRule);
  const { verdict, probability, agreement, labelSet, tagState } = series;
  if (verdict === null || probability === null) return '–';
  if (tagState === 'none-of-the-four' && !isUnknown(series, coverage))
    return <span className={styles.remark}>{looksWords(series)}</span>;
  if (isUnknown(series, coverage)) {
    return (
      <>
        <LabelChip of={UNKNOWN} />
        <span className={styles.remark}>{looksWords(series)}</span>
      </>
    );
  }
  return (
    <>
      <LabelChip of={classOfSet(labelSet, verdict)} />
      <span className={styles.percent}>{percent(probability)}</span>
      {agreement !== null && agreement < SURE && (
        <span className={styles.remark}>{roughPercent(agreement)} of slices agree</span>
      )}
    </>
  );
}

export function Together({ series }: { series: JudgedSeries }) {
  const rule = useLab((state) => state.verdictRule);
  const { together, none, doubt } = assess(series, rule);
  const { labelSet, verdict } = series;
  if (together) {
    const of = classOfSet(labelSet, together.class);
    return (
      <>
        <Meter of={of} probability={together.probability} />
        {doubt && (
          <span className={doubt === 'differs' ? styles.alarm : styles.unsure}>
            {doubtWords(doubt, labelSet)}
          </span>
        )}
      </>
    );
  }
  if (none !== null && doubt === 'unknown') return <Meter of={UNKNOWN} probability={none} />;
  if (doubt === 'none-of-the-four') {
    return (
      <>
        <LabelChip of={NO_SHOWN_CLASS} text={foreignWords(series)} />
        <span className={styles.unsure}>{noneWords(labelSet)}</span>
      </>
    );
  }
  return verdict === null ? '–' : null;
}

function Meter({ of, probability }: { of: ShownClass; probability: number }) {
  return (
    <span className={styles.meter}>
      <LabelChip of={of} />
      <span className={styles.track} aria-hidden="true">
        <span className={styles.fill} style={{ width: `${probability * 100}%`, background: of.colour }} />
      </span>
      <span className={styles.percent}>{percent(probability)}</span>
    </span>
  );
}

/** What the user says that it is. */
export function You({ series: { correction, labelSet } }: { series: JudgedSeries }) {
  if (!correction) return null;
  return (
    <span className={styles.you} data-testid="series-correction">
      you: {correctionWords(correction, labelSet)}
    </span>
  );
}

export function correctionWords(
  correction: NonNullable<JudgedSeries['correction']>,
  { classes }: JudgedSeries['labelSet'],
): string {
  return classes.find(({ id }) => id === correction.class)?.name ?? 'none of them';
}
