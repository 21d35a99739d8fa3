/** When a series is unknown, and how often a tag is wrong: two choices, each with what it costs. */
import { useMemo } from 'react';
import { assess, COVERAGES, DEFAULT_RULE, TAG_ERROR_RATES } from '../../core/classify/assess.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural, roughPercent } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Popup } from '../parts/Popup.tsx';
import styles from './RuleChoice.module.css';

/** Tag error rates to choose from. */
const RATES = [TAG_ERROR_RATES[0], 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, TAG_ERROR_RATES[1]];

export function RuleChoice() {
  const series = useLab((state) => state.classify.series);
  const rule = useLab((state) => state.verdictRule);
  const actions = useActions();
  const tells = series.some(({ judge, strangeness }) => judge?.unknown && strangeness !== null);
  const [unknown, ...ends] = useMemo(
    () =>
      [rule.coverage, ...COVERAGES].map((coverage) =>
        count(series.filter((one) => assess(one, { ...rule, coverage }).doubt === 'unknown').length),
      ),
    [series, rule],
  );
  const kept = roughPercent(rule.coverage);
  if (!series.some(({ verdict }) => verdict !== null)) return null;
  return (
    <Popup
      label={tells ? `Known kept ${kept}` : `Tags wrong ${rate(rule.tagErrorRate)}`}
      name="How verdicts are read"
      width={400}
      title="When a series is called unknown, and how far tags are trusted"
      testId="verdict-rule"
    >
      <div className={styles.rule}>
        {tells ? (
          <label className={styles.choice}>
            <span className={styles.name}>
              Known kept <b>{kept}</b>
            </span>
            <input
              type="range"
              min={COVERAGES[0] * 100}
              max={COVERAGES[1] * 100}
              step={1}
              value={Math.round(rule.coverage * 100)}
              aria-valuetext={`${kept}, ${unknown} series unknown`}
              onChange={({ target }) => actions.setVerdictRule({ coverage: Number(target.value) / 100 })}
              data-testid="known-kept"
            />
            <span className={styles.cost} aria-live="polite" data-testid="known-cost">
              <b>
                {unknown} of {plural(series.length, 'series', 'series')}
              </b>{' '}
              here are unknown. At {roughPercent(COVERAGES[0])}: {ends[0]}, at {roughPercent(COVERAGES[1])}:{' '}
              {ends[1]}.
            </span>
            <span className={styles.help}>
              The share of series of known kinds that keep their verdict. The lower it is, the more strangers
              are called unknown, and the more known ones with them.
            </span>
          </label>
        ) : (
          <p className={styles.help}>This model cannot tell what it does not know.</p>
        )}
        <label className={styles.choice}>
          <span className={styles.name}>
            Tags that are wrong
            <select
              value={rule.tagErrorRate}
              onChange={({ target }) => actions.setVerdictRule({ tagErrorRate: Number(target.value) })}
              data-testid="tag-error-rate"
            >
              {RATES.map((one) => (
                <option key={one} value={one}>
                  {rate(one)}
                </option>
              ))}
            </select>
          </span>
          <span className={styles.help}>
            Image and tag are joined by Bayes’ rule with this rate. An image at the threshold of unknown is
            taken to be as likely none of the classes as one of them; a picture of none has the tag of a class
            only by such an error. A wrong Modality is rare; no agreed figure is published. Another tag, Body
            Part Examined, was wrong in 15 % of 1,142 images of one hospital (Güld and others, 2002).
          </span>
        </label>
        <Button
          size="small"
          disabled={
            rule.coverage === DEFAULT_RULE.coverage && rule.tagErrorRate === DEFAULT_RULE.tagErrorRate
          }
          onClick={() => actions.setVerdictRule(DEFAULT_RULE)}
        >
          Back to {roughPercent(DEFAULT_RULE.coverage)} and {rate(DEFAULT_RULE.tagErrorRate)}
        </Button>
      </div>
    </Popup>
  );
}

/** “0.5 %”, “1 %”. */
function rate(share: number): string {
  return `${Number((share * 100).toFixed(1))}\u202f%`;
}
