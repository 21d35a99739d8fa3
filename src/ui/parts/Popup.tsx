/** A button that opens a panel under it, over the page. */
import { type ReactNode, useId, useRef } from 'react';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import styles from './Popup.module.css';

type Props = {
  /** On the button. */
  label: ReactNode;
  /** Of the panel, for screen readers. */
  name: string;
  /** Of the panel, in pixels. */
  width: number;
  title?: string;
  disabled?: boolean;
  testId: string;
  children: ReactNode;
};

export function Popup({ label, name, width, title, disabled = false, testId, children }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  return (
    <>
      <Button
        ref={button}
        popoverTarget={id}
        aria-haspopup="dialog"
        title={title}
        disabled={disabled}
        data-testid={testId}
      >
        {label}
        <Icon name="down" size={12} />
      </Button>
      <div
        id={id}
        popover="auto"
        className={styles.panel}
        style={{ width }}
        role="dialog"
        aria-label={name}
        data-testid={`${testId}-panel`}
        onBeforeToggle={(event) => {
          if (event.newState === 'open' && button.current) place(event.currentTarget, button.current, width);
        }}
      >
        {children}
      </div>
    </>
  );
}

/** Under its button, within the window. */
function place(panel: HTMLElement, button: HTMLElement, width: number): void {
  const { left, bottom } = button.getBoundingClientRect();
  panel.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
  panel.style.top = `${bottom + 4}px`;
  panel.style.maxHeight = `${Math.max(120, window.innerHeight - bottom - 12)}px`;
}
