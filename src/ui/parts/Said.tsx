/** What a press did, read out by screen readers: also when the same words come twice. */
import { useCallback, useState } from 'react';

export type Said = { words: string; times: number };

export function useSaid(): readonly [said: Said, say: (words: string) => void] {
  const [said, setSaid] = useState<Said>({ words: '', times: 0 });
  const say = useCallback(
    (words: string) => setSaid((before) => (words === '' ? before : { words, times: before.times + 1 })),
    [],
  );
  return [said, say];
}

export function SaidAloud({ said: { words, times } }: { said: Said }) {
  return (
    <p className="spoken" aria-live="polite" data-testid="said">
      {/* The same text in the same element would not be read again. */}
      <span key={times}>{words}</span>
    </p>
  );
}
