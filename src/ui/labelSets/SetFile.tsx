/** The hidden input that picks the file of a label set. */
import type { Ref } from 'react';

type Props = { ref: Ref<HTMLInputElement>; onFile: (file: File) => void };

export function SetFile({ ref, onFile }: Props) {
  return (
    <input
      ref={ref}
      type="file"
      hidden
      accept=".json,application/json"
      aria-label="Label set to import"
      data-testid="set-file"
      onChange={(event) => {
        const file = event.target.files?.[0];
        // Reset, so that the same choice can be made again.
        event.target.value = '';
        if (file) onFile(file);
      }}
    />
  );
}
