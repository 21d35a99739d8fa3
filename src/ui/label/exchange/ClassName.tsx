/** A class of a label set by its id, with its colour; null: in no class. */
import { classAt, classIndex, type LabelSet } from '../../../core/labels/labelSet.ts';
import styles from './exchange.module.css';

type Props = { set: LabelSet; id: string | null };

export function ClassName({ set, id }: Props) {
  const found = classAt(set, classIndex(set, id));
  if (!found) return <>no class</>;
  return (
    <>
      <span className={styles.swatch} style={{ background: found.colour }} aria-hidden="true" />
      {found.name}
    </>
  );
}
