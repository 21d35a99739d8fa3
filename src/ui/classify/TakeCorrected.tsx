/** Takes corrected series into the project, and says before what will be stored. */
import { useMemo } from 'react';
import { takeable } from '../../app/verdicts.ts';
import { useActions, useLab } from '../context.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import styles from './TakeCorrected.module.css';

export function TakeCorrected() {
  const classify = useLab((state) => state.classify);
  const labelSets = useLab((state) => state.labelSets);
  const blocked = useLab((state) => state.readOnly || state.job !== null);
  const actions = useActions();
  const corrected = useMemo(() => classify.series.filter(({ correction }) => correction), [classify.series]);
  const taken = useMemo(() => takeable({ classify, labelSets }), [classify, labelSets]);
  if (corrected.length === 0) return null;
  const stored = corrected.filter(({ correction }) => correction?.stored).length;
  const series = plural(taken.length, 'corrected series', 'corrected series');
  const slices = taken.reduce((sum, one) => sum + one.slices.length, 0);
  return (
    <div className={styles.take} data-testid="take-corrected">
      <p>
        {stored > 0
          ? `${plural(stored, 'corrected series is', 'corrected series are')} in the project. `
          : 'Nothing of these files is stored yet. '}
        {taken.length > 0 &&
          `Taking them in stores ${plural(slices, 'slice')} as pictures of 224×224 with what is kept of their headers, in a dataset with a neutral name, and your labels.`}
        {taken.length + stored === 0 &&
          'The project does not have the label set of this model: its corrections are only exported.'}
      </p>
      {taken.length > 0 && (
        <Button disabled={blocked} onClick={() => void actions.takeCorrected()} data-testid="take">
          Take {series} into the project
        </Button>
      )}
    </div>
  );
}
