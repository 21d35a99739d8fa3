/** A button that opens the system's picker for a folder or for files. */
import { useRef } from 'react';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

type Props = {
  kind: 'folder' | 'files';
  onPick: (files: File[]) => void;
  testId: string;
  disabled?: boolean;
  size?: 'normal' | 'large';
};

/** React's types lack this attribute of inputs. */
const FOLDERS = { webkitdirectory: '' };

export function FilePick({ kind, onPick, testId, disabled = false, size = 'normal' }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button disabled={disabled} size={size} onClick={() => input.current?.click()}>
        <Icon name={kind === 'folder' ? 'folder' : 'file'} />
        {kind === 'folder' ? 'Choose folder' : 'Choose files'}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        disabled={disabled}
        {...(kind === 'folder' ? FOLDERS : {})}
        aria-label={kind === 'folder' ? 'Folder' : 'Files'}
        data-testid={testId}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // Emptied so that the same choice can be made again.
          event.target.value = '';
          if (files.length > 0) onPick(files);
        }}
      />
    </>
  );
}
