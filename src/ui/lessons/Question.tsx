/** The question at a lesson's end: shows at once whether an answer is right, and explains the right one. */
import { useId, useState } from 'react';
import { Icon } from '../parts/Icon.tsx';
import styles from './LessonPanel.module.css';
import type { Lesson } from './lesson.ts';
import { Markdown } from './Markdown.tsx';

export function Question({ question: { text, answers, why } }: { question: Lesson['question'] }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const name = useId();
  const right = chosen !== null && answers[chosen].right;
  return (
    <>
      <fieldset className={styles.answers}>
        <legend>
          <Markdown tokens={text} />
        </legend>
        {answers.map((answer, at) => (
          <label key={answer.text.map(({ raw }) => raw).join('')} data-testid="lesson-answer">
            <input type="radio" name={name} checked={chosen === at} onChange={() => setChosen(at)} />
            <span>
              <Markdown tokens={answer.text} />
            </span>
            {chosen === at && <Icon name={answer.right ? 'check' : 'close'} />}
          </label>
        ))}
      </fieldset>
      <div aria-live="polite" data-testid="lesson-why">
        {chosen !== null && <strong>{right ? 'That is right.' : 'No: choose again.'}</strong>}
        {right && <Markdown tokens={why} />}
      </div>
    </>
  );
}
