/** A label as a chip in the colour of its class. */

import type { CSSProperties } from 'react';
import { UNLISTED } from '../../core/dicom/modalityCode.ts';
import { inkOn } from '../../core/labels/colours.ts';
import { useLab } from '../context.ts';
import { shownClass } from './classes.ts';
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
  const found = useLab(({ labelSet, labelSets }) => shownClass(label, [labelSet, ...labelSets]));
  return (
    <span
      className={`${styles.chip} ${outline ? styles.outline : ''}`}
      style={found ? coloursOf(found.colour) : undefined}
      data-label={label}
      data-mark
    >
      {text ?? (label === 'other' && code !== null && code !== UNLISTED ? code : (found?.name ?? label))}
    </span>
  );
}

/** Black ink stays the theme's own. */
function coloursOf(colour: string): CSSProperties {
  const ink = inkOn(colour) === '#ffffff' ? '#ffffff' : 'var(--on-modality)';
  return { '--colour': colour, '--ink': ink } as CSSProperties;
}

/** A small square in a label's colour; the word is beside it. */
export function Swatch({ label, colour }: { label: string; colour?: string }) {
  const found = useLab(({ labelSet, labelSets }) => shownClass(label, [labelSet, ...labelSets]));
  const background = colour ?? found?.colour ?? 'var(--other)';
  return (
    <span className={styles.swatch} data-label={label} data-mark aria-hidden="true" style={{ background }} />
  );
}
