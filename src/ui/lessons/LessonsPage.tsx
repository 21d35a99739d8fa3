/** The lessons to choose from, and the practice project they use. */
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import styles from './LessonsPage.module.css';
import { LESSONS } from './lessons.ts';
import { Markdown } from './Markdown.tsx';
import { placeOf } from './place.ts';

export function LessonsPage() {
  const actions = useActions();
  const open = placeOf(
    useLab((state) => state.view.lesson),
    LESSONS,
  );
  return (
    <div className={styles.page}>
      <header>
        <h1>Lessons</h1>
        <p>
          Five lessons for a class or for yourself. Their pictures are simulated in this tab: no patient, no
          licence, no download. The steps stand beside the app and stay there while you go from page to page.
        </p>
      </header>
      <ol className={styles.list}>
        {LESSONS.map((lesson) => (
          <li key={lesson.id} data-testid="lesson-card">
            <h2>{lesson.title}</h2>
            <Markdown tokens={lesson.summary} />
            <Button
              tone={open ? 'plain' : 'accent'}
              disabled={open?.lesson.id === lesson.id}
              onClick={() => actions.look({ lesson: `${lesson.id}.1` }, 'open')}
              data-testid={`lesson-${lesson.id}`}
            >
              {open?.lesson.id === lesson.id ? 'Open beside this page' : 'Begin'}
            </Button>
          </li>
        ))}
      </ol>
    </div>
  );
}
