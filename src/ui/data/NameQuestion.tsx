/** Asks before a text that looks like a person's name, a date or an id is stored. */
import { LOOKS_WORDS } from '../../core/dataset/identifying.ts';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';

export function NameQuestion() {
  const question = useLab((state) => state.question);
  const actions = useActions();
  if (!question) return null;
  const answer = (keep: boolean) => void actions.answerName(keep);
  return (
    <Modal
      title={question.field === 'name' ? 'Store this name?' : 'Store this body location?'}
      onClose={() => answer(false)}
      testId="name-question"
      footer={
        <>
          <Button onClick={() => answer(false)} data-testid="name-question-no">
            Don’t store it
          </Button>
          <Button tone="danger" onClick={() => answer(true)} data-testid="name-question-yes">
            Store it all the same
          </Button>
        </>
      }
    >
      <p>
        “{question.text}” {LOOKS_WORDS[question.looks]}. Stored, it stands in reports and tables too.
      </p>
      <p>So far it is only on this screen.</p>
    </Modal>
  );
}
