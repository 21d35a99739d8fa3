/** A lesson's steps beside its page; the address has the open step. */
import { useEffect, useRef } from 'react';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ACTS } from './acts.ts';
import styles from './LessonPanel.module.css';
import type { Lesson, Step } from './lesson.ts';
import { LESSONS } from './lessons.ts';
import { Markdown } from './Markdown.tsx';
import { placeOf } from './place.ts';
import { Question } from './Question.tsx';

export function LessonPanel() {
  const place = placeOf(
    useLab((state) => state.view.lesson),
    LESSONS,
  );
  return place && <Open key={place.lesson.id} lesson={place.lesson} at={place.step} />;
}

function Open({ lesson, at }: { lesson: Lesson; at: number }) {
  const actions = useActions();
  const top = useRef<HTMLHeadingElement>(null);
  const last = lesson.steps.length;
  const step: Step | undefined = lesson.steps[at];
  const to = (next: number) => actions.look({ lesson: `${lesson.id}.${next + 1}` });

  // biome-ignore lint/correctness/useExhaustiveDependencies: scroll to the top of a new step
  useEffect(() => {
    // Newer browsers return a promise, which is no clean-up function.
    void top.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  return (
    <aside className={styles.panel} aria-label={`Lesson ${lesson.id}: ${lesson.title}`} data-testid="lesson">
      <header className={styles.header}>
        <div>
          <span className={styles.number}>Lesson {lesson.id}</span>
          <h2>{lesson.title}</h2>
        </div>
        <Button
          tone="quiet"
          size="small"
          onClick={() => actions.look({ lesson: undefined }, 'close')}
          aria-label="Close the lesson"
          data-testid="lesson-close"
        >
          <Icon name="close" />
        </Button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reached by the keyboard */}
      <div className={styles.body} tabIndex={0}>
        <h3 ref={top} aria-live="polite">
          {step ? step.title : 'Question'}
        </h3>
        {at === 0 && (
          <div className={styles.summary}>
            <Markdown tokens={lesson.summary} />
          </div>
        )}
        {step ? (
          <>
            <Markdown tokens={step.text} />
            {step.acts.map(({ act, label }) => (
              <Button
                key={act}
                onClick={() => ACTS[act](actions)}
                className={styles.act}
                data-testid={`act-${act}`}
              >
                <Icon name="play" size={12} />
                {label}
              </Button>
            ))}
          </>
        ) : (
          <Question question={lesson.question} />
        )}
      </div>
      <footer className={styles.footer}>
        <Button onClick={() => to(at - 1)} disabled={at === 0}>
          <Icon name="left" />
          Back
        </Button>
        <span>
          {at + 1} of {last + 1}
        </span>
        {at < last ? (
          <Button tone="accent" onClick={() => to(at + 1)} data-testid="lesson-next">
            Next
            <Icon name="right" />
          </Button>
        ) : (
          <Button onClick={() => actions.go('lessons')} data-testid="lesson-end">
            All lessons
          </Button>
        )}
      </footer>
    </aside>
  );
}
