/** A native modal dialog: focus stays inside, Escape and a click beside it close it. */
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import styles from './Modal.module.css';
import { useOverflow } from './size.ts';

type Props = {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the bottom. */
  footer?: ReactNode;
  /** `sheet` is a higher box; `drawer` fills the window's right side, `full` all of it. */
  shape?: 'box' | 'sheet' | 'drawer' | 'full';
  testId?: string;
};

export function Modal({ title, onClose, children, footer, shape = 'box', testId }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const heading = useId();
  const scrolls = useOverflow(body);

  // Runs before the effects of its contents, which may set the focus.
  useLayoutEffect(() => {
    const element = dialog.current!;
    if (!element.open) element.showModal();
    return () => element.close();
  }, []);

  return (
    // Keyboards close it with Escape, which the element handles itself.
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog has Escape as its key
    <dialog
      ref={dialog}
      className={`${styles.modal} ${styles[shape]}`}
      aria-labelledby={heading}
      data-shape={shape}
      data-testid={testId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={styles.content}>
        <header className={styles.header}>
          <h2 id={heading}>{title}</h2>
          <Button tone="quiet" size="small" onClick={onClose} aria-label="Close">
            <Icon name="close" />
          </Button>
        </header>
        <div ref={body} className={styles.body} tabIndex={scrolls ? 0 : undefined}>
          {children}
        </div>
        {footer && <footer className={styles.footer}>{footer}</footer>}
      </div>
    </dialog>
  );
}
