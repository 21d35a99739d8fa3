/** A class as a chip: a swatch of its colour beside its name. */
import type { ShownClass } from './classes.ts';
import styles from './LabelChip.module.css';

/** @param text shown instead of the name */
export function LabelChip({ of, text }: { of: ShownClass; text?: string }) {
  return (
    <span className={styles.chip} data-label={of.id} title={text === undefined ? of.name : undefined}>
      <ClassSwatch of={of} />
      <span className={styles.name}>{text ?? of.name}</span>
    </span>
  );
}

/** A small square in a class's colour; the word is beside it. */
export function ClassSwatch({ of: { colour } }: { of: Pick<ShownClass, 'colour'> }) {
  return <span className={styles.swatch} style={{ background: colour }} data-mark aria-hidden="true" />;
}
