/** A button that opens the system's picker for a folder, for files, for labels, for a model, or for the record of a run. */
import { useRef } from 'react';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

type Props = {
  kind: keyof typeof KINDS;
  onPick: (files: File[]) => void;
  testId: string;
  disabled?: boolean;
  title?: string | null;
  size?: 'small' | 'normal' | 'large';
};

/** React's types lack `webkitdirectory`. */
const KINDS = {
  folder: { icon: 'folder', label: 'Choose folder', input: { multiple: true, webkitdirectory: '' } },
  files: { icon: 'file', label: 'Choose files', input: { multiple: true } },
  labels: { icon: 'file', label: 'Choose a file', input: { accept: '.csv,.tsv,.txt,.json' } },
  run: { icon: 'file', label: 'Repeat a run', input: { accept: '.json,.html' } },
  model: { icon: 'file', label: 'Load a model', input: { accept: '.safetensors' } },
} as const;

export function FilePick({ kind, onPick, testId, disabled = false, title, size = 'normal' }: Props) {
  const hidden = useRef<HTMLInputElement>(null);
  const { icon, label, input } = KINDS[kind];
  return (
    <>
      <Button
        disabled={disabled}
        title={title ?? undefined}
        size={size}
        onClick={() => hidden.current?.click()}
      >
        <Icon name={icon} />
        {label}
      </Button>
      <input
        ref={hidden}
        type="file"
        hidden
        disabled={disabled}
        aria-label={label}
        data-testid={testId}
        {...input}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // Reset, so that the same choice can be made again.
          event.target.value = '';
          if (files.length > 0) onPick(files);
        }}
      />
    </>
  );
}
