/** Text that is edited in place: Enter or leaving keeps the change, Escape drops it. */
import { useEffect, useRef, useState } from 'react';
import styles from './EditableText.module.css';

type Props = {
  value: string;
  label: string;
  /** If the change is refused, the old value returns when this ends. */
  onCommit: (value: string) => void | Promise<void>;
  placeholder?: string;
  disabled?: boolean;
  /** false: empty text is refused and the old value returns. */
  allowEmpty?: boolean;
  strong?: boolean;
  tabIndex?: number;
};

export function EditableText(props: Props) {
  const { value, label, onCommit, placeholder, disabled, allowEmpty = true, strong, tabIndex } = props;
  const [text, setText] = useState(value);
  const stored = useRef(value);
  stored.current = value;
  useEffect(() => setText(value), [value]);

  const commit = () => {
    const trimmed = text.trim();
    const kept = trimmed || allowEmpty ? trimmed : value;
    setText(kept);
    if (kept !== value) void Promise.resolve(onCommit(kept)).then(() => setText(stored.current));
  };

  return (
    <input
      className={`${styles.text} ${strong ? styles.strong : ''}`}
      value={text}
      aria-label={label}
      title={text}
      placeholder={placeholder}
      readOnly={disabled}
      tabIndex={tabIndex}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          setText(value);
          // Escape only cancels the edit here.
          if (text !== value) event.stopPropagation();
        }
      }}
    />
  );
}
