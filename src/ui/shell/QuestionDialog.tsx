/** Asks before something stops or is lost, by naming it. */
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';
import styles from './QuestionDialog.module.css';

export function QuestionDialog() {
  const question = useLab((state) => state.question);
  const actions = useActions();
  if (!question) return null;
  const { title, lines, yes, no, danger } = question;
  return (
    <Modal
      key={title}
      title={title}
      onClose={() => actions.answer(false)}
      testId="question"
      footer={
        <>
          <Button onClick={() => actions.answer(false)} data-testid="question-no">
            {no}
          </Button>
          <Button
            tone={danger ? 'danger' : 'accent'}
            onClick={() => actions.answer(true)}
            data-testid="question-yes"
          >
            {yes}
          </Button>
        </>
      }
    >
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Modal>
  );
}
