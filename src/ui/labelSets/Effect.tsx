/** What saving the set would do to stored labels, a moment after the last edit. */
import { useEffect, useState } from 'react';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import type { SetEffect } from '../../core/labels/setEffect.ts';
import { effectWords } from './effectWords.ts';
import styles from './SetEditor.module.css';

const WAIT_MS = 250;

/** The effect of the set that was last tried; null before the first. */
export function useEffectOf(
  set: LabelSet,
  effectOf: (set: LabelSet) => Promise<SetEffect | null>,
): { of: LabelSet; effect: SetEffect } | null {
  const [tried, setTried] = useState<{ of: LabelSet; effect: SetEffect } | null>(null);
  useEffect(() => {
    let newest = true;
    const timer = setTimeout(() => {
      void effectOf(set).then((effect) => {
        if (newest && effect) setTried({ of: set, effect });
      });
    }, WAIT_MS);
    return () => {
      newest = false;
      clearTimeout(timer);
    };
  }, [set, effectOf]);
  return tried;
}

type Props = { tried: ReturnType<typeof useEffectOf>; set: LabelSet; stored: LabelSet | null };

export function Effect({ tried, set, stored }: Props) {
  return (
    <section className={styles.effect} aria-label="What saving does" data-testid="set-effect">
      <h3>What saving does</h3>
      <ul aria-live="polite" aria-busy={tried?.of !== set}>
        {tried ? (
          effectWords(tried.effect, stored, tried.of).map((line) => <li key={line}>{line}</li>)
        ) : (
          <li>Counting …</li>
        )}
        {folders(set) !== folders(stored) && (
          <li>Folder names count for files that are added from now on: no others are stored.</li>
        )}
        {stored && <li>Runs keep the classes that they were trained with.</li>}
      </ul>
    </section>
  );
}

function folders(set: LabelSet | null): string {
  return JSON.stringify(set?.classes.flatMap((one) => one.folders).sort() ?? []);
}
