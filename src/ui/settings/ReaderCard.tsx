/** Who gives the labels in this browser. */
import { useActions, useLab } from '../context.ts';
import { EditableText } from '../parts/EditableText.tsx';
import { Card } from './Card.tsx';
import styles from './ProjectCard.module.css';

export function ReaderCard() {
  const reader = useLab((state) => state.reader);
  const actions = useActions();
  return (
    <Card title="Reader">
      <div className={styles.name}>
        <EditableText
          value={reader}
          label="Your name or initials as a reader"
          placeholder="Name or initials"
          onCommit={actions.setReader}
        />
      </div>
      <p>Kept with each label you give from now on, and in exports of labels. Empty: labels name nobody.</p>
    </Card>
  );
}
