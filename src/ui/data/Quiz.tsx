/** The first minute: which of twelve pictures show a modality? They are made in the tab while it is idle. */

import { useEffect, useMemo, useRef, useState } from 'react';
import { DEFAULT_SET } from '../../core/labels/sets/index.ts';
import type { SimulatedModality } from '../../core/simulate/acquired.ts';
import type { Glimpse } from '../../core/simulate/glimpse.ts';
import { asked, quizPictures } from '../../core/simulate/quiz.ts';
import { SLICE_SIDE } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { classOfSet } from '../parts/classes.ts';
import { LabelChip } from '../parts/LabelChip.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import styles from './Quiz.module.css';

const NAMES = { CT: 'CT', MR: 'MR', PT: 'PET', XR: 'X-rays' } as const satisfies Record<
  SimulatedModality,
  string
>;
const ONE = { CT: 'a CT', MR: 'an MR', PT: 'a PET', XR: 'an X-ray' } as const satisfies Record<
  SimulatedModality,
  string
>;
/** Questions per set of pictures. */
const TRIES = 4;

export function Quiz() {
  const [first] = useState(() => Math.floor(Math.random() * 1e6));
  const [attempt, setAttempt] = useState(0);
  const [chosen, setChosen] = useState<number | null>(null);
  const seed = first + Math.floor(attempt / TRIES);
  const orders = useMemo(() => quizPictures(seed), [seed]);
  const pictures = usePictures(orders);
  const wanted = asked(seed, attempt);

  if (pictures === 'failed') return null;
  const answer = chosen === null ? null : orders[chosen];
  const right = answer?.modality === wanted;
  return (
    <section className={styles.quiz} aria-labelledby="quiz-question" data-testid="quiz">
      <h2 id="quiz-question">Which of these are {NAMES[wanted]}?</h2>
      <ul className={styles.pictures} aria-busy={pictures.some((one) => one === null)}>
        {orders.map((order, at) => {
          const picture = pictures[at];
          const shown = chosen !== null && (at === chosen || order.modality === wanted);
          return (
            <li key={order.patientSeed}>
              <button
                type="button"
                className={styles.picture}
                disabled={!picture}
                aria-label={`Picture ${at + 1}${shown ? `: ${order.modality}` : picture ? '' : ', being made'}`}
                aria-pressed={at === chosen}
                data-right={shown ? order.modality === wanted : undefined}
                onClick={() => setChosen(at)}
                data-testid="quiz-picture"
              >
                {picture && <Thumbnail pixels={picture.pixels} side={SLICE_SIDE} label="" />}
                {shown && (
                  <span className={styles.chip}>
                    <LabelChip of={classOfSet(DEFAULT_SET, order.modality)} />
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
      <div className={styles.answer}>
        <p role="status" data-testid="quiz-answer">
          {answer && (
            <>
              <b>
                {right ? 'Right' : 'No'}: this is {ONE[answer.modality]} of {withArticle(answer.region)}.
              </b>{' '}
              A network learns this from pictures alone; see where it fails.
            </>
          )}
          {!answer && 'Simulated patients, made in this tab as you look. Press one.'}
        </p>
        <Button
          size="small"
          disabled={answer === null}
          onClick={() => {
            setAttempt(attempt + 1);
            setChosen(null);
          }}
          data-testid="quiz-next"
        >
          Ask another
        </Button>
      </div>
    </section>
  );
}

function withArticle(word: string): string {
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}

/**
 * null for pictures not made yet. The worker ends when all are made, when the quiz closes, and while a dialog makes its
 * own pictures.
 */
function usePictures(orders: ReturnType<typeof quizPictures>): (Glimpse | null)[] | 'failed' {
  const actions = useActions();
  const hidden = useLab((state) => state.view.practice !== undefined);
  const kept = useRef<{ of: typeof orders; pictures: (Glimpse | null)[] } | null>(null);
  const [made, setMade] = useState<{ of: typeof orders; pictures: (Glimpse | null)[] | 'failed' } | null>(
    null,
  );
  useEffect(() => {
    if (hidden) return;
    let ended = false;
    let glimpses: ReturnType<typeof actions.glimpses> | null = null;
    if (kept.current?.of !== orders) kept.current = { of: orders, pictures: orders.map(() => null) };
    const { pictures } = kept.current;
    const work = async () => {
      if (ended) return;
      glimpses = actions.glimpses();
      try {
        for (const [at, order] of orders.entries()) {
          if (pictures[at]) continue;
          const picture = await glimpses.make(order);
          if (ended) return;
          pictures[at] = picture;
          setMade({ of: orders, pictures: [...pictures] });
        }
      } catch {
        // Without workers there is no quiz; everything else works.
        if (!ended) setMade({ of: orders, pictures: 'failed' });
      }
      glimpses.end();
    };
    const cancel = whenIdle(() => void work());
    return () => {
      ended = true;
      cancel();
      glimpses?.end();
    };
  }, [actions, orders, hidden]);
  return made?.of === orders ? made.pictures : orders.map(() => null);
}

/** Safari has no idle callbacks. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(work, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: 2000 });
  return () => cancelIdleCallback(handle);
}
