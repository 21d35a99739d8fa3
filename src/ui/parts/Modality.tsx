/** A label as a chip in its fixed colour. */
import { UNLISTED } from '../../core/dicom/modalityCode.ts';
import styles from './Modality.module.css';

type Props = {
  /** A class's id, or “other”. */
  label: string;
  outline?: boolean;
  /** The stored DICOM Modality, shown instead of “other”. */
  code?: string | null;
  /** Shown instead of both: the DICOM Modality behind the label. */
  text?: string | null;
};

export function Modality({ label, outline = false, code = null, text = null }: Props) {
  return (
    <span className={`${styles.chip} ${outline ? styles.outline : ''}`} data-label={label} data-mark>
      {text ?? (label === 'other' && code !== null && code !== UNLISTED ? code : label)}
    </span>
  );
}

/** A small square in a label's colour; the word is beside it. */
export function Swatch({ label, colour }: { label: string; colour?: string }) {
  const style = colour === undefined ? undefined : { background: colour };
  return <span className={styles.swatch} data-label={label} data-mark aria-hidden="true" style={style} />;
}
