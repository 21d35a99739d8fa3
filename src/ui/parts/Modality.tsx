/** A label as a chip in its fixed colour. */
import type { Label } from '../../core/types.ts';
import styles from './Modality.module.css';

export function Modality({ label, outline = false }: { label: Label; outline?: boolean }) {
  return (
    <span className={`${styles.chip} ${outline ? styles.outline : ''}`} data-label={label}>
      {label}
    </span>
  );
}

/** A small square in a label's colour; the word stands beside it. */
export function Swatch({ label }: { label: Label }) {
  return <span className={styles.swatch} data-label={label} aria-hidden="true" />;
}
